/** One ETL run as the ledger tells it, newest first in `GET /api/runs`. */
export interface Run {
  readonly id: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: 'running' | 'done' | 'no-op' | 'held' | 'failed' | 'aborted';
  readonly exitCode: number | null;
  readonly release: string | null;
  readonly message: string;
  readonly steps: readonly {
    readonly step: number;
    readonly name: string;
    readonly at: string;
    readonly seconds: number | null;
  }[];
  readonly batches: readonly Batch[];
  readonly models: readonly {
    readonly name: string;
    readonly action: string;
    readonly rows: number | null;
    readonly seconds: number | null;
  }[];
}

export interface Batch {
  readonly source: string;
  readonly batch: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly lines: number;
    readonly records: number;
  }[];
  /** `landed`, `unchanged`, `held` or `refused`. */
  readonly status: string;
  readonly message: string;
  readonly contracts: readonly ContractCounts[];
  /** Records that could not be read at all. */
  readonly rejected: number;
  readonly reasons: readonly { readonly rule: string; readonly count: number; readonly says: string }[];
}

/** mapped = accepted + quarantined + duplicates + superseded; accepted = inserted + updated + unchanged. */
export interface ContractCounts {
  readonly contract: string;
  readonly mapped: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly duplicates: number;
  readonly superseded: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** 0–1; null when nothing was mapped. */
  readonly acceptedShare: number | null;
}

/** One bar of the reconciliation waterfall: it reaches from `from` to `to` on the axis of rows. */
export interface Stage {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'total' | 'loss' | 'part';
}

/** The records of a batch's files together. */
export const recordsOf = (batch: Batch): number => batch.files.reduce((sum, file) => sum + file.records, 0);

/** Rows put aside in these batches, rejected or quarantined. */
export const lostOf = (batches: readonly Batch[]): number =>
  batches.reduce((sum, batch) => sum + batch.rejected + total(batch.contracts.map((one) => one.quarantined)), 0);

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

const addCounts = (some: readonly ContractCounts[]): ContractCounts => {
  const sum = (key: Exclude<keyof ContractCounts, 'contract' | 'acceptedShare'>) => total(some.map((one) => one[key]));
  const [mapped, accepted] = [sum('mapped'), sum('accepted')];
  return {
    contract: some[0]?.contract ?? '',
    mapped,
    accepted,
    quarantined: sum('quarantined'),
    duplicates: sum('duplicates'),
    superseded: sum('superseded'),
    inserted: sum('inserted'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    acceptedShare: mapped === 0 ? null : accepted / mapped,
  };
};

/** The batches of one source as one: everything that adds up, added up; `held` when any of them is. */
export const mergeBatches = (batches: readonly Batch[]): Batch => {
  const statuses = [...new Set(batches.map((batch) => batch.status))];
  const bad = statuses.find((status) => status === 'held' || status === 'refused');
  const byContract = Map.groupBy(
    batches.flatMap((batch) => batch.contracts),
    (one) => one.contract,
  );
  const byRule = Map.groupBy(
    batches.flatMap((batch) => batch.reasons),
    (one) => one.rule,
  );
  return {
    source: batches[0]?.source ?? '',
    batch: batches[0]?.batch ?? '',
    files: batches.flatMap((batch) => batch.files),
    status: bad ?? (statuses.length === 1 ? (statuses[0] ?? '') : 'landed'),
    message: batches
      .filter((batch) => batch.status === bad)
      .map((batch) => batch.message)
      .join(' '),
    contracts: [...byContract.values()].map(addCounts),
    rejected: total(batches.map((batch) => batch.rejected)),
    reasons: [...byRule.values()].map((some) => ({
      rule: some[0]?.rule ?? '',
      says: some[0]?.says ?? '',
      count: total(some.map((one) => one.count)),
    })),
  };
};

const lossNames = ['quarantined', 'duplicates', 'superseded'] as const;
const partNames = ['inserted', 'updated', 'unchanged'] as const;

/** What comes before a contract's own rows, where its records and its rows are counted alike: one row a record. */
const readStages = (batch: Batch, counts: ContractCounts): readonly Stage[] => {
  const records = recordsOf(batch);
  if (batch.contracts.length !== 1 || records - batch.rejected !== counts.mapped) return [];
  const read: Stage = { label: 'records', from: 0, to: records, kind: 'total' };
  const lost: Stage = { label: 'rejected', from: counts.mapped, to: records, kind: 'loss' };
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
  for (const name of lossNames) {
    if (counts[name] > 0) stages.push({ label: name, from: left - counts[name], to: left, kind: 'loss' });
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

/** Wall seconds from the start of a run to its end; null while it runs. */
export const runSeconds = (run: Run): number | null =>
  run.endedAt === null ? null : (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;

/** How a run ended, in a person's words. */
export const outcomeWords: Readonly<Record<Run['outcome'], string>> = {
  running: 'running',
  done: 'published',
  'no-op': 'nothing new',
  held: 'batch held',
  failed: 'failed',
  aborted: 'aborted',
};
