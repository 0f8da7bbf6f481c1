import type { BatchContract, BatchReason, BatchReport } from './batch-report.ts';
import { HeldError } from '../error.ts';
import { stillGrowing, type ScannedFile } from './arrival.ts';
import type { ReadFile } from './load.ts';
import type { Placing } from './place.ts';
import { hasChanged } from '../read/scan.ts';
import type { JudgedBatch } from './read-batch.ts';
import type { Source } from '../workspace/workspace.ts';

/** Share of refused rows above which a batch is held, where its source says nothing. */
export const defaultHoldShare = 0.05;

/** @throws TransientError when a file has changed since its bytes were counted */
export const checkStillSame = async (files: readonly ScannedFile[]): Promise<void> => {
  for (const file of files)
    if (await hasChanged(file.arrived, file.scan)) throw stillGrowing(file.name, 'it changed while it was read');
};

/**
 * Every record a file was counted to hold was either read or refused by the reader.
 *
 * @throws HeldError when not: something in the file hides rows from one of the two counts
 */
export const checkRecords = (files: readonly ReadFile[], { unread }: Pick<Placing, 'unread'>): void => {
  for (const file of files) {
    const { name, records, read, scan } = file;
    const refused = unread.get(file) ?? 0;
    if (records === read + refused) continue;
    throw new HeldError(
      `${name} is held by rule records-reconcile: it holds ${counted(records)} records, but ${counted(read)} could be read and ${counted(refused)} were refused`,
      `A quote or a line break in the wrong place hides rows, or a row is too long to be read: look at line ${scan.largestLine}, where the largest record begins, and export the file again.`,
    );
  }
};

/** A refused record of several lines: an open quote may have swallowed good rows. @throws HeldError when there is one */
export const checkSwallowed = ({ swallowing }: Pick<Placing, 'swallowing'>): void => {
  if (!swallowing) return;
  const { file, line, lines } = swallowing;
  throw new HeldError(
    `${file.name} line ${line} is held by rule unterminated-quote: a quote that opens there runs over ${lines} lines and its row cannot be read, so that rows may be hidden in it`,
    'Close the quote on its own line, and double quotes that are part of a value.',
  );
};

/**
 * Whether so many rows were refused that the policy of the source holds the whole batch. Rows that somebody decided to
 * discard do not count, nor those that land by decision.
 */
export const isTooMuch = (
  { hold }: Pick<Source, 'hold'>,
  { files, verdicts, discardedUnread }: JudgedBatch,
): boolean => {
  const share = hold.share ?? (hold.rows === undefined ? defaultHoldShare : 1);
  const isOver = (refused: number, rows: number): boolean =>
    refused > (hold.rows ?? Infinity) || (rows > 0 && refused > share * rows);
  const records = files.reduce((sum, file) => sum + file.records, 0);
  const torn = files.reduce((sum, { rejects, broken }) => sum + countApart(rejects.offsets) + broken.length, 0);
  return (
    isOver(torn - discardedUnread, records) ||
    verdicts.some(({ quarantined, discarded, mapped }) => isOver(quarantined - discarded, mapped))
  );
};

/** How many different numbers an ascending list holds. */
const countApart = (numbers: Float64Array): number => {
  let count = 0;
  for (let i = 0; i < numbers.length; i++) if (i === 0 || numbers[i] !== numbers[i - 1]) count += 1;
  return count;
};

/**
 * The identities every landed batch fulfils.
 *
 * @throws Error when one fails: that is our fault, whatever the file holds
 */
export const assertReconciled = (batch: string, contracts: readonly BatchContract[]): void => {
  for (const {
    contract,
    mapped,
    accepted,
    quarantined,
    duplicates,
    superseded,
    inserted,
    updated,
    unchanged,
  } of contracts)
    if (mapped !== accepted + quarantined + duplicates + superseded || accepted !== inserted + updated + unchanged)
      throw new Error(`batch ${batch}, ${contract}: the counts of its rows do not reconcile`);
};

/** `encounter.csv: encounter 997 of 1,000 rows accepted (99.7 %). 3 rows refused by …` */
export const landedSentence = (report: BatchReport, contracts: readonly BatchContract[]): string => {
  const accepted = contracts.map(
    ({ contract, accepted: rows, mapped, duplicates, superseded }) =>
      `${contract} ${counted(rows)} of ${counted(mapped)} rows accepted${mapped > 0 ? ` (${percent(rows / mapped)})` : ''}` +
      (superseded > 0 ? `, ${counted(superseded)} superseded by later deliveries that came before` : '') +
      (duplicates > 0 ? `, ${counted(duplicates)} repeated another word for word` : ''),
  );
  const refused = contracts.reduce((sum, { quarantined }) => sum + quarantined, report.rejected);
  const quarantine =
    refused > 0
      ? ` ${refusedSentence(report.reasons, refused)} Mend them where they come from and send the file again; \`himsight quarantine --source ${report.source}\` lists them.`
      : '';
  return `${namesOf(report)}: ${accepted.join('; ')}.${quarantine}`;
};

/** `encounter.csv is held: 120 of 1,000 rows refused (12.0 %), more than …` */
export const heldSentence = (
  { hold }: Pick<Source, 'hold'>,
  report: BatchReport,
  { verdicts }: JudgedBatch,
): string => {
  const rows = report.rejected + verdicts.reduce((sum, { mapped }) => sum + mapped, 0);
  const refused = report.rejected + verdicts.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const limit = [
    ...(hold.rows === undefined ? [] : [`${counted(hold.rows)} rows`]),
    ...(hold.rows !== undefined && hold.share === undefined ? [] : [percent(hold.share ?? defaultHoldShare)]),
  ];
  return `${namesOf(report)} is held, nothing of it landed: more rows are refused than source ${report.source} allows (${limit.join(' or ')}). Of ${counted(rows)} rows ${refusedSentence(report.reasons, refused)} Mend them where they come from or mend the mapping, decide about them, or raise \`hold\` of the source; \`himsight quarantine --source ${report.source}\` lists ${listedOf(report)}.`;
};

/** Of a held batch not all rows need be kept: its file is still there. */
const listedOf = ({ refused }: BatchReport): string =>
  refused === undefined || refused.kept === refused.records
    ? 'them'
    : `the first ${counted(refused.kept)} of them, the others stand in the file alone`;

/** `12 refused by type:admit_ts: admit_ts is not a time … (9, first in encounter.csv line 17); …` */
const refusedSentence = (reasons: readonly BatchReason[], refused: number): string => {
  const shown = reasons.slice(0, 3).map(({ rule, says, count, file, line }) => {
    const place = file === null ? '' : `, first in ${file}${line === null ? '' : ` line ${line}`}`;
    return `${rule}: ${says} (${counted(count)}${place})`;
  });
  const more = reasons.length > shown.length ? `; and ${reasons.length - shown.length} more rules` : '';
  return `${counted(refused)} refused by ${shown.join('; ')}${more}.`;
};

const namesOf = ({ files }: BatchReport): string =>
  files.length === 1 ? files[0]!.name : `${files[0]?.name} and ${files.length - 1} more`;

const counted = (number: number): string => number.toLocaleString('en-US');

/** A share in percent with one decimal; never rounded up to 100 nor down to 0. */
export const percent = (share: number): string => {
  const tenths = share <= 0 || share >= 1 ? share * 1000 : Math.min(999, Math.max(1, Math.round(share * 1000)));
  return `${(tenths / 10).toFixed(1)} %`;
};
