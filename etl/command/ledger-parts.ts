import type { LedgerParts } from '../../dashboard/server/server-parts.ts';
import { readRun, readRunHeads, readRuns } from '../ledger/read-ledger.ts';
import type { Run } from '../ledger/fold-run.ts';
import { rowWays } from '../ledger/row-way.ts';
import { publishedBefore, tableChanges } from '../ledger/run-change.ts';
import { ledgerReader } from '../schedule/past-run.ts';
import { sourceStatuses } from '../schedule/source-status.ts';
import { quarantineSummary } from '../quarantine/list.ts';
import { rollBackRelease } from '../roll-back.ts';
import { profilesWithPackages } from '../submission/profiles-with-packages.ts';
import { ledgerFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Runs told of in full, the newest. */
const mostRuns = 200;

/** How far back the release before a run's own is looked for. */
const mostNights = 400;

/** What a server tells of the ledger and of what arrived in a workspace. */
export const ledgerParts = (workspace: Workspace): LedgerParts => {
  const folder = ledgerFolder(workspace);
  const pastRuns = ledgerReader(folder);
  return {
    runs: async () => (await readRuns(folder, mostRuns)).map(withoutChecks),
    heads: () => readRunHeads(folder),
    run: async (id) => {
      const run = await readRun(folder, id);
      return run && { ...withoutChecks(run), ways: rowWays(run), ...(await changesOf(folder, run)) };
    },
    quarantine: () => quarantineSummary(workspace.dataFolder, folder),
    sources: async () => sourceStatuses(workspace, new Date(), pastRuns()),
    submissions: () => Promise.resolve(profilesWithPackages(workspace)),
    rollBack: (release) => rollBackRelease(workspace, release),
  };
};

/** What each question came to is told by /api/checks, and would make up most of a run. */
const withoutChecks = (run: Run) => ({ ...run, batches: run.batches.map(({ checks: _checks, ...batch }) => batch) });

/** The release before this run's own and the tables that changed since; nulls where it published none. */
export const changesOf = async (folder: string, run: Run) => {
  const before = await runBefore(folder, run);
  return { before: before?.release ?? null, changes: before === null ? null : tableChanges(before, run) };
};

/** Night after night is looked at until one published: most often the night before. */
const runBefore = async (folder: string, run: Run): Promise<Run | null> => {
  const heads = (await readRunHeads(folder)).filter((head) => head.id < run.id && head.job === 'run');
  for (const { id } of heads.slice(0, mostNights)) {
    const earlier = await readRun(folder, id);
    const found = earlier && publishedBefore([earlier], run);
    if (found) return found;
  }
  return null;
};
