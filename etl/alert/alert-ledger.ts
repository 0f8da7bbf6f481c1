import { join } from 'node:path';
import type { Alert, AlertGrain } from '../../dashboard/store/alert.ts';
import type { AlertMoment, AlertVerdict } from '../../dashboard/store/alert-standing.ts';
import { appendLines, readLines } from '../ledger/ndjson-file.ts';

/**
 * What became of one alert in one release: a line of `alert.ndjson` in the ledger folder. Filters are counted, never named:
 * their values may be surrogates, and what stands here goes out by mail.
 */
export interface AlertLine extends AlertMoment {
  /** Id of the alert. */
  readonly alert: string;
  readonly name: string;
  readonly metric: string;
  readonly grain: AlertGrain;
  /** How many filters it has. */
  readonly filters: number;
}

const fileIn = (ledgerFolder: string): string => join(ledgerFolder, 'alert.ndjson');

/** All that was judged, oldest first. */
export const readAlertLines = (ledgerFolder: string): readonly AlertLine[] =>
  readLines(fileIn(ledgerFolder)) as readonly AlertLine[];

/** Appends lines; they are on the disk before the call returns. */
export const writeAlertLines = (ledgerFolder: string, lines: readonly AlertLine[]): void =>
  appendLines(fileIn(ledgerFolder), lines);

export const alertLine = (
  { id, name, metric, grain, where }: Alert,
  verdict: AlertVerdict,
  release: string,
  now: Date,
): AlertLine => ({
  ...{ at: now.toISOString(), release, alert: id, name, metric, grain },
  filters: Object.values(where).filter((values) => values.length > 0).length,
  ...verdict,
});

/**
 * Since when an alert fires: the first line of those in a row that do. One that could not be judged in between breaks
 * no row and makes none. null where the last that was judged does not fire.
 *
 * @param lines of this alert alone, oldest first
 */
export const firesSince = (lines: readonly AlertLine[]): AlertLine | null => {
  const judged = lines.filter(({ state }) => state !== 'unjudged');
  return judged[judged.findLastIndex(({ state }) => state !== 'fires') + 1] ?? null;
};
