import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';

const head =
  'system_id | as_of | records_total | possible_dup_pairs | records_in_possible_pairs | confirmed_dups_created | registrations | overlays_found | overlaps';

test('MP1, golden vector I: 5,000 pairs among 500,000 records are 2 %', async () => {
  const { rows, close } = await ask({ mpi_stat: `${head}\n main | 2026-03-31 | 500000 | 5000 | | | | |` });
  expect(await rows(['duplicate_error_rate'])).toMatchObject([
    { numerator: 10_000, denominator: 500_000, value: 10_000 / 500_000 },
  ]);
  await close();
});

test('MP1: records in pairs come before twice the pairs; the last count of the period, over all indexes', async () => {
  const { value, rows, findings, close } = await ask({
    mpi_stat: `${head}
      main | 2026-02-28 | 1000 | 10 | 18 | | | |
      main | 2026-03-30 | 1100 | 10 | 15 | | | |
      west | 2026-03-31 | 500  | 2  |    | | | |
      main | 2026-04-30 | 1200 | 9  |    | | | |
      west | 2026-06-30 | 400  |    |    | | | |
    `,
  });
  // March: main was counted the day before west.
  expect(await rows(['duplicate_error_rate'], { grain: 'month' })).toMatchObject([
    { period: '2026-02-01', value: 18 / 1000 },
    { period: '2026-03-01', value: (15 + 4) / (1100 + 500) },
    { period: '2026-04-01', value: (18 + 4) / (1200 + 500) },
  ]);
  expect(await value('duplicate_error_rate', { asOf: '2026-03-30' })).toBe(15 / 1100);
  expect(await value('duplicate_error_rate', { where: { patient_index: ['west'] } })).toBe(4 / 500);
  // Of west April and May are missing, of main May and June.
  expect(findings).toEqual(['mpi_month_told']);
  await close();
});

test('MP1: an index that has stopped counting is carried for one month and no longer', async () => {
  const counts = (west: string) =>
    `${head}\n main | 2026-04-30 | 1000 | 10 | | | | |\n west | ${west} | 1000 | 40 | | | | |`;
  const carried = await ask({ mpi_stat: counts('2026-03-01') });
  expect(await carried.value('duplicate_error_rate')).toBe((20 + 80) / 2000);
  await carried.close();
  const dropped = await ask({ mpi_stat: counts('2026-02-28') });
  expect(await dropped.value('duplicate_error_rate')).toBe(20 / 1000);
  await dropped.close();
});

test('MP1: twice the pairs may not exceed the records', async () => {
  const { value, findings, close } = await ask({
    mpi_stat: `${head}\n a | 2026-03-31 | 100 | 50 | | | | |\n b | 2026-03-31 | 100 | 51 | | | | |`,
  });
  expect(await value('duplicate_error_rate')).toBe(100 / 100);
  expect(findings).toEqual(['mpi_pairs_within_records']);
  await close();
});

test('MP2 and MP3: what is told for the month so far counts once; what is not told is not zero', async () => {
  const { value, rows, findings, close } = await ask({
    mpi_stat: `${head}
      main | 2026-03-15 | 1000 | | | 4 | 500  | 1 | 30
      main | 2026-03-31 | 1000 | | | 9 | 1000 | 3 | 20
      main | 2026-04-30 | 1000 | | | 2 | 400  |   |
      west | 2026-04-30 | 1000 | | | 5 |      | 2 | 7
    `,
  });
  expect(await rows(['duplicate_creation_rate'], { grain: 'month' })).toMatchObject([
    { period: '2026-03-01', value: 9 / 1000 },
    { period: '2026-04-01', value: 2 / 400 },
  ]);
  expect(await value('duplicate_creation_rate', { asOf: '2026-03-20' })).toBe(4 / 500);
  expect(await rows(['overlays'], { grain: 'month' })).toMatchObject([{ value: 3 }, { value: 2 }]);
  expect(await rows(['overlaps'], { grain: 'month' })).toMatchObject([{ value: 20 }, { value: 20 + 7 }]);
  expect(findings).toEqual([]);
  await close();
});

test('MP2: a month that shrinks is named', async () => {
  const { findings, close } = await ask({
    mpi_stat: `${head}\n main | 2026-03-15 | 9 | | | 4 | 500 | 1 |\n main | 2026-03-31 | 9 | | | 3 | 600 | 1 |`,
  });
  expect(findings).toEqual(['mpi_month_grows']);
  await close();
});

test('where no index is counted nothing is known', async () => {
  const { rows, close } = await ask({});
  const metrics = ['duplicate_error_rate', 'duplicate_creation_rate', 'overlays', 'overlaps'];
  expect((await rows(metrics)).map(({ value }) => value)).toEqual([null, null, null, null]);
  await close();
});
