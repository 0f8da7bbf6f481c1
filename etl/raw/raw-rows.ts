import { join } from 'node:path';
import { identifier, literal } from '../../warehouse/quote.ts';
import type { BatchReport } from '../land/batch-report.ts';
import { sqlType, type Contract } from '../contract/contract.ts';
import { globless } from '../read/csv.ts';

/** One column of raw. */
export interface RawColumn {
  readonly name: string;
  readonly type: string;
  readonly describes?: string;
}

/** Where a row came from: columns that follow the contract's own in every raw table. */
const origin: readonly RawColumn[] = [
  { name: 'source_id', type: 'VARCHAR', describes: 'Id of the source in himsight.yaml' },
  { name: 'batch_id', type: 'VARCHAR', describes: 'Digest of the batch it arrived in' },
  {
    name: 'record',
    type: 'BIGINT',
    describes: "Number of its record in its file, from 1; a CSV file's header is not counted",
  },
];

/** Columns of a contract's raw table. */
export const rawColumns = ({ columns }: Contract): readonly RawColumn[] => [
  ...columns.map((column) => ({
    name: column.name,
    type: sqlType(column),
    ...(column.describes === null ? {} : { describes: column.describes }),
  })),
  ...origin,
];

/**
 * SQL of a contract's live rows.
 *
 * Where batches of a source share keys, the last one in path order has the row; where they are known not to, which is
 * nearly always, files are simply read one after the other.
 *
 * @param batches live ones, in order
 */
export const rawRows = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): string => {
  const overlapping = batches.filter(({ source }) =>
    hasOverlaps(
      contract,
      batches.filter((one) => one.source === source),
    ),
  );
  const apart = batches.filter((batch) => !overlapping.includes(batch));
  const everything = everyRow(contract, apart, dataFolder);
  return overlapping.length === 0
    ? everything
    : `${everything}\nunion all\n${latest(contract, overlapping, dataFolder)}`;
};

/** SQL of all rows of a contract in some batches, also those that a later batch has taken the place of. */
export const everyRow = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): string => {
  const columns = rawColumns(contract);
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  const empty = `select ${columns.map(({ name, type }) => `null::${type} as ${identifier(name)}`).join(', ')} where false`;
  const files = batches
    .flatMap((batch) => fileOf(batch, contract.id) ?? [])
    .map((file) => literal(globless(join(dataFolder, file))));
  if (files.length === 0) return empty;
  // By name: a batch that landed before a column joined the contract has nothing there.
  return `select ${names} from (${empty}
    union all by name from read_parquet([${files.join(', ')}], union_by_name = true))`;
};

/** Whether two of these batches of one source have rows of the same key. */
export const hasOverlaps = ({ id }: Pick<Contract, 'id'>, batches: readonly BatchReport[]): boolean => {
  const live = new Set(batches.map(({ batch }) => batch));
  return batches.some(({ contracts }) =>
    contracts.some(({ contract, overlaps }) => contract === id && overlaps.some((other) => live.has(other))),
  );
};

const fileOf = ({ contracts }: BatchReport, contract: string): string | null =>
  contracts.find((one) => one.contract === contract)?.file ?? null;

const latest = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): string => {
  const order = batches.map(({ batch }, i) => `(${literal(batch)}, ${i})`).join(', ');
  const names = rawColumns(contract)
    .map(({ name }) => identifier(name))
    .join(', ');
  const key = ['source_id', ...contract.key].map(identifier).join(', ');
  return `select ${names} from (${everyRow(contract, batches, dataFolder)})
    join (values ${order}) as place(batch_id, _place) using (batch_id)
    qualify row_number() over (partition by ${key} order by _place desc) = 1`;
};
