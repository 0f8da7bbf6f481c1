import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterLastRun } from './after-last-run.ts';
import type { BatchReport } from './land/batch-report.ts';

/** The ledger of one run: append-only NDJSON in a folder of its own, each event on the disk before the call returns. */
export interface RunLedger {
  /** Also the folder's name: YYYYMMDDTHHMMSSZ-xxxxxxxx. */
  readonly id: string;
  /** @param job what the event is about: `run`, `land <source>`, `build <model>` … */
  event(type: EventType, job: string, facet?: LedgerFacet): void;
  close(): void;
}

export type EventType = 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL' | 'ABORT';

/** What Himsight adds to an OpenLineage event. No value from any row ever stands in it. */
export interface LedgerFacet {
  /** 1 to 9: the steps of a release, as the handbook of the engine numbers them. Marks that the step begins. */
  readonly step?: number;
  readonly stepName?: string;
  readonly source?: string;
  readonly batch?: BatchReport;
  readonly model?: ModelReport;
  /** Of the last event of job `run`: the release published, or null where none was. */
  readonly release?: string | null;
  readonly exitCode?: number;
  /** Overrides what type and exit code say by themselves. */
  readonly outcome?: RunOutcome;
  readonly message?: string;
  /** Of the first event of job `run`: the sources it looks at, and which of their scheduled times it is for. */
  readonly turns?: readonly Turn[];
  /** Of the last event of job `run`: what failed may be gone on a second try. */
  readonly isTransient?: boolean;
  /** Stack of an error that is our fault. */
  readonly error?: string;
}

/** A run's look at one source. */
export interface Turn {
  readonly source: string;
  /** The time its schedule named, ISO 8601 in UTC; null where somebody ran it. */
  readonly due: string | null;
}

/** One model of a run. */
export interface ModelReport {
  readonly name: string;
  readonly action: 'keep' | 'build';
  readonly rows: number | null;
  readonly seconds: number;
}

export type RunOutcome = 'running' | 'done' | 'no-op' | 'held' | 'failed' | 'aborted';

/** One run, folded from its events: what `/api/runs` and `himsight runs` show. */
export interface Run {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: RunOutcome;
  readonly exitCode: number | null;
  readonly release: string | null;
  readonly message: string;
  /** In the order begun; seconds until the next one began or the run ended, null while it lasts. */
  readonly steps: readonly {
    readonly step: number;
    readonly name: string;
    readonly at: string;
    readonly seconds: number | null;
  }[];
  readonly batches: readonly BatchReport[];
  readonly models: readonly ModelReport[];
}

/** One line of a ledger; OpenLineage's run event, with `himsight` as the one facet of its run. */
export interface LedgerEvent {
  readonly eventType: EventType;
  readonly eventTime: string;
  readonly run: { readonly runId: string; readonly facets: { readonly himsight?: LedgerFacet } };
  readonly job: { readonly namespace: string; readonly name: string };
}

const producer = 'https://github.com/himsight/himsight';
const schemaURL = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';

/**
 * Opens the ledger of a new run.
 *
 * @param folder the ledger folder of the workspace; made where it is missing
 * @param clock tells the time of each event
 */
export const openRun = (folder: string, start: Date = new Date(), clock: () => Date = () => new Date()): RunLedger => {
  const now = afterLastRun(runIds(folder), start);
  // The milliseconds stand first behind the dash, so that ids are in the order of their runs also within a second.
  const fraction = `${now.getUTCMilliseconds().toString(16).padStart(3, '0')}${randomBytes(3).toString('hex').slice(1)}`;
  const id = `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${fraction}`;
  mkdirSync(join(folder, id), { recursive: true });
  const file = openSync(join(folder, id, 'event.ndjson'), 'a', 0o600);
  return {
    id,
    event(eventType, name, facet = {}) {
      const { inputs, outputs } = dataSets(facet.batch);
      const event = {
        eventType,
        eventTime: clock().toISOString(),
        producer,
        schemaURL,
        run: { runId: id, facets: { himsight: { _producer: producer, _schemaURL: schemaURL, ...facet } } },
        job: { namespace: 'himsight', name },
        inputs,
        outputs,
      };
      writeSync(file, `${JSON.stringify(event)}\n`);
      fsyncSync(file);
    },
    close: () => {
      closeSync(file);
    },
  };
};

const dataSets = (batch: BatchReport | undefined) => ({
  inputs: (batch?.files ?? []).map(({ name }) => ({ namespace: 'file', name })),
  outputs: (batch?.contracts ?? []).map(({ contract }) => ({ namespace: 'himsight', name: `raw.${contract}` })),
});

/** Ids of all runs, oldest first. */
export const runIds = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, 'event.ndjson')))
        .sort()
    : [];

/** The events of one run in order. A last line that a crash tore off is left out. */
export const readEvents = (folder: string, id: string): readonly LedgerEvent[] =>
  readFileSync(join(folder, id, 'event.ndjson'), 'utf8')
    .split('\n')
    .filter((line, i, all) => i < all.length - 1 && line !== '')
    .map((line) => JSON.parse(line) as LedgerEvent);

/** All runs, newest first. A run without an end is running if it is the newest, else it was aborted. */
export const readRuns = (folder: string): Promise<readonly Run[]> => {
  const ids = runIds(folder);
  const runs = ids.map((id, i) => foldRun(id, readEvents(folder, id), i === ids.length - 1));
  return Promise.resolve(runs.reverse());
};

const foldRun = (id: string, events: readonly LedgerEvent[], isNewest: boolean): Run => {
  const facets = events.map((event) => event.run.facets.himsight ?? {});
  const end = events.find(({ eventType, job }) => job.name === 'run' && /^(COMPLETE|FAIL|ABORT)$/.test(eventType));
  const last = end?.run.facets.himsight ?? {};
  return {
    id,
    startedAt: events[0]?.eventTime ?? startOf(id),
    endedAt: end?.eventTime ?? null,
    outcome: end ? (last.outcome ?? outcomeOf(end.eventType, last)) : isNewest ? 'running' : 'aborted',
    exitCode: last.exitCode ?? null,
    release: last.release ?? null,
    message: last.message ?? '',
    steps: stepsOf(events, end),
    batches: facets.flatMap(({ batch }) => batch ?? []),
    models: facets.flatMap(({ model }) => model ?? []),
  };
};

const outcomeOf = (type: EventType, { exitCode, release }: LedgerFacet): RunOutcome => {
  if (type === 'FAIL') return 'failed';
  if (type === 'ABORT') return 'aborted';
  if (exitCode === 3 || exitCode === 4) return 'held';
  return release ? 'done' : 'no-op';
};

const stepsOf = (events: readonly LedgerEvent[], end: LedgerEvent | undefined): Run['steps'] => {
  const begun = events.flatMap(({ eventTime, run: { facets } }) => {
    const { step, stepName } = facets.himsight ?? {};
    return step === undefined ? [] : [{ step, name: stepName ?? '', at: eventTime }];
  });
  return begun.map((step, i) => {
    const until = begun[i + 1]?.at ?? end?.eventTime;
    return { ...step, seconds: until === undefined ? null : (Date.parse(until) - Date.parse(step.at)) / 1000 };
  });
};

const startOf = (id: string): string =>
  id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6.000Z');
