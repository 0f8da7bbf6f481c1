import { expect, test } from 'vitest';
import { anhoej, anhoejLimits } from '../../../warehouse/statistics/anhoej-rules.ts';
import { isOutside, type ControlPoint } from '../../../warehouse/statistics/control-chart.ts';
import { mrChart } from '../../../warehouse/statistics/mr-chart.ts';
import { pChart, pPrimeChart } from '../../../warehouse/statistics/p-chart.ts';
import { runChart } from '../../../warehouse/statistics/run-chart.ts';
import { uChart, uPrimeChart } from '../../../warehouse/statistics/u-chart.ts';
import { xmrChart } from '../../../warehouse/statistics/xmr-chart.ts';
import { expectNear, hasSpc, numberOf, spcRows } from './expected.ts';

const input = hasSpc ? spcRows('input', 'nhsr_ae_england.csv') : [];
const column = (name: string): number[] => input.map((row) => Number(row[name]));
const breaches = column('breaches').map((count, i) => ({ count, n: column('attendances')[i]! }));

const charts: readonly (readonly [file: string, points: ControlPoint[]])[] = [
  ['cc0_i_attendances_noscr', xmrChart(column('attendances'))],
  ['cc0_i_attendances_scr', xmrChart(column('attendances'), { screen: true })],
  ['cc0_mr_attendances_noscr', mrChart(column('attendances'))],
  ['cc0_p_breaches', pChart(breaches)],
  ['cc0_pp_breaches_noscr', pPrimeChart(breaches)],
  ['cc0_u_breaches', uChart(breaches)],
  ['cc0_up_breaches_noscr', uPrimeChart(breaches)],
  ['cc0_run_perf', runChart(column('performance'))],
];

test.skipIf(!hasSpc).each(charts)('%s is what qicharts2 has, every column to 1e-9', (file, points) => {
  const rows = spcRows('expected', `${file}.csv`);
  expect(points).toHaveLength(rows.length);
  expect(rows.length).toBe(36);
  const rules = anhoej(points);
  for (const [i, row] of rows.entries()) {
    const point = points[i]!;
    const parts = { y: point.value, cl: point.centre, lcl: point.lower, ucl: point.upper };
    const inner = { 'lcl.95': point.lower2, 'ucl.95': point.upper2 };
    const runs = {
      'n.useful': rules?.useful,
      'longest.run': rules?.longestRun,
      'longest.run.max': rules?.longestRunMax,
      'n.crossings': rules?.crossings,
      'n.crossings.min': rules?.crossingsMin,
    };
    for (const [name, value] of Object.entries({ ...parts, ...inner, ...runs })) {
      expectNear(value, numberOf(row[name]), `${name} of row ${i}`);
    }
    expect(rules?.isSignal).toBe(row['runs.signal'] === 'TRUE');
    expect(isOutside(point)).toBe(row['sigma.signal'] === 'TRUE');
    expect(rules?.outside[i]).toBe(row['sigma.signal'] === 'TRUE');
  }
});

test.skipIf(!hasSpc)('all of Anhøj’s critical values', () => {
  const rows = spcRows('expected', 'anhoej_critical_values.csv');
  expect(rows.length).toBe(400);
  for (const row of rows) {
    expect(anhoejLimits(Number(row['n.useful'])), `n ${row['n.useful'] ?? ''}`).toEqual({
      longestRunMax: Number(row['longest.run.max']),
      crossingsMin: Number(row['n.crossings.min']),
    });
  }
});
