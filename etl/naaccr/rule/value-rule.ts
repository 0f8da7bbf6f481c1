import type { NaaccrItem } from '../dictionary/dictionary.ts';
import type { Rule, Specification } from './rule.ts';

/** A rule that the value of an item is held to. */
export interface ValueRule extends Rule {
  /** Whether values of an item may break it at all; asked once an item. */
  readonly concerns: (item: NaaccrItem, specification: Specification) => boolean;
  /** What is wrong with a value that is not empty, and what would be right, without the value; null where it keeps the rule. */
  readonly broken: (value: string, item: NaaccrItem) => string | null;
}
