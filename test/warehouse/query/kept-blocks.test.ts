import { expect, test } from 'vitest';
import { answer } from '../../../warehouse/query/answer.ts';
import { neverDecided, type Block } from '../../../warehouse/query/block.ts';
import { keepBlocks, keptBlocks, KeptBlocks } from '../../../warehouse/query/kept-blocks.ts';
import { planUnits, type Unit } from '../../../warehouse/query/plan.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

const rows = metric('rows', { kind: 'count', from: 'mart.fact', date: 'day', count: '*' }, { place: 'place' });
const things = metric('things', { kind: 'count', from: 'mart.fact', date: 'day', count: 'total' }, { place: 'place' });
const all = catalogue(rows, things);

test('what was taken of a release is not taken again, whatever else is asked with it; another question is', async () => {
  const { reader, connection, describeColumns } = await smallRelease();
  await connection.run(`create table mart.fact as select date '2025-01-01' as day, 'a' as place, 2 as total`);
  await describeColumns();
  keepBlocks(reader);
  const valueOf = async (part: object) => {
    const { table } = await answer(reader, all, view({ metrics: ['rows'], ...part }));
    return table.columns
      .filter(({ name }) => name === 'value')
      .map((column) => 'values' in column && [...column.values]);
  };
  expect(await valueOf({})).toEqual([[1]]);
  expect(await valueOf({ metrics: ['things', 'rows'] })).toEqual([[2, 1]]);
  // A release never changes; this one does, to see who looks.
  await connection.run(`insert into mart.fact values (date '2025-01-02', 'b', 3)`);
  expect(await valueOf({})).toEqual([[1]]);
  expect(await valueOf({ metrics: ['things'] })).toEqual([[2]]);
  for (const other of [
    { grain: 'year' },
    { to: '2026-01-01' },
    { where: { place: ['a', 'b'] } },
    { asOf: '2025-06-01' },
  ])
    expect(await valueOf(other), JSON.stringify(other)).toEqual([[2]]);
  expect(await valueOf({ by: ['place'] })).toEqual([[1, 1]]);
  expect(
    keptBlocks(reader)
      ?.views.slice(0, 2)
      .map(({ by, asOf }) => [by, asOf]),
  ).toEqual([
    [['place'], null],
    [[], '2025-06-01'],
  ]);
});

test('what was asked longest ago goes first', () => {
  const kept = new KeptBlocks(6);
  const [unit] = planUnits([rows], view({ metrics: ['rows'] })) as [Unit];
  const rangeOf = (from: string) => ({ grain: null, from, to: null, asOf: null });
  const blank = new Float64Array(1);
  const block: Block = {
    ...{ rows: 1, period: null, by: [], metric: rows, note: '', untilDecided: neverDecided },
    ...{ value: blank, numerator: blank, denominator: blank, lower: blank, upper: blank, n: blank },
  };
  for (const from of ['2025-01-01', '2025-02-01', '2025-03-01']) kept.keep(unit, rangeOf(from), block);
  expect(kept.of(unit, rangeOf('2025-01-01'))).toEqual([block]);
  kept.keep(unit, rangeOf('2025-04-01'), block);
  expect(kept.of(unit, rangeOf('2025-02-01'))).toBeNull();
  expect(kept.of(unit, rangeOf('2025-01-01'))).toEqual([block]);
  kept.keep(unit, rangeOf('2025-05-01'), { ...block, rows: 6 });
  expect(kept.of(unit, rangeOf('2025-05-01'))).toBeNull();
});
