import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Trouble } from './trouble.ts';

/** That one trouble was told on one channel, or could not be. A line of `notification.ndjson` in the ledger folder. */
export interface Told {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Id of the trouble. */
  readonly trouble: string;
  readonly kind: Trouble['kind'];
  readonly source: string | null;
  readonly state: NewsState;
  readonly channel: ChannelName;
  /** unasked: it ended, and nobody wants to hear of recoveries. */
  readonly outcome: 'delivered' | 'failed' | 'unasked';
  /** Tries made. */
  readonly tries: number;
  /** Why it failed, without address, secret or answer; null where it did not. */
  readonly why: string | null;
}

/** What is told of a trouble: that it begins, that it still lasts, that it is over. */
export type NewsState = 'begins' | 'lasts' | 'ends';

export type ChannelName = 'webhook' | 'smtp';

const fileIn = (ledgerFolder: string): string => join(ledgerFolder, 'notification.ndjson');

/** All that was told, oldest first. A last line that a crash tore off is left out. */
export const readTold = (ledgerFolder: string): readonly Told[] => {
  const file = fileIn(ledgerFolder);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line) => parsed(line));
};

/** A line torn in the middle of the file, which a crash leaves where the next line is appended, tells nothing. */
const parsed = (line: string): readonly Told[] => {
  try {
    return [JSON.parse(line) as Told];
  } catch {
    return [];
  }
};

/** Appends lines; they are on the disk before the call returns. */
export const writeTold = (ledgerFolder: string, told: readonly Told[]): void => {
  if (told.length === 0) return;
  mkdirSync(ledgerFolder, { recursive: true });
  const before = existsSync(fileIn(ledgerFolder)) ? readFileSync(fileIn(ledgerFolder), 'utf8') : '';
  const file = openSync(fileIn(ledgerFolder), 'a', 0o600);
  try {
    // A line break first parts these lines from one that a crash tore off.
    const gap = before === '' || before.endsWith('\n') ? '' : '\n';
    writeSync(file, gap + told.map((each) => `${JSON.stringify(each)}\n`).join(''));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
