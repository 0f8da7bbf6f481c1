import type { RuleKind } from '../rule/rule.ts';

/** One rule that is broken at one place of a file. It holds no value of the file. */
export interface Finding {
  /** Code of the rule, as of `rules`. */
  readonly rule: string;
  readonly kind: RuleKind;
  /** Physical line, from 1. */
  readonly line: number;
  /** Number of the Patient element in the file, from 1; null outside of patients. */
  readonly patient: number | null;
  /** Number of the Tumor element in its Patient, from 1; null outside of tumors. */
  readonly tumor: number | null;
  /** Id of the item; null where none is meant or it looks like no id. */
  readonly item: string | null;
  /** What is wrong and what would be right, as a sentence. */
  readonly says: string;
}

/** What a file came to. */
export interface FileSummary {
  /** `specificationVersion` as written; null where there is none or nothing was read. */
  readonly specification: string | null;
  /** URI of the base dictionary; null as above. */
  readonly dictionary: string | null;
  readonly userDictionaries: readonly string[];
  readonly recordType: string | null;
  readonly patients: number;
  readonly tumors: number;
  /** Items with a value. */
  readonly items: number;
  /** Findings: of the standard and of our own checks together. */
  readonly errors: number;
  /** Of these, those of our own checks. */
  readonly checkErrors: number;
  /** Findings by code of the rule. */
  readonly byRule: Readonly<Record<string, number>>;
  /** What was not looked at, as sentences; empty where everything was. */
  readonly notChecked: readonly string[];
}
