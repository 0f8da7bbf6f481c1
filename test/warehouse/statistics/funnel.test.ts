import { expect, test } from 'vitest';
import { funnel, funnelLimits, isFunnelOutlier } from '../../../warehouse/statistics/funnel.ts';
import { overDispersion } from '../../../warehouse/statistics/over-dispersion.ts';
import { expectNear, hasSpc, spcRows } from './expected.ts';

test.skipIf(!hasSpc).each([
  ['funnel_ae_trusts_pr_rows.csv', 'adjusted'],
  ['funnel_ae_trusts_pr_unadjusted_rows.csv', 'plain'],
] as const)('%s is what FunnelPlotR has, to 1e-9', (file, kind) => {
  const input = new Map(spcRows('input', 'funnel_ae_trusts_1819.csv').map((row) => [row.org_code, row]));
  const rows = spcRows('expected', file);
  expect(rows.length).toBe(137);
  const units = rows.map((row) => {
    const unit = input.get(row.group);
    return { count: Number(unit?.breaches), n: Number(unit?.attendances) };
  });
  const { target, points } = funnel(units);
  for (const [i, row] of rows.entries()) {
    const point = points[i]!;
    const [limits, plain] = [point[kind]!, point.plain!];
    const pairs = {
      rr: point.value,
      target_transformed: Math.asin(Math.sqrt(target!)),
      s: 1 / (2 * Math.sqrt(point.n)),
      Uzscore: point.z,
      OD95LCL: limits.lower95,
      OD95UCL: limits.upper95,
      OD99LCL: limits.lower998,
      OD99UCL: limits.upper998,
      LCL95: plain.lower95,
      UCL95: plain.upper95,
      LCL99: plain.lower998,
      UCL99: plain.upper998,
    };
    for (const [name, value] of Object.entries(pairs)) expectNear(value, Number(row[name]), `${name} of row ${i}`);
    expect(isFunnelOutlier(point, limits)).toBe(row.outlier === '1');
  }
});

test('the target is what all have together, not a mean of shares', () => {
  expect(
    funnel([
      { count: 1, n: 1 },
      { count: 0, n: 9 },
    ]).target,
  ).toBe((1 + 0) / (1 + 9));
});

test('units that differ by chance alone get plain limits', () => {
  const { tau2, phi, points } = funnel([
    { count: 48, n: 100 },
    { count: 52, n: 100 },
    { count: 50, n: 100 },
  ]);
  expect(phi).toBeLessThan(1);
  expect(tau2).toBe(0);
  expect(points[0]?.adjusted).toEqual(points[0]?.plain);
});

test('over-dispersion by hand: four units of the same error, nothing to draw in', () => {
  // n φ = Σ z² = 36; w = 4; Σw − Σw²/Σw = 16 − 4 = 12.
  const units = [3, -3, 3, -3].map((z) => ({ z, error: 0.5 }));
  expect(overDispersion(units)).toEqual({ phi: 36 / 4, tau2: (36 - 3) / 12 });
  // Both sides of the threshold n φ = n − 1.
  const [just, short] = [1.001, 0.999].map((times) =>
    overDispersion([1, -1, 1, -1].map((sign) => ({ z: sign * times * Math.sqrt(3 / 4), error: 0.5 }))),
  );
  expect(just?.tau2).toBeGreaterThan(0);
  expect(short?.tau2).toBe(0);
});

test('an outlying unit is drawn in to the 90th percentile', () => {
  const quiet = Array.from({ length: 10 }, () => ({ z: 0, error: 1 }));
  // Type 7: eleven values, (11 − 1) · 0.9 = 9, the tenth of them, which is 0.
  expect(overDispersion([...quiet, { z: 50, error: 1 }])).toEqual({ phi: 0, tau2: 0 });
  expect(overDispersion([...quiet, { z: 50, error: 1 }], 0).phi).toBe(2500 / 11);
});

test('a limit never turns back at 0 and 1', () => {
  for (const n of [0.5, 1, 2, 5, 20]) {
    const { lower95, lower998, upper998 } = funnelLimits(0.98, n);
    expect(lower998).toBeLessThanOrEqual(lower95);
    expect(upper998).toBe(1);
  }
  expect(funnelLimits(0.02, 4).lower998).toBe(0);
  expect(funnelLimits(0.02, 100_000).lower998).toBeGreaterThan(0);
});

test('a unit of which nothing is known has no place', () => {
  const { points, target } = funnel([
    { count: 0, n: 0 },
    { count: 5, n: 10 },
  ]);
  expect(points[0]).toEqual({ value: null, n: 0, z: null, plain: null, adjusted: null });
  expect(isFunnelOutlier(points[0]!, null)).toBe(false);
  expect(target).toBe(0.5);
  expect(funnel([]).target).toBeNull();
  expect(funnel([{ count: 0, n: 0 }]).phi).toBeNull();
  expect(() => funnel([{ count: 11, n: 10 }])).toThrow(RangeError);
  expect(() => funnel([{ count: NaN, n: 10 }])).toThrow(RangeError);
});
