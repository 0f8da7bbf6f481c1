import { createHash } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LandedState } from './landed-state.ts';

/** A state, and of how many of the oldest runs it is the fold. */
export interface KeptState {
  readonly runs: number;
  readonly state: LandedState;
}

/** To be raised whenever runs fold to another state than they did: what was kept before then counts no longer. */
const version = 1;

interface KeptFile extends KeptState {
  readonly version: number;
  /** Of the ids and lengths of the runs folded. */
  readonly digest: string;
  readonly dialects: readonly (readonly [string, unknown])[];
}

const fileIn = (ledgerFolder: string): string => join(ledgerFolder, 'landed.json');

/** A ledger is only ever added to: runs of the same ids and lengths tell the same. */
const digestOf = (ledgerFolder: string, runs: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const run of runs) hash.update(`${run} ${statSync(join(ledgerFolder, run, 'event.ndjson')).size}\n`);
  return hash.digest('hex');
};

/**
 * What the oldest runs of a ledger fold to, where that was kept and they are still those runs; else null, and whoever asks
 * folds them all again.
 *
 * @param runs ids of all runs, oldest first
 */
export const readKeptState = (ledgerFolder: string, runs: readonly string[]): KeptState | null => {
  try {
    const kept = JSON.parse(readFileSync(fileIn(ledgerFolder), 'utf8')) as KeptFile;
    if (kept.version !== version || kept.runs > runs.length) return null;
    if (kept.digest !== digestOf(ledgerFolder, runs.slice(0, kept.runs))) return null;
    return { runs: kept.runs, state: { ...kept.state, dialects: new Map(kept.dialects as []) } };
  } catch {
    // Missing or torn: what it was made from is still there.
    return null;
  }
};

/** Keeps what the oldest runs fold to. Where that cannot be written nothing is lost but time. */
export const keepState = (ledgerFolder: string, runs: readonly string[], state: LandedState): void => {
  const file = fileIn(ledgerFolder);
  const draft = `${file}.${process.pid}.tmp`;
  const kept: KeptFile = {
    version,
    runs: runs.length,
    digest: digestOf(ledgerFolder, runs),
    state,
    dialects: [...state.dialects],
  };
  try {
    writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    // A ledger that may only be read is folded in full each time.
  }
};
