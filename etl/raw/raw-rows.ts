import { join } from 'node:path';
import { rawQuery, type PartedTable, type RawPart } from '../../warehouse/raw-part.ts';
import type { BatchReport } from '../land/batch-report.ts';
import { sqlType, type Contract } from '../contract/contract.ts';

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
 * A contract's raw table as its parts make it up: one part a batch.
 *
 * Where batches of a source share keys, the last one in path order has the row; nearly always they are known not to.
 *
 * @param batches live ones, in order
 */
export const partedTable = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): PartedTable => ({
  columns: rawColumns(contract),
  key: contract.key,
  period: contract.period,
  parts: partsOf(contract, batches, dataFolder),
});

const partsOf = ({ id }: Contract, batches: readonly BatchReport[], dataFolder: string): readonly RawPart[] => {
  const written = batches.flatMap(({ source, batch, contracts }) => {
    const one = contracts.find(({ contract, file }) => contract === id && file !== null);
    return one ? [{ source, batch, file: join(dataFolder, one.file!), overlaps: one.overlaps }] : [];
  });
  return written.map(({ source, batch, file, overlaps }, at) => ({
    batch,
    file,
    covered: [],
    yieldsTo: written
      .slice(at + 1)
      .filter((later) => later.source === source)
      .filter((later) => overlaps.includes(later.batch) || later.overlaps.includes(batch))
      .map((later) => later.file),
  }));
};

/** SQL of a contract's live rows in some batches, in order. */
export const rawRows = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): string =>
  rawQuery(partedTable(contract, batches, dataFolder));

/** SQL of all rows of a contract in some batches, also those that a later batch has taken the place of. */
export const everyRow = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): string => {
  const table = partedTable(contract, batches, dataFolder);
  return rawQuery({ ...table, parts: table.parts.map((part) => ({ ...part, yieldsTo: [] })) });
};

/** Whether two of these batches of one source have rows of the same key. */
export const hasOverlaps = ({ id }: Pick<Contract, 'id'>, batches: readonly BatchReport[]): boolean => {
  const live = new Set(batches.map(({ batch }) => batch));
  return batches.some(({ contracts }) =>
    contracts.some(({ contract, overlaps }) => contract === id && overlaps.some((other) => live.has(other))),
  );
};
