import { expect, test } from 'vitest';
import { lines, type Line, type LinesInput } from '../../../dashboard/chart/lines.ts';
import { svgOf, textsOf } from './svg.ts';

const periods = ['2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01'];
const line = (label: string, values: readonly (number | null)[], kind: Line['kind'] = 'own'): Line => ({
  label,
  points: periods.map((period, i) => ({ period, value: values[i] ?? null })),
  kind,
});
const input: LinesInput = {
  lines: [
    line('Riverside', [40, null, 60, 10]),
    line('Lakeview', [20, 25, 30, 5]),
    line('All others (3)', [3, 4, 5, 1], 'rest'),
  ],
  label: 'Encounters',
  unit: 'count',
  grain: 'month',
  completeThrough: '2026-08-12',
  width: 600,
  height: 240,
};

test('lines by colour, all others dashed, names at their ends, and the part still filling up', () => {
  expect(svgOf(lines(input))).toMatchSnapshot();
  expect(textsOf(lines(input))).toEqual(
    expect.arrayContaining(['Riverside', 'Lakeview', 'All others (3)', 'still filling up']),
  );
});

test('each known point can be read out under the name of its line', () => {
  expect(lines(input).spots.map(({ words }) => words)).toEqual([
    ...['Riverside, May 2026: 40', 'Riverside, Jul 2026: 60', 'Riverside, Aug 2026: 10, still filling up'],
    ...['Lakeview, May 2026: 20', 'Lakeview, Jun 2026: 25', 'Lakeview, Jul 2026: 30'],
    ...['Lakeview, Aug 2026: 5, still filling up', 'All others (3), May 2026: 3', 'All others (3), Jun 2026: 4'],
    ...['All others (3), Jul 2026: 5', 'All others (3), Aug 2026: 1, still filling up'],
  ]);
});

test('the table has a column a line; what is not known is no zero', () => {
  const { columns, rows } = lines(input).table;
  expect(columns.map(({ label }) => label)).toEqual(['Period', 'Riverside', 'Lakeview', 'All others (3)']);
  expect(rows[1]?.map(({ raw }) => raw)).toEqual(['2026-06-01', null, 25, 4]);
});

test('charts beside each other share an axis that holds them all', () => {
  const alone = lines({ ...input, lines: [line('Lakeview', [20, 25, 30, 5])] });
  const beside = lines({ ...input, lines: [line('Lakeview', [20, 25, 30, 5])], also: [600] });
  expect(alone.options.y?.domain).toEqual([0, 30]);
  expect(beside.options.y?.domain).toEqual([0, 600]);
});

test('more lines than colours differ by their dashes', () => {
  const many = Array.from({ length: 8 }, (_, i) => line(`Coder ${i}`, [i, i + 1, i + 2, i + 3]));
  const svg = svgOf(lines({ ...input, lines: many, completeThrough: '2026-08-31' }));
  const pattern = /<g (?:stroke-dasharray="([^"]+)" )?[^>]*stroke-width="2" stroke="(var\(--series-\d\))"/g;
  const looks = [...svg.matchAll(pattern)].map(([, dash = 'none', colour]) => `${colour} ${dash}`);
  expect(new Set(looks).size).toBe(8);
});

test('a name that is too long for the chart is cut, on one line', () => {
  const named = lines({
    ...input,
    lines: [line('Pine Creek Community Hospital', [1, 2, 3, 4]), input.lines[1]!],
    width: 320,
  });
  const [name] = textsOf(named).filter((text) => text.startsWith('Pine'));
  expect(name).toMatch(/^Pine Creek.*…$/);
  expect((name ?? '').length).toBeLessThan(18);
});
