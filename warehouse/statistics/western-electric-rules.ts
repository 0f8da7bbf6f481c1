import type { ControlPoint } from './control-chart.ts';
import type { RuleSet } from './rule-set.ts';

/** The four zone rules of the Western Electric Company. */
export const westernElectricRules: RuleSet = {
  id: 'western-electric',
  name: 'Western Electric rules',
  version: 'Statistical Quality Control Handbook, 1956',
  chart: 'any chart with σ',
};

/**
 * 1: one point beyond 3 σ · 2: two of three beyond 2 σ on one side · 3: four of five beyond 1 σ on one side · 4: eight
 * in a row on one side.
 */
export type WesternElectricRule = 1 | 2 | 3 | 4;

const patterns = [
  { rule: 1, sigmas: 3, needed: 1, of: 1 },
  { rule: 2, sigmas: 2, needed: 2, of: 3 },
  { rule: 3, sigmas: 1, needed: 4, of: 5 },
  { rule: 4, sigmas: 0, needed: 8, of: 8 },
] as const;

/**
 * For each point the rules whose pattern it completes, in ascending order: it lies beyond the line itself, and with those
 * just before it there are enough. A point on a line is not beyond it; one that is not known lies nowhere. Limits that
 * were cut at 0 or 1 do not matter here: it counts in σ from the centre.
 */
export const westernElectric = (points: readonly ControlPoint[]): WesternElectricRule[][] => {
  const heights = points.map(({ value, centre, sigma }) => {
    if (value === null || centre === null || sigma === null || sigma < 0) return 0;
    // With no spread any point off the centre is beyond every line.
    return sigma === 0 ? Math.sign(value - centre) * Infinity || 0 : (value - centre) / sigma;
  });
  return heights.map((height, i) =>
    patterns
      .filter(({ sigmas, needed, of }) => {
        if (!(Math.abs(height) > sigmas)) return false;
        const last = heights.slice(Math.max(0, i + 1 - of), i + 1);
        return last.filter((one) => Math.sign(height) * one > sigmas).length >= needed;
      })
      .map(({ rule }) => rule),
  );
};
