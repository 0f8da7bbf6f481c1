import type { Rule } from '../gate/question.ts';
import type { CsvDialect } from '../read/dialect.ts';
import type { Period } from './name-period.ts';
import type { ExtractKind } from '../workspace/config.ts';

/** What became of one batch: the files that are landed or held together. Written to the ledger as it stands. */
export interface BatchReport {
  readonly source: string;
  /** Digest of files, mapping and contracts: the same batch again is known by it. Empty where no file could be read. */
  readonly batch: string;
  readonly status: BatchStatus;
  /** One sentence for a person: what happened, where, by which rule, and the mend. */
  readonly message: string;
  /** Of one that is held or refused: it may land on a second try as it is; the schedule makes it. */
  readonly isTransient?: boolean;
  readonly files: readonly BatchFile[];
  /** Files in which values were looked up. */
  readonly lookups?: readonly Pick<BatchFile, 'name' | 'digest' | 'bytes'>[];
  /** Records that the reader could not take apart. */
  readonly rejected: number;
  /** Records refused by reader and gate, and how many of them stand in quarantine: of a held batch the first ones. */
  readonly refused?: { readonly records: number; readonly kept: number };
  readonly contracts: readonly BatchContract[];
  /** Why rows were refused, or only counted (warn); most frequent first. */
  readonly reasons: readonly BatchReason[];
  /** Each question put to the rows. */
  readonly checks: readonly BatchCheck[];
  /** What was passed over and how often: items of a registry file that may not land, FHIR resources of another type. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Of a batch whose refused rows were replayed from the store, its file being gone: what they were judged by, and which. */
  readonly replayed?: { readonly by: string; readonly which: string };
  /** Batches whose place this one takes: an earlier version of the same file. */
  readonly supersedes: readonly string[];
  /** Whether its timestamps are UTC instants, else the facility's wall clock. */
  readonly isInstant: boolean;
  /** The manifest's as-of, else the latest timestamp landed; same clock as the rows, ISO without offset, or null. */
  readonly asOf: string | null;
  /** What is said of the delivery as a whole. Reports of versions that did not tell deliveries apart have none. */
  readonly stated?: Stated;
  /** Where the one file of this batch stands, where that is not its own name alone. */
  readonly places?: readonly Place[];
}

/** A name under which a file was found. */
export interface Place {
  /** Relative to the workspace. */
  readonly name: string;
  /** As-of that a manifest gives there; see `Stated`. */
  readonly asOf: string | null;
}

/** What a manifest, or the name of a file, says of a delivery as a whole. */
export interface Stated {
  /** What the manifest says the delivery means; left out where it does not say. */
  readonly extract?: ExtractKind;
  /** Null where neither names one. */
  readonly period: Period | null;
  /** The manifest's as-of on the clock of the rows, `YYYY-MM-DD HH:MM:SS`; null where it gives none. */
  readonly asOf: string | null;
}

/**
 * landed: its rows are in raw. unchanged: they were already. held: nothing of it lands until it is mended.
 * refused: there was nothing to read.
 */
export type BatchStatus = 'landed' | 'unchanged' | 'held' | 'refused';

/** One file of a batch. */
export interface BatchFile {
  /** Relative to the workspace. */
  readonly name: string;
  /** sha256, hex. */
  readonly digest: string;
  readonly bytes: number;
  /** Physical lines, counted apart from the reader; 0 of binary files. */
  readonly lines: number;
  /** Records without the header, counted apart from the reader. */
  readonly records: number;
  /** Lines of the record of most lines: a quoted value may hold line breaks. */
  readonly longest: number;
  /** Rows the sender's manifest gives, or null. */
  readonly manifestRows: number | null;
  /** Of CSV: how it was read. */
  readonly dialect?: CsvDialect;
  /** Names of its columns, where the mapping declares them; left out of other reports. */
  readonly columns?: readonly string[];
}

/** The rows of a batch that went to one contract. mapped = accepted + quarantined + duplicates + superseded. */
export interface BatchContract {
  readonly contract: string;
  readonly mapped: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Rows that repeat another one of the batch word for word; the first is kept. */
  readonly duplicates: number;
  /** Good rows that do not count, since a later delivery that came before has their key or their period. */
  readonly superseded: number;
  /** accepted = inserted + updated + unchanged, against the rows of this source that were live before. */
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** accepted ÷ mapped; null where nothing was mapped. */
  readonly acceptedShare: number | null;
  /** Parquet of the accepted and superseded rows, relative to the data folder; null where none was written. */
  readonly file: string | null;
  /**
   * First days of the months of the contract's period column that rows of `file` are in, `''` for rows without one.
   * Instants near the ends of a month are in both, since their day is another one at the facility.
   */
  readonly months: readonly string[];
  /** Other batches of the source that may have a row of the same key. */
  readonly overlaps: readonly string[];
  /** Rows inserted or updated by month, keyed as `months`; left out of reports of versions that did not count them. */
  readonly arrived?: Readonly<Record<string, number>>;
  /**
   * Exact sums of the numeric columns over the rows of `file`, as decimal text: control totals, where no sender gives
   * any. Columns with fewer values than a cell that may be shown are left out, as their sum tells of single rows.
   */
  readonly totals?: Readonly<Record<string, string>>;
}

/** How often a row broke a rule, and where first. */
export interface BatchReason {
  readonly rule: string;
  readonly contract: string | null;
  readonly count: number;
  /** Of those, rows that landed all the same, since somebody decided so; left out where none did. */
  readonly overridden?: number;
  readonly says: string;
  /** File and physical line of the first such row; null where the format has no lines. */
  readonly file: string | null;
  readonly line: number | null;
}

/** One question, how many rows it was put to and how many broke it. */
export interface BatchCheck extends Rule {
  readonly contract: string;
  readonly examined: number;
  readonly violated: number;
}
