import type { ScannedFile } from './arrival.ts';
import { hasChanged, type FlawKind } from '../read/scan.ts';

/** Flaws that a file shows while its second half is still on the way. */
const tornOff: readonly FlawKind[] = ['empty', 'truncated-gzip', 'unterminated-quote'];

/** A file that was written to less long ago may still be. */
const settledAfterMs = 120_000;

/**
 * Whether files that cannot be read may still be being written: one changed since its bytes were counted, or breaks off
 * and was written to within the last two minutes.
 */
export const mayStillBeWritten = async (
  files: readonly Pick<ScannedFile, 'arrived' | 'scan'>[],
  now: number,
): Promise<boolean> => {
  for (const { arrived, scan } of files) {
    if (await hasChanged(arrived, scan)) return true;
    const writtenAt = Number(scan.stamp.split(' ')[1]);
    if (scan.flaw !== null && tornOff.includes(scan.flaw.kind) && now - writtenAt < settledAfterMs) return true;
  }
  return false;
};
