import { expect, test } from 'vitest';
import { bars } from '../../../dashboard/chart/bars.ts';
import { bridgeChart } from '../../../dashboard/chart/bridge.ts';
import { forecast } from '../../../dashboard/chart/forecast.ts';
import { journey } from '../../../dashboard/chart/journey.ts';
import { svgOf, textsOf } from './svg.ts';

const bridge = {
  owners: ['HIM', null],
  steps: [
    { label: 'At the start', kind: 'stock', from: 0, to: 900, value: 900, parts: [800, 100] },
    { label: 'Billed', kind: 'out', from: 900, to: 400, value: -500, parts: [-500, 0] },
    { label: 'Changed owner', kind: 'in', from: 400, to: 400, value: 0, parts: [-50, 50] },
    { label: 'At the end', kind: 'stock', from: 0, to: 400, value: 400, parts: [250, 150] },
  ],
} as const;

test('a bridge signs what comes and goes, and holds the owners in its table', () => {
  const drawing = bridgeChart(bridge, (owner) => owner ?? 'not recorded', 'Bridge', 480);
  expect(svgOf(drawing)).toMatchSnapshot();
  expect(textsOf(drawing)).toEqual(expect.arrayContaining(['$900', '−$500', '$0', '$400']));
  expect(drawing.table.columns.map(({ label }) => label)).toEqual(['Step', 'All', 'HIM', 'not recorded']);
  expect(drawing.table.rows[2]?.map(({ raw }) => raw)).toEqual(['Changed owner', 0, -50, 50]);
});

test('a forecast goes on from the last day counted, and says which days are expected', () => {
  const past = [
    { day: '2026-08-30', value: 1_100_000 },
    { day: '2026-08-31', value: 1_200_000 },
  ];
  const ahead = [{ day: '2026-09-01', value: 1_150_000 }];
  const drawing = forecast({ past, ahead, label: 'DNFB dollars', unit: 'dollars', width: 480 });
  expect(svgOf(drawing)).toMatchSnapshot();
  expect(drawing.spots.map(({ words }) => words)).toEqual([
    '30 Aug 2026: $1.1M',
    '31 Aug 2026: $1.2M',
    '1 Sep 2026: $1.2M, expected',
  ]);
});

test('a journey tells gains and losses apart, and what is left of both', () => {
  const steps = [
    { label: 'Baseline → working', gain: 7.25, loss: 1, records: 12 },
    { label: 'Final → audited', gain: 0, loss: 4, records: 30 },
  ];
  const drawing = journey(steps, 'Journey', 480);
  expect(svgOf(drawing)).toMatchSnapshot();
  expect(drawing.spots[1]?.words).toBe('Final → audited: gained 0.0, lost 4.0, net −4.0');
  expect(drawing.table.rows[0]?.map(({ raw }) => raw)).toEqual(['Baseline → working', 7.25, 1, 6.25, 12]);
});

test('bars of a Pareto chart say what share they make with those above them', () => {
  const items = [
    { label: 'HIM · Coding', value: 60 },
    { label: 'Payer · Authorization', value: 30 },
    { label: 'Provider · Query', value: 10 },
  ];
  const drawing = bars({
    items,
    label: 'Dollars',
    first: 'Owner · Reason',
    unit: 'dollars',
    running: true,
    width: 480,
  });
  expect(drawing.table.rows.map(([, , share]) => share?.raw)).toEqual([0.6, 0.9, 1]);
  expect(textsOf(drawing)).toContain('$30 · 90 %');
});
