import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { EventType, LedgerFacet } from './ledger-event.ts';
import { openLineageEvent } from './open-lineage.ts';
import { newRunId } from './run-id.ts';

/** The ledger of one run: append-only NDJSON in a folder of its own, each event on the disk before the call returns. */
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
 * @param scheduledFor when the schedule wanted the run, ISO 8601 in UTC; null where a person started it
 */
export const openRun = (folder: string, now: Date = new Date(), scheduledFor: string | null = null): RunLedger => {
  const id = newRunId(now);
  mkdirSync(join(folder, id), { recursive: true });
  const file = openSync(join(folder, id, 'event.ndjson'), 'a', 0o600);
  const turns = new Map<string, number>();
  let runJob: string | null = null;
  return {
    id,
    event(eventType, job, facet = {}) {
      runJob ??= job;
      if (eventType === 'START') turns.set(job, (turns.get(job) ?? 0) + 1);
      const event = openLineageEvent({
        ...{ eventType, eventTime: new Date().toISOString(), runId: id, runJob },
        ...{ job, turn: turns.get(job) ?? 1, scheduledFor, facet },
      });
      writeSync(file, `${JSON.stringify(event)}\n`);
      fsyncSync(file);
    },
    close: () => {
      closeSync(file);
    },
  };
};
