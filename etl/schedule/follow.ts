import { LockedError, UserError } from '../../warehouse/error.ts';
import { faultSentence, faultStack } from '../fault.ts';
import type { Turn } from '../ledger/ledger-event.ts';
import type { ReportSide } from '../report/report-side.ts';
import { ledgerFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { turnsDue, wakeAt } from './due.ts';
import { ledgerReader, type Look, type PastRun } from './past-run.ts';

/** What the schedule is followed with; all that waits or acts is handed in, so that a week can pass in a second. */
export interface Following {
  /** The workspace as himsight.yaml says now. @throws UserError where it says something wrong */
  readonly workspace: () => Workspace;
  readonly now: () => Date;
  /** Waits; back early once told to stop. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly isStopped: () => boolean;
  /** One ETL run over the sources whose turn it is, for the times they were due. Its exit code. */
  readonly run: (workspace: Workspace, turns: readonly Turn[]) => Promise<number>;
  /** The reports that people planned, and how those that are due are drawn and sent: its exit code. Left out: none are. */
  readonly reports?: ReportSide & { readonly deliver: (workspace: Workspace) => Promise<number> };
  /** Tells whoever is to hear of troubles. @param failure why a run could not even begin; the ledger knows nothing of it */
  readonly tell: (workspace: Workspace, failure: string | null) => Promise<void>;
  readonly say: (sentence: string) => void;
  /** Clocks are set and machines sleep: no wait is longer, a minute unless told otherwise. */
  readonly longestSleepMs?: number;
}

const aMinute = 60_000;

/** Troubles that no run brings about, such as a source that gets late, are looked for this often. */
const tellEveryMs = 3_600_000;

/** Waits after a run or a delivery that could not begin: a minute, doubled up to an hour. */
const pauseMs = (times: number): number => Math.min(3_600_000, aMinute * 2 ** (times - 1));

const lockedExitCode = new LockedError('').exitCode;

/**
 * Follows the schedules of a workspace until told to stop: sleeps, asks the ledger whose turn it is, makes one run for
 * all of them.
 *
 * Runs follow each other, never overlap: while one goes on nothing is asked, and what became due meanwhile is one turn.
 * Reports that are due go after the runs that are, so that they hold what these brought.
 * Where another process holds the build lock, it is waited for. himsight.yaml is read anew each round; while it is wrong, what it
 * said before holds.
 */
export const followSchedules = async (following: Following): Promise<void> => {
  const { isStopped, sleep, say } = following;
  const round = rounds(following);
  while (!isStopped())
    try {
      await round();
    } catch (error) {
      // A share that is away for a minute must not end what is to stay up for months.
      say(`The schedule goes on after a fault: ${faultSentence(error)}\n${faultStack(error)}`);
      await sleep(aMinute);
    }
};

/** One look at whose turn it is: a run, or a sleep. What it remembers between rounds is only how to be quiet. */
const rounds = (following: Following): (() => Promise<void>) => {
  const { workspace: read, now, sleep, isStopped, run, tell, say, longestSleepMs = aMinute } = following;
  const workspaceNow = lastGood(read, say);
  const looksIn = looksReader();
  let toldAt = -Infinity;
  let stalled = 0;
  const tellNow = async (workspace: Workspace, failure: string | null): Promise<void> => {
    toldAt = now().getTime();
    await tell(workspace, failure);
  };
  const reports = reportRounds(following, tellNow);
  return async () => {
    const workspace = workspaceNow();
    const turns = turnsDue(workspace.sources, looksIn(workspace), now());
    if (turns.length === 0) {
      await reports.deliver(workspace);
      if (isStopped()) return;
      if (Math.abs(now().getTime() - toldAt) >= tellEveryMs) await tellNow(workspace, null);
      const run = wakeAt(workspace.sources, looksIn(workspace), now())?.getTime() ?? Infinity;
      const wake = Math.min(run, reports.wakeAt(workspace));
      return sleep(Math.min(longestSleepMs, Math.max(1, wake - now().getTime())));
    }
    if (stalled === 0)
      say(`${now().toISOString()} Due: ${turns.map(({ source, due }) => `${source} (${due ?? ''})`).join(', ')}.`);
    const exitCode = await run(workspace, turns);
    if (isStopped()) return;
    // A run that left no trace is due at once again: the lock is held, or the ledger cannot be written.
    const still = turnsDue(workspace.sources, looksIn(workspace), now());
    stalled = still.some(({ source, due }) => turns.some((turn) => turn.source === source && turn.due === due))
      ? stalled + 1
      : 0;
    const isLocked = exitCode === lockedExitCode;
    if (stalled === 1 && isLocked) say('Another run goes on: waiting for its end.');
    await tellNow(workspace, stalled > 0 && !isLocked ? `A run could not begin (exit code ${exitCode}).` : null);
    if (stalled > 0) {
      // Whoever holds the lock may be long at it; what is served meanwhile goes out all the same.
      await reports.deliver(workspace);
      await sleep(isLocked ? pauseMs(1) : pauseMs(stalled));
    }
  };
};

/** Delivers what is due of reports, one delivery after the other; what leaves no trace is tried ever more seldom. */
const reportRounds = (
  { reports, now, isStopped, say }: Following,
  tellNow: (workspace: Workspace, failure: string | null) => Promise<void>,
) => {
  let stalled = 0;
  let restsUntil = -Infinity;
  return {
    deliver: async (workspace: Workspace): Promise<void> => {
      if (reports === undefined || isStopped() || now().getTime() < restsUntil) return;
      const due = reports.due(workspace, now());
      if (due.length === 0) return;
      if (stalled === 0) say(`${now().toISOString()} Reports due: ${due.join(', ')}.`);
      const exitCode = await reports.deliver(workspace);
      if (isStopped()) return;
      const isStalled = reports.due(workspace, now()).some((name) => due.includes(name));
      stalled = isStalled ? stalled + 1 : 0;
      restsUntil = isStalled ? now().getTime() + pauseMs(stalled) : -Infinity;
      const isLost = isStalled && exitCode !== lockedExitCode;
      await tellNow(workspace, isLost ? `Reports could not be delivered (exit code ${exitCode}).` : null);
    },
    wakeAt: (workspace: Workspace): number =>
      Math.max(reports?.next(workspace, now())?.getTime() ?? Infinity, restsUntil),
  };
};

/** The looks of a workspace's ledger, of which only what is new is read. */
const looksReader = (): ((workspace: Workspace) => readonly Look[]) => {
  const readers = new Map<string, () => readonly PastRun[]>();
  return (workspace) => {
    const folder = ledgerFolder(workspace);
    const reader = readers.get(folder) ?? ledgerReader(folder);
    readers.set(folder, reader);
    return reader().flatMap(({ looks }) => looks);
  };
};

/** The workspace as himsight.yaml says, or as it said before while it says something wrong; each mistake is told once. */
const lastGood = (read: () => Workspace, say: (sentence: string) => void): (() => Workspace) => {
  let good = read();
  let told = '';
  return () => {
    try {
      good = read();
      told = '';
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.message !== told) say(`${error.message}\nWhat himsight.yaml said before holds until this is mended.`);
      told = error.message;
    }
    return good;
  };
};
