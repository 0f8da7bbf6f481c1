import { expect, test } from 'vitest';
import {
  addressOf,
  checkAt,
  matrixOf,
  strataGrid,
  thresholdWords,
  violationWords,
  type Check,
  type Stratum,
} from '../../../dashboard/data/check.ts';
import { checkTable } from '../../../dashboard/data/check-table.ts';

const check = (part: Partial<Check>): Check => ({
  ...{ id: 'c', number: null, kind: 'check', table: 'core.encounter', source: null, says: null, kahn: 'plausibility' },
  ...{
    note: null,
    off: null,
    error: null,
    context: null,
    quality: null,
    severity: 'convention',
    origin: null,
    examined: 10,
    violated: 0,
    share: 0,
  },
  ...{ threshold: 0, status: 'pass', metrics: [] },
  ...part,
});

test('violations are told as some of so many, and what is let pass in words', () => {
  expect(violationWords({ examined: 7400, violated: 22 })).toBe('22 of 7,400 rows, 0.30\u00a0%');
  expect(violationWords({ examined: null, violated: 1 })).toBe('1 row');
  expect(violationWords({ examined: null, violated: null })).toBe('not known');
  expect(violationWords({ examined: 0, violated: 0 })).toBe('no row examined');
  expect([0, 0.005, null].map(thresholdWords)).toEqual(['none may', 'up to 0.50\u00a0%', 'none set']);
});

test('checks are counted by table and category; what failed or could not run counts as failing', () => {
  const matrix = matrixOf([
    check({ status: 'fail' }),
    check({ status: 'error' }),
    check({ status: 'pass_with', kahn: 'plausibility.temporal' }),
    check({ table: null, kahn: null }),
  ]);
  expect([matrix.tables, matrix.categories]).toEqual([
    ['core.encounter', 'whole release'],
    ['other', 'plausibility'],
  ]);
  expect(matrix.fieldOf('core.encounter', 'plausibility')).toEqual({ total: 1 + 1 + 1, failing: 1 + 1 });
  expect(matrix.fieldOf('whole release', 'plausibility')).toBeNull();
});

test('strata become a grid of the last 24 months; those without a month or a row are left out', () => {
  const stratum = (facility_id: string | null, month: string | null, examined: number, violated: number): Stratum => ({
    ...{ facility_id, month, examined, violated, share: null, status: violated > 0 ? 'fail' : 'pass' },
  });
  const grid = strataGrid([
    ...Array.from({ length: 25 }, (_, i) =>
      stratum('b', new Date(Date.UTC(2024, i, 1)).toISOString().slice(0, 10), 10, 0),
    ),
    stratum(null, '2026-01-01', 4, 1),
    stratum('a', null, 4, 1),
    stratum('a', '2026-01-01', 0, 0),
  ]);
  expect([grid.rows, grid.columns.length, grid.columns[0]]).toEqual([['b', 'no facility'], 24, 'Feb 2024']);
  expect(grid.cells.at(-1)).toEqual({
    ...{ row: 'no facility', column: 'Jan 2026', value: 1 / 4, isMarked: true },
    words: 'no facility, Jan 2026: 1 of 4 rows, 25.00\u00a0%, fails',
  });
});

test('a question of the gate is addressed by its extract too; an id alone means the worst of that id', () => {
  const gate = (source: string) => check({ id: 'unique-key', kind: 'gate', table: 'encounter', source });
  const checks = [gate('a'), gate('b'), check({ id: 'los' })];
  expect(checks.map(addressOf)).toEqual(['unique-key@a.encounter', 'unique-key@b.encounter', 'los']);
  expect(checkAt(checks, 'unique-key@b.encounter')).toBe(checks[1]);
  expect(checkAt(checks, 'unique-key')).toBe(checks[0]);
  expect(checkAt(checks, 'nothing')).toBeNull();
});

test('a list of checks is a table of all of them, numbers behind the words, nothing where nothing is known', () => {
  const { columns, rows } = checkTable([
    check({ id: 'late', says: 'Nothing is late.', examined: 7400, violated: 22, share: 22 / 7400, threshold: 0.01 }),
    check({ id: 'whole', table: null, examined: null, share: null, threshold: null, metrics: ['a', 'b'] }),
  ]);
  const told = rows.map((cells) => Object.fromEntries(columns.map(({ label }, at) => [label, cells[at]])));
  expect(told[0]).toMatchObject({
    Check: { raw: 'late' },
    Examined: { text: '7,400', raw: 7400 },
    Share: { text: '0.30\u00a0%', raw: 22 / 7400 },
    Status: { raw: 'passes' },
    Gates: { text: '', raw: null },
  });
  expect(told[1]).toMatchObject({
    Table: { raw: 'whole release' },
    Examined: { text: '–', raw: null },
    Threshold: { raw: null },
    Gates: { raw: 'a, b' },
  });
});
