import { join } from 'node:path';
import { rawQuery, type PartedTable, type RawPart } from '../../warehouse/raw-part.ts';
import type { BatchContract, BatchReport } from '../land/batch-report.ts';
import { sqlType, type Contract } from '../contract/contract.ts';
import { isWithin, meets, type Period } from '../land/name-period.ts';
import { kindOf } from './standing.ts';
import { utcOf } from '../utc.ts';
import type { Source } from '../workspace/workspace.ts';

/** One column of raw. */
export interface RawColumn {
  readonly name: string;
  readonly type: string;
  readonly describes?: string;
}

/** What of a source decides which of its rows count. */
export type Delivering = Pick<Source, 'id' | 'extract' | 'timezone'>;

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
 * A contract's raw table as its parts make it up: one part a batch that still has a say. Only what stands and its order
 * decide, so that the same deliveries make the same rows in whatever order they came.
 *
 * @param batches standing ones, in order
 * @param sources those not among them have no rows
 */
export const partedTable = (
  contract: Contract,
  batches: readonly BatchReport[],
  dataFolder: string,
  sources: readonly Delivering[],
): PartedTable => ({
  columns: rawColumns(contract),
  key: contract.key,
  period: contract.period,
  parts: sources.flatMap((source) =>
    partsOf(
      contract,
      source,
      batches.filter((one) => one.source === source.id),
      dataFolder,
    ),
  ),
});

/** SQL of a contract's live rows. */
export const rawRows = (...given: Parameters<typeof partedTable>): string => rawQuery(partedTable(...given));

/** SQL of all rows of a contract in some batches, also those that do not count. */
export const everyRow = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): string =>
  rawQuery({
    columns: rawColumns(contract),
    key: contract.key,
    period: contract.period,
    parts: writing(contract, batches).flatMap(({ report, own: { file } }) =>
      file === null ? [] : [{ batch: report.batch, file: join(dataFolder, file), covered: [], yieldsTo: [] }],
    ),
  });

interface Writing {
  readonly report: BatchReport;
  readonly own: BatchContract;
}

const writing = ({ id }: Pick<Contract, 'id'>, batches: readonly BatchReport[]): readonly Writing[] =>
  batches.flatMap((report) => {
    const own = report.contracts.find(({ contract }) => contract === id);
    return own ? [{ report, own }] : [];
  });

/**
 * Batches of one source that have a say: all but those before a full delivery, and those whose period a later snapshot
 * holds wholly. A batch that has none is as if it had never come.
 */
export const withSay = (source: Pick<Source, 'extract'>, batches: readonly BatchReport[]): readonly BatchReport[] => {
  const all = batches.map(({ stated }) => ({ kind: kindOf(source, stated), period: stated?.period ?? null }));
  const last = all.findLastIndex(({ kind }) => kind === 'full');
  return batches.filter((_, at) => {
    const { kind, period } = all[at]!;
    const isHeldWholly = all.slice(at + 1).some((later) => later.kind === 'snapshot' && holds(later.period, period));
    return at >= last && !(kind === 'snapshot' && isHeldWholly);
  });
};

const holds = (outer: Period | null, inner: Period | null): boolean =>
  outer !== null && inner !== null && isWithin(inner, outer);

/** Pairs of snapshots with a say whose periods share days though the later does not hold the earlier wholly. */
export const halfCovered = (
  source: Pick<Source, 'extract'>,
  batches: readonly BatchReport[],
): readonly (readonly [BatchReport, BatchReport])[] => {
  const all = withSay(source, batches).filter(({ stated }) => kindOf(source, stated) === 'snapshot');
  return all.flatMap((earlier, at) =>
    all
      .slice(at + 1)
      .filter(({ stated }) => meetsAny(earlier.stated?.period, stated?.period))
      .map((later) => [earlier, later] as const),
  );
};

const meetsAny = (a: Period | null | undefined, b: Period | null | undefined): boolean => !!a && !!b && meets(a, b);

const partsOf = (
  contract: Contract,
  source: Delivering,
  batches: readonly BatchReport[],
  dataFolder: string,
): readonly RawPart[] => {
  const all = withSay(
    source,
    writing(contract, batches).map(({ report }) => report),
  );
  const written = writing(contract, all);
  return written.flatMap(({ report: { batch }, own: { file, overlaps } }, at) => {
    if (file === null) return [];
    const later = written.slice(at + 1);
    return [
      {
        batch,
        file: join(dataFolder, file),
        covered: contract.period === null ? [] : coveredBy(later, contract, source),
        yieldsTo: later.flatMap(({ report, own }) =>
          own.file !== null && (overlaps.includes(report.batch) || own.overlaps.includes(batch))
            ? [join(dataFolder, own.file)]
            : [],
        ),
      },
    ];
  });
};

/** The periods of later snapshots as ranges of the period column, those that touch as one. */
const coveredBy = (later: readonly Writing[], contract: Contract, source: Delivering): RawPart['covered'] => {
  const periods = later.flatMap(({ report: { stated, isInstant } }) =>
    stated?.period && kindOf(source, stated) === 'snapshot'
      ? [onClock(stated.period, contract, isInstant ? source.timezone : null)]
      : [],
  );
  const ranges: Period[] = [];
  for (const range of periods.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = ranges.at(-1);
    if (last === undefined || range.from > last.to) ranges.push(range);
    else if (range.to > last.to) ranges[ranges.length - 1] = { from: last.from, to: range.to };
  }
  return ranges;
};

/** A period on the clock of a contract's rows: its days begin at midnight of the source's zone where rows are instants. */
export const onClock = ({ from, to }: Period, { period, columns }: Contract, zone: string | null): Period => {
  const isTimestamp = columns.some(({ name, type }) => name === period && type === 'timestamp');
  if (zone === null || !isTimestamp) return { from, to };
  const instant = (day: string): string => utcOf(day, zone).slice(0, 19).replace('T', ' ');
  return { from: instant(from), to: instant(to) };
};
