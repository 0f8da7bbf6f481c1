import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { BatchReport } from './batch-report.ts';
import type { RecordNumber } from './record-number.ts';
import { everyRow, rawRows } from '../raw/raw-rows.ts';
import { settleParquet } from './settle-parquet.ts';
import type { Verdict } from './verdict.ts';

/** The accepted rows of one contract, written and compared with what was there before. */
export interface Accepted {
  /** Relative to the data folder; null where there is none. */
  readonly file: string | null;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly overlaps: readonly string[];
  readonly months: readonly string[];
  /** The latest timestamp among them, or null. */
  readonly latest: string | null;
}

/** Where accepted rows go. */
export interface Destination {
  readonly dataFolder: string;
  readonly source: string;
  readonly batch: string;
  readonly record: RecordNumber;
  /** Live batches of the source as they are before this one. */
  readonly before: readonly BatchReport[];
  /** Ids among them that this one takes the place of. */
  readonly supersedes: readonly string[];
}

/** Writes raw/<contract>/<batch>.parquet: the contract's columns, source_id, batch_id and record, in file order. */
export const accept = async (
  connection: DuckDBConnection,
  { contract, view, accepted }: Pick<Verdict, 'contract' | 'view' | 'accepted'>,
  { dataFolder, source, batch, record, before, supersedes }: Destination,
): Promise<Accepted> => {
  if (accepted === 0)
    return { file: null, inserted: 0, updated: 0, unchanged: 0, overlaps: [], months: [], latest: null };
  const good = `(from ${view} where _broken is null and not _is_duplicate)`;
  const columns = contract.columns.map(({ name }) => identifier(name)).join(', ');
  const file = join('raw', contract.id, `${batch}.parquet`);
  await settleParquet(
    connection,
    `select ${columns}, ${literal(source)} as source_id, ${literal(batch)} as batch_id, (${record.sql})::bigint as record
     from ${good} ${record.join}`,
    join(dataFolder, file),
  );
  const rest = before.filter((one) => !supersedes.includes(one.batch));
  return {
    file,
    ...(await compare(connection, { contract, good, accepted }, before, dataFolder)),
    overlaps: await overlapping(connection, { contract, good }, rest, dataFolder),
    ...(await extent(connection, contract, good)),
  };
};

interface Good extends Pick<Verdict, 'contract'> {
  /** SQL of the accepted rows. */
  readonly good: string;
}

const writes = (contract: Verdict['contract'], batches: readonly BatchReport[]): boolean =>
  batches.some(({ contracts }) => contracts.some((one) => one.contract === contract.id && one.file !== null));

const sameKey = ({ key }: Verdict['contract']): string =>
  key.map((name) => `a.${identifier(name)} is not distinct from b.${identifier(name)}`).join(' and ');

const compare = async (
  connection: DuckDBConnection,
  { contract, good, accepted }: Good & Pick<Verdict, 'accepted'>,
  before: readonly BatchReport[],
  dataFolder: string,
): Promise<Pick<Accepted, 'inserted' | 'updated' | 'unchanged'>> => {
  if (!writes(contract, before)) return { inserted: accepted, updated: 0, unchanged: 0 };
  const same = contract.columns.map(({ name }) => `a.${identifier(name)} is not distinct from b.${identifier(name)}`);
  const [row] = await readRows(
    connection,
    `select count_if(b.batch_id is null) as inserted, count_if(b.batch_id is not null and ${same.join(' and ')}) as unchanged
     from ${good} a left join (${rawRows(contract, before, dataFolder)}) b on ${sameKey(contract)}`,
  );
  const [inserted, unchanged] = [Number(row?.inserted), Number(row?.unchanged)];
  return { inserted, updated: accepted - inserted - unchanged, unchanged };
};

const overlapping = async (
  connection: DuckDBConnection,
  { contract, good }: Good,
  rest: readonly BatchReport[],
  dataFolder: string,
): Promise<readonly string[]> => {
  if (!writes(contract, rest)) return [];
  const found = await readRows(
    connection,
    `select distinct batch_id from (${everyRow(contract, rest, dataFolder)}) b semi join ${good} a on ${sameKey(contract)} order by 1`,
  );
  return found.map(({ batch_id: id }) => id as string);
};

const extent = async (
  connection: DuckDBConnection,
  { period, columns }: Verdict['contract'],
  good: string,
): Promise<Pick<Accepted, 'months' | 'latest'>> => {
  const times = columns.filter(({ type }) => type === 'timestamp').map(({ name }) => `max(${identifier(name)})`);
  const month =
    period === null ? `''` : `coalesce(strftime(date_trunc('month', ${identifier(period)}), '%Y-%m-%d'), '')`;
  const [row] = await readRows(
    connection,
    `select list_sort(list(distinct ${month})) as months,
       ${times.length > 0 ? `strftime(greatest(${times.join(', ')}), '%Y-%m-%d %H:%M:%S')` : 'null'} as latest from ${good}`,
  );
  return {
    months: (row?.months as string[] | undefined) ?? [],
    latest: (row?.latest as string | null | undefined) ?? null,
  };
};
