import type { Row } from './answer.ts';
import { addDays, addMonths, type IsoDate } from './period.ts';
import type { Bridge } from './url.ts';

/** What moves dollars into and out of discharged-not-final-billed, in the order it is told, and which way each counts. */
const flows = [
  { metric: 'dnfb_discharged', label: 'Discharged', sign: 1 },
  { metric: 'dnfb_billed', label: 'Billed', sign: -1 },
  { metric: 'dnfb_reopened', label: 'Reopened', sign: 1 },
  { metric: 'dnfb_closed', label: 'Closed without a bill', sign: -1 },
  { metric: 'dnfb_moved', label: 'Changed owner', sign: 1 },
  { metric: 'dnfb_charge_change', label: 'Charges posted', sign: 1 },
] as const;

const stock = 'dnfb_closing';

/** The metrics a bridge is made of. */
export const bridgeMetrics: readonly string[] = [stock, ...flows.map(({ metric }) => metric)];

/** One bar: a stock stands on zero, a flow reaches from what stood before it to what stands after. */
export interface BridgeStep {
  readonly label: string;
  readonly kind: 'stock' | 'in' | 'out';
  readonly from: number;
  readonly to: number;
  /** What it adds, negative where it takes away; of a stock, its size. */
  readonly value: number;
  /** The same by owner, in the order of {@link Bridge.owners}. */
  readonly parts: readonly number[];
}

/** Yesterday + discharged − billed ± reopened = today. */
export interface DnfbBridge {
  /** Owners as the data name them; null where nobody is known to. */
  readonly owners: readonly (string | null)[];
  readonly steps: readonly BridgeStep[];
}

/** The latest whole stretch and the one before it, whose end is where the bridge starts: first days, and the day after. */
export const bridgeSpan = (
  through: IsoDate,
  bridge: Bridge,
): { readonly before: IsoDate; readonly start: IsoDate; readonly to: IsoDate } => {
  const to = addDays(through, 1);
  if (bridge === 'day') return { before: addDays(through, -1), start: through, to };
  if (bridge === 'week') {
    // Weeks start on Monday.
    const monday = addDays(to, -((new Date(to).getUTCDay() + 6) % 7));
    return { before: addDays(monday, -14), start: addDays(monday, -7), to: monday };
  }
  const month = addMonths(to, 0);
  return { before: addMonths(month, -2), start: addMonths(month, -1), to: month };
};

/** The bridge of the stretch from `start` out of rows by owner and stretch; null while there is no stock to end on. */
export const bridgeOf = (rows: readonly Row[], before: IsoDate, start: IsoDate): DnfbBridge | null => {
  const ending = rows.filter((row) => row.metric === stock && row.period === start && row.value !== null);
  if (ending.length === 0) return null;
  const owners = [...new Set(rows.map((row) => row.group.owner ?? null))].toSorted((a, b) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : 1,
  );
  const partsOf = (metric: string, period: IsoDate, sign: number) =>
    owners.map((owner) => {
      const found = rows.find(
        (row) => row.metric === metric && row.period === period && (row.group.owner ?? null) === owner,
      );
      // Without a row there was none of it: every owner has a row on every day from its first account on.
      return sign * (found?.value ?? 0);
    });
  const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
  const standing = (label: string, parts: readonly number[]): BridgeStep => {
    const value = sum(parts);
    return { label, kind: 'stock', from: 0, to: value, value, parts };
  };
  const steps: BridgeStep[] = [standing('At the start', partsOf(stock, before, 1))];
  let level = steps[0]?.value ?? 0;
  for (const { metric, label, sign } of flows) {
    const parts = partsOf(metric, start, sign);
    const value = sum(parts);
    if (parts.every((part) => Math.abs(part) < 0.005)) continue;
    steps.push({ label, kind: value < 0 ? 'out' : 'in', from: level, to: level + value, value, parts });
    level += value;
  }
  return { owners, steps: [...steps, standing('At the end', partsOf(stock, start, 1))] };
};
