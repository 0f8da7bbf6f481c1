import { join } from 'node:path';
import { appendLines, readLines } from '../ledger/ndjson-file.ts';
import type { Trouble } from './trouble.ts';

/** That one trouble was told on one channel, or could not be. A line of `notification.ndjson` in the ledger folder. */
export interface Told {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Id of the trouble. */
  readonly trouble: string;
  readonly kind: Trouble['kind'];
  readonly source: string | null;
  /** As of the trouble. */
  readonly about?: string;
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

/** All that was told, oldest first. */
export const readTold = (ledgerFolder: string): readonly Told[] => readLines(fileIn(ledgerFolder)) as readonly Told[];

/** Appends lines; they are on the disk before the call returns. */
export const writeTold = (ledgerFolder: string, told: readonly Told[]): void => appendLines(fileIn(ledgerFolder), told);
