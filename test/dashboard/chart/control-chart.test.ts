import { expect, test } from 'vitest';
import { controlChart } from '../../../dashboard/chart/control-chart.ts';
import type { ControlChartInput } from '../../../dashboard/chart/control-point.ts';
import { pPrimeChart } from '../../../warehouse/statistics/p-chart.ts';
import { runChart } from '../../../warehouse/statistics/run-chart.ts';
import { xmrChart } from '../../../warehouse/statistics/xmr-chart.ts';
import type { Remark } from '../../../dashboard/data/annotation.ts';
import { controlled } from '../../../warehouse/statistics/control-series.ts';
import { aRow } from '../support.ts';
import { svgOf, textsOf } from './svg.ts';

const monthOf = (i: number) => `20${24 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`;
const withMonths = <T>(points: readonly T[]) => points.map((point, i) => ({ ...point, period: monthOf(i) }));

/** Up and down around 4 days; seven below from the tenth; then one far up, and one not known. */
const days = [4.2, 3.9, 4.3, 3.8, 4.1, 3.9, 4.4, 3.8, 4.2, 3.6, 3.7, 3.5, 3.7, 3.6, 3.7, 3.5, null, 4.2, 5.6, 4.1];

const input: ControlChartInput = {
  points: withMonths(xmrChart(days, { screen: true, sigma: 'nhs' })),
  chart: 'XmR',
  rules: 'making-data-count',
  label: 'Discharge to coded',
  unit: 'days',
  grain: 'month',
  better: 'lower',
  target: 2.5,
  width: 640,
  height: 300,
};
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

test('XmR by Making Data Count: forms, lines, names of the rules', () => {
  expect(svgOf(controlChart(input))).toMatchSnapshot();
});

test('p′ by Anhøj, its limits in steps', () => {
  const periods = days.map((_, i) => ({ count: 90 + (i % 5), n: i % 3 === 0 ? 100 : 120 }));
  const points = withMonths(pPrimeChart(periods));
  const drawing = controlChart({ ...input, points, chart: 'p′', rules: 'anhoej', unit: 'share', target: 0.95 });
  expect(svgOf(drawing)).toMatchSnapshot();
});

test('a limit that no share can reach is named, not drawn; that of a rate beyond 100 % is', () => {
  const shares = (values: readonly number[]) =>
    controlChart({ ...input, points: withMonths(xmrChart(values)), unit: 'share', target: null });
  const steady = [0.99, 0.97, 0.98, 0.99, 0.97, 0.99, 0.98, 0.97, 0.99];
  expect(textsOf(shares(steady))).toContain('upper above 100 %');
  expect(textsOf(shares(steady))).not.toContain('102 %');
  expect(textsOf(shares([...steady, 1.01])).some((text) => /^upper 10\d/.test(text))).toBe(true);
  expect(shares(steady).table.rows[0]?.[4]?.raw).toBeGreaterThan(1);
});

test('each signal is read out with its cause', () => {
  const words = controlChart(input).spots.map((spot) => plain(spot.words));
  expect(words).toHaveLength(19);
  expect(words[0]).toBe('Jan 2024: 4.2 d, common cause');
  expect(words[9]).toBe('Oct 2024: 3.6 d, improvement: 7 points below centre');
  expect(words[17]).toBe('Jul 2025: 5.6 d, concern: above upper limit');
});

test('the table holds every period, its limits and what it is', () => {
  const { columns, rows } = controlChart(input).table;
  expect(columns).toHaveLength(rows[0]!.length);
  expect(rows).toHaveLength(days.length);
  expect(rows[18]?.slice(5).map(({ text }) => text)).toEqual(['concern', 'above upper limit']);
  expect(rows[16]?.slice(1).map(({ text }) => plain(text))[0]).toBe('–');
  expect(rows[16]?.[5]?.text).toBe('');
});

test('the chart says which chart, which rules and which version', () => {
  const texts = (rules: ControlChartInput['rules']) => textsOf(controlChart({ ...input, rules })).join('\n');
  expect(texts('making-data-count')).toContain('XmR · Making Data Count, NHSRplotthedots 0.2.2');
  expect(texts('making-data-count')).toContain('■ concern');
  expect(texts('making-data-count')).toContain('target: consistently failing');
  expect(texts('anhoej')).toContain('Anhøj rules, qicharts2 0.8.1');
  expect(texts('western-electric')).toContain('Western Electric rules, Statistical Quality Control Handbook, 1956');
});

test('Anhøj’s runs are said with what chance allows', () => {
  const runs = 'runs: no signal · longest 7, by chance up to 7 · crossings 10, by chance 6 or more';
  expect(textsOf(controlChart({ ...input, rules: 'anhoej' }))).toContain(runs);
});

test('the words speak of the last point that has a value', () => {
  const concern = withMonths(xmrChart([...days.slice(0, 19), null], { screen: true, sigma: 'nhs' }));
  expect(textsOf(controlChart({ ...input, points: concern })).join('\n')).toContain('last point: concern');
});

test('without a direction a signal is high or low, never good or bad', () => {
  const { rows } = controlChart({ ...input, better: 'neither', target: null }).table;
  expect(rows[18]?.[5]?.text).toBe('neutral high');
  expect(rows[9]?.[5]?.text).toBe('neutral low');
});

test('a run chart has a median and no limits; nothing known draws an empty frame', () => {
  const run = controlChart({ ...input, points: withMonths(runChart(days)), chart: 'Run chart', rules: 'anhoej' });
  expect(textsOf(run).join()).toContain('median');
  expect(textsOf(run).join()).not.toContain('upper');
  expect(controlChart({ ...input, points: [] }).spots).toEqual([]);
  expect(textsOf(controlChart({ ...input, points: [], rules: 'anhoej' }))).toContain('no runs');
});

const aRemark = (number: number, period: string, kind: 'note' | 'rebase'): Remark => ({
  ...{ number, period, isRebase: kind === 'rebase' },
  annotation: {
    ...{ id: '01234abc', metric: 'm', where: {}, period, kind, text: 'New record system', author: 'R. Okafor' },
    at: '2026-04-02T08:00:00.000Z',
  },
});
const jumped = [4, 5, 4, 3, 4, 5, 4, 3, 4, 4, 8, 9, 8, 7, 8, 9, 8, 7, 8, 8];
const rebased: ControlChartInput = {
  ...input,
  points: withMonths([xmrChart(jumped.slice(0, 10)), xmrChart(jumped.slice(10))].flat()),
  starts: [10],
  remarks: [aRemark(1, '2024-05-01', 'note'), aRemark(2, '2024-06-01', 'note'), aRemark(3, '2024-11-01', 'rebase')],
};

test('limits of each part are lines of their own, and marks stand over their points', () => {
  expect(svgOf(controlChart(rebased))).toMatchSnapshot();
  expect(textsOf(controlChart(rebased))).toEqual(expect.arrayContaining(['1', '2', '3', 'mean 8.0 d']));
});

test('no signal reaches across a rebase: each part is judged by itself', () => {
  const causes = ({ table }: ReturnType<typeof controlChart>) => table.rows.map((cells) => cells[6]?.text);
  expect(new Set(causes(controlChart(rebased)))).toEqual(new Set(['']));
  const asOne = { ...rebased, points: withMonths(xmrChart(jumped)), starts: [] };
  expect(causes(controlChart(asOne)).filter((cause) => cause !== '').length).toBeGreaterThan(9);
  for (const rules of ['anhoej', 'western-electric'] as const)
    expect(new Set(causes(controlChart({ ...rebased, rules })))).toEqual(new Set(['']));
});

test('what was said is read out with its point, and stands in the table', () => {
  const { spots, table } = controlChart(rebased);
  expect(plain(spots[10]?.words)).toBe('Nov 2024: 8.0 d, common cause · 3, limits anew: New record system (R. Okafor)');
  expect(table.columns.at(-1)?.label).toBe('Annotations');
  expect(table.rows.map((cells) => cells.at(-1)?.text).filter((text) => text !== '')).toHaveLength(3);
  expect(controlChart(input).table.columns.at(-1)?.label).toBe('Signal');
});

test('since a rebase with too few periods nothing is judged, and the chart says so', () => {
  const short = controlled(
    'days',
    jumped.map((value, i) => aRow({ period: monthOf(i), value })),
    'making-data-count',
    [monthOf(15)],
  );
  const drawing = controlChart({ ...rebased, points: withMonths(short.points), starts: short.starts });
  expect(plain(drawing.spots[19]?.words)).toMatch(/^Aug 2025: 8\.0 d, no limits yet/);
  expect(textsOf(drawing)).toContain('since the rebase: too few periods for limits');
  expect(textsOf(drawing).join()).not.toContain('mean');
});
