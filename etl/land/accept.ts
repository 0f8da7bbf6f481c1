import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { rawQuery, type PartedTable, type RawPart } from '../../warehouse/raw-part.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { BatchContract, BatchReport, Stated } from './batch-report.ts';
import { extentOf, monthOf, type Extent } from './extent.ts';
import type { RecordNumber } from './record-number.ts';
import { everyRow, partedTable } from '../raw/raw-rows.ts';
import { compareDeliveries, kindOf } from '../raw/standing.ts';
import { refuseForeignKeys } from './foreign-key.ts';
import { settleParquet } from './settle-parquet.ts';
import type { Verdict } from './verdict.ts';
import type { Source } from '../workspace/workspace.ts';

/** The accepted rows of one contract, written and compared with what was there before. */
export interface Accepted extends Extent {
  /** Relative to the data folder; null where there is none. */
  readonly file: string | null;
  readonly superseded: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly overlaps: readonly string[];
  readonly arrived: Readonly<Record<string, number>>;
}

/** Where accepted rows go. */
export interface Destination {
  readonly dataFolder: string;
  readonly source: Source;
  readonly report: BatchReport & { readonly stated: Stated };
  readonly record: RecordNumber;
  /** Batches of the source that stood before this one, in order. */
  readonly before: readonly BatchReport[];
  /** Those of other sources. */
  readonly others: readonly BatchReport[];
  readonly sources: readonly Source[];
}

/**
 * Writes raw/<contract>/<batch>.parquet: the contract's columns, source_id, batch_id and record, in file order.
 *
 * @throws HeldError when another source has rows of the same keys
 */
export const accept = async (
  connection: DuckDBConnection,
  { contract, view, accepted: good }: Pick<Verdict, 'contract' | 'view' | 'accepted'>,
  destination: Destination,
): Promise<Accepted> => {
  if (good === 0)
    return {
      ...{ file: null, superseded: 0, inserted: 0, updated: 0, unchanged: 0, overlaps: [], arrived: {} },
      ...{ months: [], latest: null, totals: {} },
    };
  const { dataFolder, source, report, record } = destination;
  const landing: Landing = { connection, contract, good: `(from ${view} where _broken is null and not _is_duplicate)` };
  const columns = contract.columns.map(({ name }) => identifier(name)).join(', ');
  const file = join('raw', contract.id, `${report.batch}.parquet`);
  await settleParquet(
    connection,
    `select ${columns}, ${literal(source.id)} as source_id, ${literal(report.batch)} as batch_id, (${record.sql})::bigint as record
     from ${landing.good} ${record.join}`,
    join(dataFolder, file),
  );
  try {
    return { file, ...(await weigh({ ...landing, written: file, count: good }, destination)) };
  } catch (error) {
    forget(file, destination);
    throw error;
  }
};

/** Removes a file that was written for a batch that does not land; not where it is of one that landed before. */
export const forget = (file: string, { dataFolder, before, report }: Destination): void => {
  if (!before.some(({ batch }) => batch === report.batch)) rmSync(join(dataFolder, file), { force: true });
};

/** What of the rows written counts, and how they compare with what stood before. */
const weigh = async (
  landing: Landing & { readonly written: string; readonly count: number },
  destination: Destination,
): Promise<Omit<Accepted, 'file'>> => {
  const { connection, contract, written, count } = landing;
  const { dataFolder, source, report, before } = destination;
  const isFull = kindOf(source, report.stated) === 'full';
  const sharing = isFull ? writersOf(contract.id, before) : await sharingKeys(landing, destination);
  const rest = before.filter(({ batch }) => batch !== report.batch && !report.supersedes.includes(batch));
  const overlaps = rest.map(({ batch }) => batch).filter((batch) => sharing.has(batch));
  const after = partedTable(
    contract,
    [...rest, { ...report, contracts: [asWritten(contract.id, written, overlaps)] }].sort(compareDeliveries),
    dataFolder,
    [source],
  );
  const counting = countingRows(landing, after, report.batch);
  await refuseForeignKeys(connection, contract, counting, destination);
  return {
    ...(await compare(landing, count, counting, sharing, destination)),
    overlaps,
    ...(await extentOf(landing, report.isInstant)),
  };
};

/** A contract's rows on their way to raw. */
export interface Landing {
  readonly connection: DuckDBConnection;
  readonly contract: Verdict['contract'];
  /** SQL of the rows that are neither refused nor duplicates. */
  readonly good: string;
}

/** Enough of a report for it to be looked at as one of the source's batches. */
const asWritten = (contract: string, file: string, overlaps: readonly string[]): BatchContract => ({
  ...{ contract, file, overlaps, months: [], acceptedShare: null },
  ...{ mapped: 0, accepted: 0, quarantined: 0, duplicates: 0, superseded: 0, inserted: 0, updated: 0, unchanged: 0 },
});

const writersOf = (contract: string, batches: readonly BatchReport[]): ReadonlySet<string> =>
  new Set(
    batches
      .filter(({ contracts }) => contracts.some((one) => one.contract === contract && one.file !== null))
      .map(({ batch }) => batch),
  );

/** SQL of the good rows that count beside what stands; null where none does, and `good` itself where all do. */
const countingRows = ({ good }: Landing, after: PartedTable, batch: string): string | null => {
  const part = after.parts.find((one) => one.batch === batch);
  if (part === undefined) return null;
  return part.covered.length + part.yieldsTo.length === 0 ? good : `(${rawQuery({ ...after, parts: [part] })})`;
};

/** On which all columns named agree, nulls included. */
const alike = (names: readonly string[]): string =>
  names.map((name) => `a.${identifier(name)} is not distinct from b.${identifier(name)}`).join(' and ');

/** Ids of batches that stood before and have a row of the same key, whether it counts or not. */
const sharingKeys = async (
  { connection, contract, good }: Landing,
  { before, dataFolder }: Destination,
): Promise<ReadonlySet<string>> => {
  if (writersOf(contract.id, before).size === 0) return new Set();
  const found = await readRows(
    connection,
    `select distinct batch_id from (${everyRow(contract, before, dataFolder)}) b semi join ${good} a on ${alike(contract.key)}`,
  );
  return new Set(found.map(({ batch_id: id }) => id as string));
};

/** Counts the rows against those of the source that were live before. */
const compare = async (
  { connection, contract }: Landing,
  good: number,
  counting: string | null,
  sharing: ReadonlySet<string>,
  { before, dataFolder, source }: Destination,
): Promise<Pick<Accepted, 'superseded' | 'inserted' | 'updated' | 'unchanged' | 'arrived'>> => {
  if (counting === null) return { superseded: good, inserted: 0, updated: 0, unchanged: 0, arrived: {} };
  const table = partedTable(contract, before, dataFolder, [source]);
  const parts: readonly RawPart[] = table.parts.filter(({ batch }) => sharing.has(batch));
  const names = contract.columns.map(({ name }) => name);
  const [was, join] =
    parts.length === 0
      ? ['null::varchar', '']
      : ['b.batch_id', `left join (${rawQuery({ ...table, parts })}) b on ${alike(contract.key)}`];
  const same = parts.length === 0 ? 'false' : alike(names);
  const rows = await readRows(
    connection,
    `select ${monthOf(contract)} as month, count(*) as accepted, count_if(_is_new) as inserted, count_if(_is_same) as unchanged
     from (select a.*, ${was} is null as _is_new, ${was} is not null and ${same} as _is_same from ${counting} a ${join})
     group by month order by month`,
  );
  const sum = (column: string): number => rows.reduce((total, row) => total + Number(row[column]), 0);
  const [accepted, inserted, unchanged] = [sum('accepted'), sum('inserted'), sum('unchanged')];
  return {
    superseded: good - accepted,
    inserted,
    updated: accepted - inserted - unchanged,
    unchanged,
    arrived: Object.fromEntries(
      rows
        .map((row) => [String(row.month), Number(row.accepted) - Number(row.unchanged)] as const)
        .filter(([, count]) => count > 0),
    ),
  };
};
