import { recordsOf, type Batch, type ContractCounts } from './run.ts';

/** One bar of the reconciliation waterfall: it reaches from `from` to `to` on the axis of rows. */
export interface Stage {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'total' | 'loss' | 'part';
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
