import { literal } from '../../warehouse/quote.ts';
import { rejectRuleNames } from '../read/reject.ts';

/** SQL of the reader's rules whose bits are set in a number, as VARCHAR[]. */
export const rulesOf = (bits: string): string =>
  `list_filter([${rejectRuleNames.map((rule, i) => `case when ${bits} & ${1 << i} > 0 then ${literal(rule)} end`).join(', ')}], lambda rule: rule is not null)`;
