import type { BatchReport } from '../land/batch-report.ts';
import type { EventType, LedgerEvent, LedgerFacet, ModelReport, RunOutcome } from './ledger-event.ts';
import { startOfId } from './run-id.ts';

/** A run as a line of a list. */
export interface RunHead {
  readonly id: string;
  /** `run`, or what else was written down: `rollback`. */
  readonly job: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: RunOutcome;
  readonly exitCode: number | null;
  /** The release that was served when it ended. */
  readonly release: string | null;
  readonly message: string;
}

/** One run, folded from its events: what `/api/runs` and `himsight runs` show. */
export interface Run extends RunHead {
  /** In the order begun; seconds until the next one began or the run ended, null while it lasts. */
  readonly steps: readonly {
    readonly step: number;
    readonly name: string;
    readonly at: string;
    readonly seconds: number | null;
  }[];
  readonly batches: readonly RunBatch[];
  readonly models: readonly ModelReport[];
}

/** What became of a batch, and what it took. */
export interface RunBatch extends BatchReport {
  /** Of its files together. */
  readonly bytes: number;
  /** Wall seconds from the first byte counted to the last row written; null where its beginning was not written down. */
  readonly seconds: number | null;
}

/** @param isNewest whether no later run is on record: only then one without an end may still be running */
export const foldRun = (id: string, events: readonly LedgerEvent[], isNewest: boolean): Run => ({
  ...headOf(id, events, isNewest),
  steps: stepsOf(events),
  batches: batchesOf(events),
  models: events.flatMap((event) => event.run.facets.himsight?.model ?? []),
});

export const headOf = (id: string, events: readonly LedgerEvent[], isNewest: boolean): RunHead => {
  const end = endOf(events);
  const last = end?.run.facets.himsight ?? {};
  return {
    id,
    job: jobOf(events),
    startedAt: events[0]?.eventTime ?? startOfId(id),
    endedAt: end?.eventTime ?? null,
    outcome: end ? (last.outcome ?? outcomeOf(end.eventType, last)) : unendedOutcome(isNewest),
    exitCode: last.exitCode ?? null,
    release: last.release ?? null,
    message: last.message ?? '',
  };
};

/** How a run without an end stands. */
export const unendedOutcome = (isNewest: boolean): RunOutcome => (isNewest ? 'running' : 'aborted');

const jobOf = (events: readonly LedgerEvent[]): string => events[0]?.job.name ?? 'run';

const endOf = (events: readonly LedgerEvent[]): LedgerEvent | undefined =>
  events.find(({ eventType, job }) => job.name === jobOf(events) && /^(COMPLETE|FAIL|ABORT)$/.test(eventType));

const outcomeOf = (type: EventType, { exitCode, release }: LedgerFacet): RunOutcome => {
  if (type === 'FAIL') return 'failed';
  if (type === 'ABORT') return 'aborted';
  if (exitCode === 3 || exitCode === 4) return 'held';
  return release ? 'done' : 'no-op';
};

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

const stepsOf = (events: readonly LedgerEvent[]): Run['steps'] => {
  const begun = events.flatMap(({ eventTime, run: { facets } }) => {
    const { step, stepName } = facets.himsight ?? {};
    return step === undefined ? [] : [{ step, name: stepName ?? '', at: eventTime }];
  });
  return begun.map((step, i) => {
    const until = begun[i + 1]?.at ?? endOf(events)?.eventTime;
    return { ...step, seconds: until === undefined ? null : secondsBetween(step.at, until) };
  });
};

/** A batch's time runs from the START of its job before it: batches of a source land one after the other. */
const batchesOf = (events: readonly LedgerEvent[]): Run['batches'] => {
  const begun = new Map<string, string>();
  return events.flatMap(({ eventType, eventTime, job, run: { facets } }) => {
    if (eventType === 'START') begun.set(job.name, eventTime);
    const batch = facets.himsight?.batch;
    if (batch === undefined) return [];
    const start = begun.get(job.name);
    return {
      ...batch,
      bytes: batch.files.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: start === undefined ? null : secondsBetween(start, eventTime),
    };
  });
};
