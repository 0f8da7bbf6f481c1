import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchReport } from '../land/batch-report.ts';
import type { FailingCheck } from '../ledger/failing-check.ts';
import type { LedgerEvent, LedgerFacet } from '../ledger/ledger-event.ts';
import { readEvents, runIds } from '../ledger/read-ledger.ts';

/** One run as the schedule and its messages remember it. */
export interface PastRun {
  readonly id: string;
  /** ISO 8601, UTC; of the first and of the last event it wrote. */
  readonly startedAt: string;
  readonly lastAt: string;
  /** running: it has no end and none came after it. stopped: by a signal, a kill or the machine. */
  readonly state: 'ended' | 'stopped' | 'running';
  /** null without an end. */
  readonly exitCode: number | null;
  /** The current release when it ended. */
  readonly release: string | null;
  /** What it said at its end; empty without one. */
  readonly says: string;
  readonly isTransient: boolean;
  /** What fails in the release it published, and did not keep it back; null where it published none. */
  readonly failing: readonly FailingCheck[] | null;
  /** What it did to each source it looked at. */
  readonly looks: readonly Look[];
  /** Without their checks and reasons. */
  readonly batches: readonly BatchReport[];
}

/** What one run did to one source. */
export interface Look {
  readonly run: string;
  readonly source: string;
  /** The scheduled time it was for; null where somebody ran it. */
  readonly due: string | null;
  readonly startedAt: string;
  readonly lastAt: string;
  readonly outcome: LookOutcome;
  /** Why it was held or refused, or why the run failed; empty otherwise. */
  readonly says: string;
}

/**
 * landed: something new of it is in raw. unchanged: nothing new had come. held: something was held or refused and stays so until
 * somebody mends it. passing: the same, but a second try may do. failed: the whole run did.
 */
export type LookOutcome = 'landed' | 'unchanged' | 'held' | 'passing' | 'failed' | 'stopped' | 'running';

/**
 * Reads the runs of a ledger, oldest first, each time it is called. A ledger only grows, so a run is read again only when
 * it has written something since.
 */
export const ledgerReader = (folder: string): (() => readonly PastRun[]) => {
  const known = new Map<string, { readonly size: number; readonly run: PastRun }>();
  const remembered = (id: string): PastRun => {
    const { size } = statSync(join(folder, id, 'event.ndjson'));
    const before = known.get(id);
    if (before?.size === size) return before.run;
    const run = foldRun(id, readEvents(folder, id));
    known.set(id, { size, run });
    return run;
  };
  return () => runIds(folder).map((id, i, { length }) => (i < length - 1 ? cutOff : same)(remembered(id)));
};

const same = (run: PastRun): PastRun => run;

/** A run without an end that another one followed was killed, or the machine went off. */
const cutOff = (run: PastRun): PastRun =>
  run.state !== 'running'
    ? run
    : { ...run, state: 'stopped', looks: run.looks.map((look) => ({ ...look, outcome: 'stopped' })) };

const facetOf = (event: LedgerEvent | undefined): LedgerFacet => event?.run.facets.himsight ?? {};

const foldRun = (id: string, events: readonly LedgerEvent[]): PastRun => {
  // Going back to a release is an entry of its own, with an end of its own.
  const ofRun = events.filter(({ job }) => job.name === events[0]?.job.name);
  const end = ofRun.find(({ eventType }) => /^(COMPLETE|FAIL|ABORT)$/.test(eventType));
  const { exitCode = null, release = null, message = '', isTransient = false, failing = null } = facetOf(end);
  // Checks are most of a batch and nothing the schedule asks about; a process that stays up keeps the rest for months.
  const batches = events
    .flatMap((event) => facetOf(event).batch ?? [])
    .map((batch) => ({ ...batch, checks: [], reasons: [] }));
  const startedAt = events[0]?.eventTime ?? '';
  const run = {
    ...{ id, startedAt, exitCode, release, isTransient, failing, batches, says: message },
    lastAt: (end ?? events.at(-1))?.eventTime ?? startedAt,
    state: end === undefined ? 'running' : end.eventType === 'ABORT' ? 'stopped' : 'ended',
  } as const;
  const turns = facetOf(events[0]).turns ?? [];
  // Ledgers of earlier versions do not say which sources a run was to look at, only what became of them.
  const sources = new Set([...turns.map(({ source }) => source), ...batches.map(({ source }) => source)]);
  const looks = [...sources].map((source) => ({
    ...{ run: id, source, startedAt, lastAt: run.lastAt },
    due: turns.find((turn) => turn.source === source)?.due ?? null,
    ...becameOf(
      run,
      batches.filter((batch) => batch.source === source),
      end?.eventType === 'FAIL',
    ),
  }));
  return { ...run, looks };
};

const becameOf = (
  { state, says, isTransient }: Pick<PastRun, 'state' | 'says' | 'isTransient'>,
  batches: readonly BatchReport[],
  hasFailed: boolean,
): Pick<Look, 'outcome' | 'says'> => {
  if (state !== 'ended') return { outcome: state, says };
  if (hasFailed) return { outcome: isTransient ? 'passing' : 'failed', says };
  const bad = batches.filter(({ status }) => status === 'held' || status === 'refused');
  if (bad.length > 0) return { outcome: bad.some((each) => each.isTransient) ? 'passing' : 'held', says: listed(bad) };
  return { outcome: batches.some(({ status }) => status === 'landed') ? 'landed' : 'unchanged', says: '' };
};

/** The first three in full: a folder of a thousand held files is one trouble. */
const listed = (batches: readonly BatchReport[]): string =>
  [
    ...batches.slice(0, 3).map(({ message }) => message.replace(/([^.!?])$/, '$1.')),
    ...(batches.length > 3 ? [`And ${batches.length - 3} more.`] : []),
  ].join(' ');
