import { join } from 'node:path';
import type { Delivery } from '../../dashboard/store/report-standing.ts';
import { appendLines, readLines } from '../ledger/ndjson-file.ts';

/**
 * One step of a delivery: a line of `report.ndjson` in the ledger folder. Each try begins with `begun`; before a mail leaves
 * there is `sending`; then how it ended. No address stands there: they are counted.
 */
export interface DeliveryLine extends Delivery {
  /** Id of the plan. */
  readonly plan: string;
  readonly name: string;
}

const fileIn = (ledgerFolder: string): string => join(ledgerFolder, 'report.ndjson');

/** All steps, oldest first. */
export const readDeliveryLines = (ledgerFolder: string): readonly DeliveryLine[] =>
  readLines(fileIn(ledgerFolder)) as readonly DeliveryLine[];

/** Appends a line; it is on the disk before the call returns. */
export const writeDeliveryLine = (ledgerFolder: string, line: DeliveryLine): void =>
  appendLines(fileIn(ledgerFolder), [line]);

/** A step that began so long ago and has no end was broken off: no drawing and no mail takes as long. */
const longestMs = 20 * 60_000;

/** A last step as it stands now: what was broken off did not come through, or nobody knows. */
const settled = (line: DeliveryLine, now: Date): DeliveryLine => {
  const isGoing = Math.abs(now.getTime() - Date.parse(line.at)) < longestMs;
  if (isGoing || (line.state !== 'begun' && line.state !== 'sending')) return line;
  return line.state === 'begun'
    ? { ...line, state: 'failed', isTransient: true, says: 'It was broken off before anything was sent.' }
    : { ...line, state: 'unclear', says: unclearSentence };
};

/** Of a mail that may have gone out. */
export const unclearSentence =
  'It was broken off while its mail was on the way: nobody knows whether it went out, and it is not sent twice.';

/** How each plan's last delivery stands now, by the id of the plan. */
export const lastDeliveries = (lines: readonly DeliveryLine[], now: Date): ReadonlyMap<string, DeliveryLine> =>
  new Map(lines.map((line) => [line.plan, settled(line, now)]));
