import type { Target } from '../metric/metric.ts';
import { sideOf, type Side } from '../statistics/evidence.ts';
import type { Interval } from '../statistics/interval.ts';
import { addMonths, dayAfter } from '../additive/calendar.ts';

/**
 * Policy status: the point value over the policy's window against the target, without regard to chance. `not judged`: there
 * is no target, or none with a direction.
 */
export type Policy = 'met' | 'not met' | 'no value' | 'not judged';

/** Days a policy looks back over: from inclusive, to exclusive, ISO. */
export interface PolicyWindow {
  readonly from: string;
  readonly to: string;
}

/** What a policy looks back over where it does not say. */
export const defaultWindow = '4 quarters';

const months = { month: 1, quarter: 3, year: 12 } as const;

/**
 * The full periods that end with the last complete one: `4 quarters` through 30 June 2026 is July 2025 to June 2026, and
 * still is through 29 September.
 *
 * @param through last complete day; null where it is not known, and so is the window
 */
export const policyWindow = (through: string | null, window: string | null): PolicyWindow | null => {
  if (through === null) return null;
  const [count, unit] = (window ?? defaultWindow).split(' ');
  const length = months[(unit ?? '').replace(/s$/, '') as keyof typeof months];
  const next = dayAfter(through);
  const month = Number(next.slice(5, 7)) - 1;
  const to = addMonths(`${next.slice(0, 7)}-01`, -(month % length));
  return { from: addMonths(to, -length * Number(count)), to };
};

/** Whether the value reaches the target: equal is met. */
export const policyOf = (value: number | null, target: Pick<Target, 'value' | 'direction'> | null): Policy => {
  if (!target?.direction) return 'not judged';
  if (value === null) return 'no value';
  return (target.direction === 'at_least' ? value >= target.value : value <= target.value) ? 'met' : 'not met';
};

/**
 * Evidence: on which side of the target the whole interval lies; one that touches it is undecided, and no interval says
 * nothing (null). It is no judgement: above is good where the direction is `at_least`.
 */
export const evidenceOf = (interval: Interval | null, target: Pick<Target, 'value'> | null): Side | null =>
  target === null ? null : sideOf(interval, target.value);
