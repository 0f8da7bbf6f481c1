import type { LineageEdge } from '../model/lineage.ts';

/** The shape of sql/check/*.yaml and sql/edit/*.yaml once read. Nothing here knows a hospital: relations and columns are names. */

/**
 * `fatal`: failing keeps the release back. `convention`: it puts numbers in doubt and marks them. `characterisation`: it
 * describes the data; nothing is wrong with a number for it.
 */
export type CheckSeverity = 'fatal' | 'convention' | 'characterisation';

/** One question put to the rows of a scan. */
export interface Check {
  /** snake_case; stable. */
  readonly id: string;
  /** `edit`: written in a file of its own, for those who mend records one by one. */
  readonly kind: 'check' | 'edit';
  /** Its number in the suite of data-quality checks; null for one of our own. */
  readonly number: number | null;
  /** What holds where nothing is wrong, as a sentence. */
  readonly says: string;
  /** SQL condition: rows it applies to, the denominator. Not known counts as no. */
  readonly applies: string;
  /** SQL condition: among those, the rows that break it. Not known counts as no. */
  readonly violated: string;
  /** Share of violations allowed, in % of the rows it applies to: at it is under it. */
  readonly threshold: number;
  readonly severity: CheckSeverity;
  /** Kahn's category, such as `plausibility.temporal`. */
  readonly kahn: string;
  /** Kahn's context: against the data's own rules, or against something outside. */
  readonly context: 'verification' | 'validation';
  /** One of AHIMA's ten characteristics of data quality. */
  readonly quality: string;
  /** Where the check comes from. */
  readonly origin: string;
  readonly note: string | null;
  /** Columns of its relation it throws doubt on, instead of those its condition reads; null: those. */
  readonly columns: readonly string[] | null;
  /** Rules that hold the same of rows before they land: contract and rule, `encounter age-0-to-90`. Rows let past them break it by decision. */
  readonly gate: readonly string[];
  /** Items a person looks at to mend what fails an edit, by id; a check names none. */
  readonly items: readonly string[];
  /** Why this workspace does not ask it; null: it does. */
  readonly off: string | null;
  /** Where it is written, for messages: `sql/check/encounter.yaml:12`. */
  readonly where: string;
}

/** Checks on the rows of one relation, counted in one pass. */
export interface CheckScan {
  /** The relation the rows are of, with its schema; for people, and what is read where `from` is null. */
  readonly relation: string;
  /** A select that yields the rows, with whatever else the conditions need; null: the relation as it stands. */
  readonly from: string | null;
  /** Columns that name a row: surrogates. */
  readonly key: readonly string[];
  /** SQL expression of the facility a row belongs to; null: none. */
  readonly facility: string | null;
  /** SQL expression of a date in the row's month; null: none. */
  readonly month: string | null;
  /** Its own checks, then the edits it takes. */
  readonly checks: readonly Check[];
  /** Where it is written: `sql/check/encounter.yaml:5`. */
  readonly where: string;
  /** Places of its keys, for messages. */
  readonly at: (key: string, check?: string) => string;
}

/** A scan whose every condition was bound against the empty relations. */
export interface CompiledScan extends Omit<CheckScan, 'checks'> {
  readonly checks: readonly CompiledCheck[];
  /** Relations it reads, near. */
  readonly relations: readonly string[];
  /** The columns of those that decide its counts. */
  readonly lineage: readonly LineageEdge[];
  /** Whether a row's month, facility and answers depend on rows of one unit (an encounter): counts of units then add up. */
  readonly isByUnit: boolean;
  /** Whether they depend on the row of its relation alone: then so do the counts of a month on the rows of that month. */
  readonly isByRow: boolean;
}

export interface CompiledCheck extends Check {
  /** Columns it throws doubt on, as `core.encounter.discharge_at`. */
  readonly concerns: readonly string[];
  /** Hash of all that decides its counts but the rows. */
  readonly definition: string;
}

/** What may be set anew for a workspace, in `checks:` of himsight.yaml. */
export interface CheckOverride {
  /** In %. */
  readonly threshold?: number;
  readonly severity?: CheckSeverity;
  readonly off?: string;
}

export type CheckOverrides = Readonly<Record<string, CheckOverride | undefined>>;

/** What decides the status of counts already taken: it can change without a run. */
export type CheckSetting = Pick<Check, 'threshold' | 'severity' | 'off'>;

/** Check id → its setting now. */
export type CheckSettings = ReadonlyMap<string, CheckSetting>;
