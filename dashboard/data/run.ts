/** One entry of the ledger, newest first in `GET /api/runs?brief=yes`. */
export interface RunHead {
  readonly id: string;
  /** `run`, or `rollback`: somebody went back to an older release. */
  readonly job: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: 'running' | 'done' | 'no-op' | 'held' | 'failed' | 'aborted';
  readonly exitCode: number | null;
  readonly release: string | null;
  readonly message: string;
}

/** One run in full, as `GET /api/runs/:id` tells it. */
export interface Run extends RunHead {
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
  readonly ways: readonly RowWay[];
  /** The release published before this run's; null where it published none. */
  readonly before: string | null;
  /** Tables with another number of rows than in that one; null with it. */
  readonly changes: readonly TableChange[] | null;
}

/** The way of one contract's rows of one source, from bytes to marts. */
export interface RowWay {
  readonly source: string;
  readonly contract: string;
  readonly bytes: number;
  /** Physical lines; 0 of binary files. */
  readonly lines: number;
  readonly records: number;
  readonly rejected: number;
  readonly mapped: number;
  readonly quarantined: number;
  readonly duplicates: number;
  readonly superseded: number;
  readonly accepted: number;
  /** Tables that hold or read these rows, with all their rows in the release. */
  readonly core: readonly { readonly name: string; readonly rows: number }[];
  readonly mart: readonly { readonly name: string; readonly rows: number }[];
}

/** Rows of a table in two releases; null where there is no such table. */
export interface TableChange {
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface Batch {
  readonly source: string;
  readonly batch: string;
  /** Wall seconds it took; null where that was not written down. */
  readonly seconds: number | null;
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

/** The records of a batch's files together. */
export const recordsOf = (batch: Batch): number => batch.files.reduce((sum, file) => sum + file.records, 0);

/** Rows put aside in these batches, rejected or quarantined. */
export const lostOf = (batches: readonly Batch[]): number =>
  batches.reduce((sum, batch) => sum + batch.rejected + total(batch.contracts.map((one) => one.quarantined)), 0);

/** The physical lines of a batch's files together. */
export const linesOf = (batch: Batch): number => total(batch.files.map((file) => file.lines));

/** The size of a batch's files together, in bytes. */
export const bytesOf = (batch: Batch): number => total(batch.files.map((file) => file.bytes));

/** Whether nothing of the batch landed: the reader has to do something about it. */
export const isHeld = (batch: Batch): boolean => batch.status === 'held' || batch.status === 'refused';

/** Share of the mapped rows that were accepted, 0–1; null when nothing was mapped. */
export const acceptedShare = ({ contracts }: Batch): number | null => {
  const mapped = total(contracts.map((one) => one.mapped));
  return mapped === 0 ? null : total(contracts.map((one) => one.accepted)) / mapped;
};

/** What a person calls a batch: its files, without the folder they came from. */
export const nameOfBatch = ({ files, batch }: Batch): string =>
  files.length === 0 ? batch : files.map((file) => file.name.split('/').at(-1) ?? file.name).join(', ');

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
  const bad = batches.find(isHeld)?.status;
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
    seconds: batches.some((batch) => batch.seconds === null) ? null : total(batches.map((batch) => batch.seconds ?? 0)),
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

/** Wall seconds from the start of a run to its end; null while it runs. */
export const runSeconds = (run: RunHead): number | null =>
  run.endedAt === null ? null : (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;

/** How a run ended, in a person's words. */
export const outcomeWords: Readonly<Record<RunHead['outcome'], string>> = {
  running: 'running',
  done: 'published',
  'no-op': 'nothing new',
  held: 'batch held',
  failed: 'failed',
  aborted: 'aborted',
};

/** What an entry of the ledger came to: a run by its outcome, going back by that it was done. */
export const endWords = ({ job, outcome }: RunHead): string =>
  job === 'rollback' && outcome === 'done' ? 'went back' : outcomeWords[outcome];

/** Whether somebody has to look at it. */
export const isTroubled = ({ outcome }: RunHead): boolean => ['held', 'failed', 'aborted'].includes(outcome);
