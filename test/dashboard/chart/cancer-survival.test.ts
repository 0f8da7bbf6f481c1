import { expect, test } from 'vitest';
import { cancerSurvivalCurves, curvesOf } from '../../../dashboard/chart/cancer-survival.ts';
import type { CancerPoint } from '../../../dashboard/data/registry-answer.ts';
import { svgOf, textsOf } from './svg.ts';

/** A group that falls by `fall` a year, with so many watched at each year. */
const curve = (label: string, fall: number, atRisk: readonly (number | null)[]): readonly CancerPoint[] =>
  Array.from({ length: (atRisk.length - 1) * 12 + 1 }, (_, months): CancerPoint => {
    const value = 1 - (fall * months) / 12;
    const left = atRisk[Math.floor(months / 12)] ?? null;
    return {
      ...{ group: label, label, months, value, lower: value - 0.05, upper: Math.min(1, value + 0.05) },
      ...{ atRisk: left, isFewAtRisk: left === null, withheld: null },
    };
  });
const withheld = (label: string): CancerPoint => ({
  ...{ group: label, label, months: 0, value: null, lower: null, upper: null },
  ...{ atRisk: null, isFewAtRisk: true, withheld: 'fewer than 16 cases' },
});
const input = { label: 'Survival', first: 'Stage', years: 2, width: 500, height: 240 };

test('one curve with its band, numbers at risk beneath it', () => {
  const drawing = cancerSurvivalCurves({ ...input, points: curve('All', 0.2, [100, 60, null]) });
  expect(svgOf(drawing)).toMatchSnapshot();
  expect(textsOf(drawing)).toEqual(expect.arrayContaining(['at risk', '100', '60', '< 16', '1 y', '2 y']));
  expect(drawing.spots.map(({ words }) => words.replaceAll('\u00a0', ' '))).toEqual([
    '0 years: 100.0 %, limits 95.0–100.0, 100 at risk',
    '1 year: 80.0 %, limits 75.0–85.0, 60 at risk',
    '2 years: 60.0 %, limits 55.0–65.0, number at risk withheld',
  ]);
  expect(drawing.isGrid).toBe(false);
});

test('groups by name and dash, those withheld in the table alone', () => {
  const points = [
    withheld('Unknown'),
    ...curve('Localized', 0.1, [80, 70, 60]),
    ...curve('Distant', 0.4, [50, 30, 20]),
  ];
  const drawing = cancerSurvivalCurves({ ...input, points });
  expect(textsOf(drawing)).toEqual(expect.arrayContaining(['Localized', 'Distant', '70', '30']));
  expect(textsOf(drawing)).not.toContain('Unknown');
  expect(drawing.table.rows.map((row) => row.slice(0, 3).map(({ text }) => text.replaceAll('\u00a0', ' ')))).toEqual([
    ...[
      ['Localized', '0', '100.0 %'],
      ['Localized', '1', '90.0 %'],
      ['Localized', '2', '80.0 %'],
    ],
    ...[
      ['Distant', '0', '100.0 %'],
      ['Distant', '1', '60.0 %'],
      ['Distant', '2', '20.0 %'],
    ],
    ['Unknown', '0', 'fewer than 16 cases'],
  ]);
  expect(curvesOf(points).map(({ label }) => label)).toEqual(['Localized', 'Distant', 'Unknown']);
});

test('a group whose others are withheld is still named', () => {
  const drawing = cancerSurvivalCurves({ ...input, points: [...curve('Lung', 0.3, [200, 90, 40]), withheld('Lip')] });
  expect(textsOf(drawing).filter((text) => text === 'Lung')).toHaveLength(2);
  expect(drawing.spots[0]?.words).toMatch(/^Lung, 0 years/);
});

test('a number at risk that would tell another is a dash, not too few', () => {
  const points = curve('All', 0.1, [100, null, null]).map((point) => ({ ...point, isFewAtRisk: false }));
  expect(textsOf(cancerSurvivalCurves({ ...input, points }))).not.toContain('< 16');
});

test('relative survival above one is drawn, up to a quarter above', () => {
  const points = curve('All', -0.05, [100, 90, 80]);
  const { options } = cancerSurvivalCurves({ ...input, points });
  expect((options.y as { domain: number[] }).domain).toEqual([0, 1.1]);
});

test('no more curves than can be told apart, all of them in the table', () => {
  const points = Array.from({ length: 9 }, (_, i) => curve(`Group ${i}`, 0.1, [40, 30])).flat();
  const drawing = cancerSurvivalCurves({ ...input, points, years: 1 });
  expect(textsOf(drawing).filter((text) => text.startsWith('Group'))).toHaveLength(2 * 6);
  expect(drawing.table.rows).toHaveLength(9 * 2);
});
