import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import type { LedgerFacet, Turn } from '../../../etl/ledger/ledger-event.ts';
import { openRun } from '../../../etl/ledger/write-ledger.ts';

/** One run to be written into a ledger. */
export interface WrittenRun {
  /** ISO 8601 of its start, UTC. */
  readonly at: string;
  /** Minutes until its end; no end at all where left out. */
  readonly minutes?: number;
  readonly turns: readonly Turn[];
  readonly batches?: readonly Partial<BatchReport>[];
  readonly end?: LedgerFacet;
  readonly type?: 'COMPLETE' | 'FAIL' | 'ABORT';
}

/** A ledger folder with these runs in it, as real runs would have written it. */
export const ledgerOf = (runs: readonly WrittenRun[], folder = mkdtempSync(join(tmpdir(), 'ledger-'))): string => {
  for (const { at, minutes, turns, batches = [], end = {}, type = 'COMPLETE' } of runs) {
    let now = new Date(at);
    const ledger = openRun(folder, now, () => now);
    ledger.event('START', 'run', { turns });
    for (const batch of batches) ledger.event('COMPLETE', 'land', { batch: { ...blank, ...batch } });
    now = new Date(now.getTime() + (minutes ?? 0) * 60_000);
    if (minutes !== undefined) ledger.event(type, 'run', { exitCode: 0, message: '', ...end });
    ledger.close();
  }
  return folder;
};

const blank: BatchReport = {
  ...{ source: 'visits', batch: 'b1', status: 'landed', message: '', files: [], rejected: 0, contracts: [] },
  ...{ reasons: [], checks: [], skipped: {}, supersedes: [], isInstant: false, asOf: null },
};
