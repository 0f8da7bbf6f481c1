import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { EventType, LedgerFacet, Turn } from './ledger-event.ts';
import { openLineageEvent } from './open-lineage.ts';
import { afterLastRun } from './after-last-run.ts';
import { runIds } from './read-ledger.ts';
import { newRunId } from './run-id.ts';

/**
 * The ledger of one run: append-only NDJSON in a folder of its own, each event on the disk before the call returns.
 * What is told of a model is written at once, but reaches the disk with the event after the last of them: nothing is
 * decided by it, and a release of 249 models would wait for the disk 249 times.
 */
export interface RunLedger {
  /** Also the folder's name: YYYYMMDDTHHMMSSZ-xxxxxxxx. */
  readonly id: string;
  /** @param job what the event is about: `run`, `land <source>`, `build <model>` …; the first of a run is the run's own */
  event(type: EventType, job: string, facet?: LedgerFacet): void;
  close(): void;
}

/**
 * Opens the ledger of a new run.
 *
 * @param folder the ledger folder of the workspace; made where it is missing
 * @param clock tells the time of each event
 */
export const openRun = (folder: string, start: Date = new Date(), clock: () => Date = () => new Date()): RunLedger => {
  const id = newRunId(afterLastRun(runIds(folder), start));
  mkdirSync(join(folder, id), { recursive: true });
  const file = openSync(join(folder, id, 'event.ndjson'), 'a', 0o600);
  const turns = new Map<string, number>();
  let runJob: string | null = null;
  let scheduledFor: string | null = null;
  return {
    id,
    event(eventType, job, facet = {}) {
      runJob ??= job;
      scheduledFor ??= earliestOf(facet.turns ?? []);
      if (eventType === 'START') turns.set(job, (turns.get(job) ?? 0) + 1);
      const event = openLineageEvent({
        ...{ eventType, eventTime: clock().toISOString(), runId: id, runJob },
        ...{ job, turn: turns.get(job) ?? 1, scheduledFor, facet },
      });
      writeSync(file, `${JSON.stringify(event)}\n`);
      if (facet.model === undefined) fsyncSync(file);
    },
    close: () => {
      closeSync(file);
    },
  };
};

/** The first of the times that schedules named; null where a person started the run. */
const earliestOf = (turns: readonly Turn[]): string | null => turns.flatMap(({ due }) => due ?? []).sort()[0] ?? null;
