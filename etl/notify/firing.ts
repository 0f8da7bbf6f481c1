import { firesSince, type AlertLine } from '../alert/alert-ledger.ts';
import { dashboardAddress } from '../workspace/dashboard-address.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Trouble } from './trouble.ts';

/**
 * Alerts that fire in the last release they could be judged in, a trouble each; they are told of until they are quiet or
 * taken back. One that cannot be judged any more goes on as it was: nobody knows that it is over.
 *
 * @param lines all that was judged, oldest first
 * @param standing ids of the alerts not taken back; null where the store cannot be read, then all are taken to stand
 */
export const firing = (
  workspace: Pick<Workspace, 'config'>,
  lines: readonly AlertLine[],
  standing: ReadonlySet<string> | null,
): readonly Trouble[] =>
  [...Map.groupBy(lines, ({ alert }) => alert)].flatMap(([id, own]): readonly Trouble[] => {
    const first = firesSince(own);
    if (first === null || standing?.has(id) === false) return [];
    const fired = own.findLast(({ state }) => state === 'fires')!;
    const last = own.at(-1)!;
    const since = last === fired ? '' : ` In release ${last.release} it could not be judged: ${last.says}`;
    return [
      {
        ...{ id: `alert:${id}`, kind: 'alert', source: null, about: last.name, since: first.at, run: null },
        says: `${fired.says} Release ${fired.release}.${since}`,
        mend: `Look at ${lookAt(workspace, fired)}`,
        command: fired.filters === 0 ? `metric ${fired.metric} --grain ${fired.grain}` : `explain ${fired.metric}`,
      },
    ];
  });

/** A page of the dashboard. Filters are counted: their values may be surrogates, which no message carries. */
const lookAt = (workspace: Pick<Workspace, 'config'>, { metric, grain, filters }: AlertLine): string => {
  const address = dashboardAddress(workspace);
  if (filters > 0)
    return `${address}/alerts; it is about a part of the metric, by ${filters === 1 ? 'a filter' : `${filters} filters`} named there.`;
  return `${address}/kpi/${metric}${grain === 'month' ? '' : `?grain=${grain}`}, or ${address}/alerts for all alerts.`;
};
