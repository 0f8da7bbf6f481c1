import { join } from 'node:path';
import type { Alert } from '../../dashboard/store/alert.ts';
import { standing } from '../../dashboard/store/kept.ts';
import { openStore } from '../../dashboard/store/store.ts';
import { LockedError } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { openReader } from '../../warehouse/open.ts';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { faultSentence } from '../fault.ts';
import { ledgerFolder, limitsOf, metricFolders, releaseFolder, storeFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { alertLine, readAlertLines, writeAlertLines, type AlertLine } from './alert-ledger.ts';
import { judgeAlerts } from './judge-alerts.ts';

/** What evaluating is done with. */
export interface Evaluating {
  readonly now: () => Date;
  /** Told what could not be done. */
  readonly warn: (sentence: string) => void;
}

/**
 * Judges the alerts of a workspace in the release that is served, each once a release, and writes down what became of
 * them. It makes no difference who calls it, a run at its end or the schedule, nor how often.
 *
 * It never throws: an alert may not cost a run its outcome.
 */
export const evaluateAlerts = async (workspace: Workspace, { now, warn }: Evaluating): Promise<void> => {
  try {
    if (waiting(workspace).length === 0) return;
    // Two who evaluate at once would write everything down twice.
    await withBuildLock(join(workspace.dataFolder, 'alert'), () => evaluate(workspace, { now, warn }));
  } catch (error) {
    if (!(error instanceof LockedError)) warn(`Alerts could not be judged: ${faultSentence(error)}`);
  }
};

const evaluate = async (workspace: Workspace, { now, warn }: Evaluating): Promise<void> => {
  const alerts = waiting(workspace);
  const release = currentRelease(releaseFolder(workspace));
  if (alerts.length === 0 || release === null) return;
  const reader = await openReader(releaseFile(releaseFolder(workspace), release), limitsOf(workspace));
  try {
    const verdicts = await judgeAlerts(alerts, {
      reader,
      catalogue: await catalogueOf(reader, metricFolders(workspace)),
      annotations: openStore(storeFolder(workspace)).annotations.read(),
      onTrouble: (error) => warn(`An alert could not be judged: ${faultSentence(error)}`),
    });
    writeAlertLines(
      ledgerFolder(workspace),
      alerts.map((alert, i) => alertLine(alert, verdicts[i]!, release, now())),
    );
  } finally {
    await reader.close();
  }
};

/** The alerts that were not judged yet in the release that is served; going back to one judges them anew. */
const waiting = (workspace: Workspace): readonly Alert[] => {
  const alerts = standing(openStore(storeFolder(workspace)).alerts.read());
  const release = currentRelease(releaseFolder(workspace));
  if (alerts.length === 0 || release === null) return [];
  const last = new Map<string, AlertLine>();
  for (const line of readAlertLines(ledgerFolder(workspace))) last.set(line.alert, line);
  return alerts.filter(({ id }) => last.get(id)?.release !== release);
};
