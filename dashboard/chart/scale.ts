import { formatValue, type Unit } from '../data/format.ts';

/** The ends of an axis and its ticks, at round numbers. */
export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** 1, 2, 2.5 or 5 times a power of ten, the smallest that needs at most `count` steps. */
const roundStep = (span: number, count: number): number => {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
};

/**
 * An axis that holds every value. It starts at zero unless the values are shares that all lie in the upper half, where
 * a zero would press the line flat; the ticks then show that it does not.
 */
export const axisFor = (values: readonly (number | null | undefined)[], unit: Unit, count = 5): Axis => {
  const known = values.filter((value): value is number => Number.isFinite(value));
  const low = known.length === 0 ? 0 : Math.min(...known);
  const high = known.length === 0 ? 1 : Math.max(...known);
  const start = unit === 'share' && low > 0.5 ? low : Math.min(0, low);
  const step = roundStep(high - start || Math.abs(high) || 1, count);
  const whole = unit === 'count' ? Math.max(1, step) : step;
  // Binary fractions would make 0.9400000000000001 of 94 %.
  const tidy = (value: number) => Number(value.toPrecision(12));
  const bottom = tidy(Math.floor(start / whole + 1e-9) * whole);
  const above = tidy(Math.ceil(high / whole - 1e-9) * whole);
  const top = unit === 'share' && high <= 1 ? Math.min(1, above) : above;
  const end = top > bottom ? top : tidy(bottom + whole);
  const ticks = Array.from({ length: Math.round((end - bottom) / whole) + 1 }, (_, i) => tidy(bottom + i * whole));
  return { domain: [bottom, end], ticks: ticks.filter((tick) => tick <= end + 1e-9) };
};

/** A tick with only the decimals that the ticks of its axis need, three at most. */
export const tickText = (tick: number, unit: Unit, axis: Axis): string => {
  const shown = axis.ticks.map((one) => (unit === 'share' ? one * 100 : one));
  const isExact = (digits: number) => shown.every((one) => Math.abs(one - Number(one.toFixed(digits))) < 1e-9);
  return formatValue(tick, unit, [0, 1, 2].find(isExact) ?? 3);
};
