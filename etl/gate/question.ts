import { identifier } from '../../warehouse/quote.ts';
import type { ContractColumn } from '../contract/contract.ts';
import type { PrivacyMode } from '../workspace/config.ts';

/** What a broken question is called and means. */
export interface Rule {
  /** `required:admit_ts`, or the id of a contract's own check. */
  readonly rule: string;
  /** What is wrong with such a row, as the middle of a sentence; never a value. */
  readonly says: string;
  /** quarantine: such a row does not land. warn: it lands and is counted. */
  readonly severity: 'quarantine' | 'warn';
  /** Category of Kahn et al. 2016 (doi:10.13063/2327-9214.1244). */
  readonly kahn: string;
  /** Characteristic of AHIMA's data quality model. */
  readonly quality: string;
}

/** A question put to every row of an extract. Both halves are SQL conditions on the row; null counts as false. */
export interface Question extends Rule {
  /** Rows the question applies to: the denominator. Put to the typed values. */
  readonly examined: string;
  /** Among those, the rows that break it: the numerator. A column's typed value bears its name, its text is `asSent`. */
  readonly violated: string;
  /** Rule that every row which breaks this one breaks too: where that is asked, good rows are known without this. */
  readonly within?: string;
}

/** What about a source decides which questions are asked. */
export interface Circumstances {
  readonly privacy: PrivacyMode;
  /** Whether its timestamps are UTC instants, else the facility's wall clock. */
  readonly isInstant: boolean;
  /** Columns its mapping never fills: that they are empty is known and no fault of a row. */
  readonly neverFilled: readonly string[];
}

/** SQL of a column's text as the mapping gave it, before any cast. */
export const asSent = ({ name, type }: ContractColumn): string =>
  identifier(type === 'text' ? name : `${name} as sent`);
