import type { BatchReason } from './batch-report.ts';
import type { Place, Placing } from './place.ts';
import { rejectRules } from '../read/reject.ts';
import type { Verdict } from './verdict.ts';

/** Why rows were refused, by rule and contract, most frequent first; one row may be counted under several rules. */
export const reasonsOf = (
  verdicts: readonly Verdict[],
  { torn, firsts }: Pick<Placing, 'torn' | 'firsts'>,
): readonly BatchReason[] => {
  const only = verdicts.length === 1 ? verdicts[0]!.contract.id : null;
  const reasons: readonly BatchReason[] = [
    ...[...torn].map(([rule, { count, first }]) => ({
      rule,
      contract: only,
      count,
      says: rejectRules[rule],
      ...placeOf(first),
    })),
    ...verdicts.flatMap(({ contract, broken }) =>
      [...broken].map(([rule, { count, overridden, first, says }]) => ({
        rule,
        contract: contract.id,
        count,
        ...(overridden === 0 ? {} : { overridden }),
        says,
        ...placeOf(firsts.get(first)),
      })),
    ),
  ];
  return reasons.toSorted((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
};

const placeOf = (one: Place | undefined): Pick<BatchReason, 'file' | 'line'> =>
  one ? { file: one.file.name, line: one.line } : { file: null, line: null };
