import type { BatchReason } from './batch-report.ts';
import type { PlacedRecord } from './place.ts';
import { rejectRules } from '../read/reject.ts';
import type { Verdict } from './verdict.ts';

/** Why rows were refused, by rule and contract, most frequent first; one row may be counted under several rules. */
export const reasonsOf = (verdicts: readonly Verdict[], placed: readonly PlacedRecord[]): readonly BatchReason[] => {
  const byRecord = new Map(placed.flatMap((one) => (one.read === null ? [] : [[one.read, one] as const])));
  const only = verdicts.length === 1 ? verdicts[0]!.contract.id : null;
  const torn = Map.groupBy(
    placed.flatMap((one) => one.rules.map((rule) => ({ rule, one }))),
    ({ rule }) => rule,
  );
  const reasons: readonly BatchReason[] = [
    ...[...torn].map(([rule, all]) => ({
      rule,
      contract: only,
      count: all.length,
      says: rejectRules[rule],
      ...placeOf(all[0]?.one),
    })),
    ...verdicts.flatMap(({ contract, broken }) =>
      [...broken].map(([rule, { count, first, says }]) => ({
        rule,
        contract: contract.id,
        count,
        says,
        ...placeOf(byRecord.get(first)),
      })),
    ),
  ];
  return reasons.toSorted((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
};

const placeOf = (one: PlacedRecord | undefined): Pick<BatchReason, 'file' | 'line'> =>
  one ? { file: one.file.name, line: one.line } : { file: null, line: null };
