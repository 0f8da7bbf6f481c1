import { formatBytes, formatCount } from './format.ts';
import { recordsOf, type Batch, type ContractCounts, type RowWay } from './run.ts';

/** One bar of the reconciliation waterfall: it reaches from `from` to `to` on the axis of rows. */
export interface Stage {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** `size`: bytes, not rows; `stand`: rows of a table of the release, whatever arrived. Neither is to the scale of the rest. */
  readonly kind: 'total' | 'loss' | 'part' | 'size' | 'stand';
  /** What is written instead of the count. */
  readonly text?: string;
}

const lossNames = { quarantined: 'put aside', duplicates: 'duplicates', superseded: 'superseded' } as const;
const partNames = ['inserted', 'updated', 'unchanged'] as const;

/** What comes before a contract's own rows, where its records and its rows are counted alike: one row a record. */
const readStages = (batch: Batch, counts: ContractCounts): readonly Stage[] => {
  const records = recordsOf(batch);
  if (batch.contracts.length !== 1 || records - batch.rejected !== counts.mapped) return [];
  const read: Stage = { label: 'records', from: 0, to: records, kind: 'total' };
  const lost: Stage = { label: 'not readable', from: counts.mapped, to: records, kind: 'loss' };
  return batch.rejected > 0 ? [read, lost] : [read];
};

/**
 * One contract of a batch, from what was read and mapped to what stands in the warehouse. Losses of nothing are left
 * out; the parts of what was accepted stack up to it.
 */
export const stagesOf = (batch: Batch, counts: ContractCounts): readonly Stage[] => {
  const stages: Stage[] = [
    ...readStages(batch, counts),
    { label: 'mapped', from: 0, to: counts.mapped, kind: 'total' },
  ];
  let left = counts.mapped;
  for (const [name, label] of Object.entries(lossNames) as [keyof typeof lossNames, string][]) {
    if (counts[name] > 0) stages.push({ label, from: left - counts[name], to: left, kind: 'loss' });
    left -= counts[name];
  }
  stages.push({ label: 'accepted', from: 0, to: counts.accepted, kind: 'total' });
  let stood = 0;
  for (const name of partNames) {
    if (counts[name] > 0) stages.push({ label: name, from: stood, to: stood + counts[name], kind: 'part' });
    stood += counts[name];
  }
  return stages;
};

/** Whether both identities hold for this contract. */
export const reconciles = (counts: ContractCounts): boolean =>
  counts.mapped === counts.accepted + counts.quarantined + counts.duplicates + counts.superseded &&
  counts.accepted === counts.inserted + counts.updated + counts.unchanged;

/** One way added up from several; the tables are counted once each. */
export const mergeWays = (ways: readonly RowWay[]): RowWay | null => {
  const [first, ...others] = ways;
  if (first === undefined || others.length === 0) return first ?? null;
  const sum = (of: (way: RowWay) => number) => ways.reduce((all, way) => all + of(way), 0);
  // A source that feeds several contracts has its files under each of them: they are counted once.
  const files = [...new Map(ways.map((way) => [way.source, way])).values()];
  const filesSum = (key: 'bytes' | 'lines' | 'records' | 'rejected') => files.reduce((all, way) => all + way[key], 0);
  const tables = (layer: 'core' | 'mart') => [
    ...new Map(ways.flatMap((way) => way[layer]).map((table) => [table.name, table])).values(),
  ];
  return {
    ...{ source: '', contract: '' },
    ...{ bytes: filesSum('bytes'), lines: filesSum('lines'), records: filesSum('records') },
    rejected: filesSum('rejected'),
    mapped: sum((way) => way.mapped),
    quarantined: sum((way) => way.quarantined),
    duplicates: sum((way) => way.duplicates),
    superseded: sum((way) => way.superseded),
    accepted: sum((way) => way.accepted),
    ...{ core: tables('core'), mart: tables('mart') },
  };
};

const losses = [
  ['quarantined', 'put aside'],
  ['duplicates', 'duplicates'],
  ['superseded', 'superseded'],
] as const;

/**
 * From bytes to marts. What was lost hangs from what was left; mapped rows may be more or fewer than records, since a
 * mapping may make several rows of one.
 */
export const wayStages = (way: RowWay): readonly Stage[] => {
  const stages: Stage[] = [{ label: 'bytes', from: 0, to: 0, kind: 'size', text: formatBytes(way.bytes) }];
  if (way.lines > 0) stages.push({ label: 'lines', from: 0, to: way.lines, kind: 'total' });
  stages.push({ label: 'records', from: 0, to: way.records, kind: 'total' });
  if (way.rejected > 0)
    stages.push({ label: 'not readable', from: way.records - way.rejected, to: way.records, kind: 'loss' });
  stages.push({ label: 'mapped', from: 0, to: way.mapped, kind: 'total' });
  let left = way.mapped;
  for (const [key, label] of losses) {
    if (way[key] > 0) stages.push({ label, from: left - way[key], to: left, kind: 'loss' });
    left -= way[key];
  }
  stages.push({ label: 'accepted', from: 0, to: way.accepted, kind: 'part' });
  return [...stages, ...standing('core', way.core), ...standing('mart', way.mart)];
};

/** The rows of the tables of a layer together: named where it is one. */
const standing = (layer: string, tables: RowWay['core']): readonly Stage[] => {
  if (tables.length === 0) return [];
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const label =
    tables.length === 1 ? tables[0]!.name.replace(/^.*\./, `${layer} `) : `${tables.length} ${layer} tables`;
  return [{ label: `in ${label}`, from: 0, to: rows, kind: 'stand', text: formatCount(rows) }];
};
