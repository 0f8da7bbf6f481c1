import { expect, test } from 'vitest';
import type { FunnelChartInput } from '../../../dashboard/chart/funnel-place.ts';
import { funnel } from '../../../dashboard/chart/funnel.ts';
import { svgOf, textsOf } from './svg.ts';

const unit = (label: string, count: number, n: number) => ({ label, count, n });
const input: FunnelChartInput = {
  units: [
    unit('Coder 1', 190, 200),
    unit('Coder 2', 285, 300),
    unit('Coder 3', 97, 100),
    unit('Coder 4', 330, 400),
    unit('Coder 5', 470, 500),
    unit('Coder 6', 599, 600),
    unit('Coder 7', 0, 0),
  ],
  of: 'codes',
  label: 'Code accuracy',
  better: 'higher',
  limits: 'plain',
  width: 600,
  height: 300,
};

test('shares by size within curved limits, those beyond by form, colour and name', () => {
  expect(svgOf(funnel(input))).toMatchSnapshot();
});

test('who is beyond, and which way', () => {
  expect(funnel(input).table.rows.map((row) => row.at(-1)?.text)).toEqual([
    'within the limits',
    'within the limits',
    'within the limits',
    'beyond the limits, for the worse',
    'within the limits',
    'beyond the limits, for the better',
    '',
  ]);
  const neutral = funnel({ ...input, better: 'neither' }).table.rows.map((row) => row.at(-1)?.text);
  expect([neutral[3], neutral[5]]).toEqual(['below the limits', 'above the limits']);
});

test('over-dispersion widens the limits and says so', () => {
  const wide = funnel({ ...input, limits: 'adjusted' });
  expect(textsOf(wide).at(-1)).toMatch(/over-dispersion τ² \S+ \(FunnelPlotR 0\.6\.0\)/);
  expect(wide.table.rows[3]?.[3]?.raw).toBeLessThan(funnel(input).table.rows[3]?.[3]?.raw as number);
});

test('a unit of nothing is in the table, not on the chart', () => {
  const { spots, table } = funnel(input);
  expect(spots).toHaveLength(6);
  expect(table.rows[6]?.[1]).toEqual({ text: '–', raw: null });
  expect(spots[3]?.words.replaceAll('\u00a0', ' ')).toBe(
    'Coder 4: 82.5 % of 400 codes, beyond the limits, for the worse',
  );
  expect(funnel({ ...input, units: [] }).spots).toEqual([]);
});

test('of many beyond the limits the ten farthest are named', () => {
  const units = Array.from({ length: 40 }, (_, i) => unit(`Unit ${i}`, i % 2 === 0 ? 500 : 100 + 5 * i, 1000));
  const names = textsOf(funnel({ ...input, units })).filter((text) => text.startsWith('Unit'));
  expect(names).toHaveLength(10);
  expect(names[0]).toBe('Unit 1');
});
