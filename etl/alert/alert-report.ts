import type { Alert } from '../../dashboard/store/alert.ts';
import type { AlertMoment, AlertStanding, AlertVerdict } from '../../dashboard/store/alert-standing.ts';
import type { Annotation } from '../../dashboard/store/annotation.ts';
import type { Store } from '../../dashboard/store/store.ts';
import type { Catalogue } from '../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../warehouse/open.ts';
import { rebaseDays } from '../../warehouse/statistics/rebase.ts';
import { readTold } from '../notify/told.ts';
import { ledgerFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { firesSince, readAlertLines, type AlertLine } from './alert-ledger.ts';
import { judgeOne, notAsked } from './judge-alerts.ts';

/** How alerts stand in a release, in their order. */
export type AlertReport = (
  reader: Reader,
  catalogue: Catalogue,
  alerts: readonly Alert[],
) => Promise<readonly AlertStanding[]>;

/**
 * Judges alerts for a page: in the release on show, so that a new one and one after a rollback stand there at once. Since
 * when, and what came before, is as written down at each release. A verdict is remembered as long as its release is open.
 *
 * @param onTrouble told of every fault that is ours
 */
export const alertReport = (
  workspace: Workspace,
  store: Pick<Store, 'annotations'>,
  onTrouble: (error: unknown) => void,
): AlertReport => {
  const known = new WeakMap<Reader, Map<string, AlertVerdict>>();
  const verdictOn = async (reader: Reader, catalogue: Catalogue, alert: Alert): Promise<AlertVerdict> => {
    const annotations = store.annotations.read();
    const verdicts = known.get(reader) ?? new Map<string, AlertVerdict>();
    known.set(reader, verdicts);
    const key = keyOf(alert, annotations);
    const verdict = verdicts.get(key) ?? (await judgeOne(alert, { reader, catalogue, annotations, onTrouble }));
    // A fault of ours may pass: it is asked again at the next look.
    if (verdict !== notAsked) verdicts.set(key, verdict);
    return verdict;
  };
  return async (reader, catalogue, alerts) => {
    if (alerts.length === 0) return [];
    const folder = ledgerFolder(workspace);
    const lines = Map.groupBy(readAlertLines(folder), ({ alert }) => alert);
    const told = new Map(
      readTold(folder).flatMap(({ trouble, outcome, at }) => (outcome === 'delivered' ? [[trouble, at] as const] : [])),
    );
    const standings: AlertStanding[] = [];
    for (const alert of alerts) {
      const verdict = await verdictOn(reader, catalogue, alert);
      standings.push({
        ...{ alert: alert.id, ...verdict },
        ...pastOf(lines.get(alert.id) ?? [], verdict),
        told: told.get(`alert:${alert.id}`) ?? null,
      });
    }
    return standings;
  };
};

/** What decides a verdict besides the release. */
const keyOf = ({ metric, where, when, grain }: Alert, annotations: readonly Annotation[]): string =>
  JSON.stringify([metric, where, when, grain, rebaseDays(annotations, { metric, where })]);

/** @param lines of one alert, oldest first */
export const pastOf = (
  lines: readonly AlertLine[],
  { state }: Pick<AlertVerdict, 'state'>,
): Pick<AlertStanding, 'since' | 'history'> => {
  const since = state === 'quiet' ? null : firesSince(lines);
  const changes = lines.filter((line, i) => line.state !== lines[i - 1]?.state);
  return { since: since === null ? null : momentOf(since), history: changes.toReversed().map(momentOf) };
};

const momentOf = ({ at, release, state, says, period, value }: AlertLine): AlertMoment => ({
  ...{ at, release },
  ...{ state, says, period, value },
});
