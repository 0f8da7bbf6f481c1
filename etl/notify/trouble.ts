import { nextTry } from '../schedule/due.ts';
import type { Look, PastRun } from '../schedule/past-run.ts';
import type { SourceStatus } from '../schedule/source-status.ts';
import type { Source, Workspace } from '../workspace/workspace.ts';
import { failing } from './failing.ts';

/** Something that needs somebody. It lasts from one run to another and is told of once. */
export interface Trouble {
  /** Stable while it lasts: `failure`, `check` (a release kept back), `check:<id>`, `held:<source>`, `late:<source>`, `alert:<id>`, `report:<id>`. */
  readonly id: string;
  readonly kind: 'failure' | 'held' | 'late' | 'check' | 'alert' | 'report';
  /** null where it is about the whole workspace. */
  readonly source: string | null;
  /** What it is called in headlines, where neither source nor check names it: the name somebody gave an alert or a report. */
  readonly about?: string;
  /** ISO 8601, UTC; null where nobody can say. */
  readonly since: string | null;
  /** What is wrong, in sentences without any value of a row. */
  readonly says: string;
  readonly mend: string;
  /** What shows more of it. */
  readonly command: string;
  /** The run it shows in; null where it shows in none. */
  readonly run: string | null;
}

/**
 * What is wrong in a workspace at a moment, read off its runs and the standing of its sources. A run that goes on tells
 * nothing yet, and a fault the schedule is about to try again is none yet.
 */
export const troublesOf = (
  workspace: Workspace,
  pastRuns: readonly PastRun[],
  statuses: readonly SourceStatus[],
  now: Date,
): readonly Trouble[] => {
  const runs = pastRuns.filter(({ state }) => state !== 'running');
  const looks = runs.flatMap((run) => run.looks);
  const standing = workspace.sources.map((source) => standingOf(source, looks, now));
  return [
    ...failures(runs, standing),
    ...keptBack(runs),
    ...failing(workspace, runs),
    ...standing.flatMap((one) => heldTrouble(one, statuses)),
    ...statuses.flatMap(lateTrouble),
  ];
};

/** The looks at one source that say how it stands, oldest first: those that got to an end, or that nobody tries again. */
interface Standing {
  readonly source: string;
  readonly looks: readonly Look[];
}

const standingOf = (source: Source, all: readonly Look[], now: Date): Standing => {
  const looks = all.filter((look) => look.source === source.id);
  const newest = looks.at(-1);
  // While a second try is to come, what stood before still stands.
  const isPending = (newest?.due ?? null) !== null && nextTry(source, looks, now) !== null;
  const settled = isPending ? looks.filter(({ due }) => due !== newest?.due) : looks;
  return { source: source.id, looks: settled.filter((look) => look.outcome !== 'stopped' || look.due !== null) };
};

/** The looks at the end of a row that are all of a kind; none where the last is not. */
const lastUnbroken = (looks: readonly Look[], isKind: (look: Look) => boolean): readonly Look[] =>
  looks.slice(looks.findLastIndex((look) => !isKind(look)) + 1);

/** One for the workspace: a fault of the program or the machine seldom stops at one source. */
const failures = (runs: readonly PastRun[], standing: readonly Standing[]): readonly Trouble[] => {
  const isFailure = (look: Look): boolean =>
    look.outcome === 'failed' ||
    look.outcome === 'stopped' ||
    (look.outcome === 'passing' && hasFailed(runs, look.run));
  const looks = standing.flatMap((one) => lastUnbroken(one.looks, isFailure)).sort((a, b) => (a.run < b.run ? -1 : 1));
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const says = last.says === '' ? 'It was killed, or the machine went off.' : last.says;
  return [
    {
      ...{ id: 'failure', kind: 'failure', source: null, since: first.startedAt, run: last.run },
      says: `The run of ${last.startedAt.slice(0, 16).replace('T', ' ')} UTC did not get to its end; the release from before is served. ${says}`,
      mend: 'What landed stays landed. Mend what the sentence names, then run again.',
      command: `runs ${last.run}`,
    },
  ];
};

const hasFailed = (runs: readonly PastRun[], id: string): boolean => {
  const run = runs.find((one) => one.id === id);
  return run?.exitCode !== 0 && run?.exitCode !== 3 && run?.exitCode !== 4;
};

/** A fatal check speaks until a run gets past it; a run that failed before it says nothing of it. */
const keptBack = (runs: readonly PastRun[]): readonly Trouble[] => {
  const judged = runs.filter(({ exitCode }) => exitCode === 0 || exitCode === 3 || exitCode === 4);
  const [first, last] = [judged[judged.findLastIndex(({ exitCode }) => exitCode !== 4) + 1], judged.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [
    {
      ...{ id: 'check', kind: 'check', source: null, since: first.startedAt, run: last.id, says: last.says },
      mend: 'The figures shown are those of the release before. Mend the data or the model, then run again.',
      command: `runs ${last.id}`,
    },
  ];
};

const heldTrouble = ({ source, looks }: Standing, statuses: readonly SourceStatus[]): readonly Trouble[] => {
  const held = lastUnbroken(
    looks.filter(({ outcome }) => outcome !== 'stopped' && outcome !== 'failed'),
    ({ outcome }) => outcome === 'held' || outcome === 'passing',
  );
  const [first, last] = [held[0], held.at(-1)];
  if (first === undefined || last === undefined) return [];
  const through = statuses.find((one) => one.source === source)?.completeThrough ?? null;
  return [
    {
      ...{ id: `held:${source}`, kind: 'held', source, since: first.startedAt, run: last.run, says: last.says },
      mend:
        through === null
          ? 'Nothing of this source is in the release.'
          : `Until it is mended this source stays complete through ${through}.`,
      command: `quarantine --source ${source}`,
    },
  ];
};

const lateTrouble = ({
  source,
  isLate,
  lateSince,
  completeThrough,
  dueThrough,
  lastRun,
}: SourceStatus): readonly Trouble[] => {
  // Before anybody looked, nothing can be said to be missing.
  if (!isLate || lastRun === null) return [];
  const so = completeThrough === null ? 'nothing of it has come yet' : `it is complete through ${completeThrough}`;
  return [
    {
      ...{ id: `late:${source}`, kind: 'late', source, since: lateSince, run: null },
      says: `${source} is late: ${so}, and should be through ${dueThrough ?? ''}.`,
      mend: 'Ask its sender for what is missing; figures of the days after are not whole.',
      command: `run --source ${source}`,
    },
  ];
};

/** A fault that the ledger could not take: a folder that may not be written, a full disk. */
export const unrecorded = (says: string, now: Date): Trouble => ({
  ...{ id: 'failure', kind: 'failure', source: null, since: now.toISOString(), run: null, says },
  mend: 'Look whether the data folder can be written and has room.',
  command: 'doctor',
});
