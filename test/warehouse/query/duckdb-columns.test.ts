import { tableFromIPC } from 'apache-arrow';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { tableToArrow } from '../../../warehouse/query/arrow.ts';
import { cell, columnNamed } from '../../../warehouse/query/column-table.ts';
import { readColumns } from '../../../warehouse/query/duckdb-columns.ts';
import { smallRelease } from './small-release.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  ({ connection } = await smallRelease());
});

/** Expressions of a row number i; 70,001 rows are 35 chunks, the last one not full. */
const types: Readonly<Record<string, string>> = {
  tinyint: `cast(i % 251 - 125 as tinyint)`,
  integer: `cast(hash(i) % 2000000000 as integer) - 1000000000`,
  bigint: `cast(hash(i) % 9007199254740991 as bigint) - 4503599627370495`,
  hugeint: `cast(i as hugeint) * 7 - 100000`,
  double: `(hash(i) % 1000000007) / 7.0`,
  decimal: `cast((cast(hash(i) % 200000000000 as bigint) - 100000000000) / 10000.0 as decimal(18, 4))`,
  boolean: `hash(i) % 2 = 0`,
  date: `date '1900-01-01' + cast(hash(i) % 80000 as integer)`,
  timestamp: `make_timestamp(1000 * (cast(hash(i) % 4000000000000 as bigint) - 1000000000000))`,
  enum: `cast(['north', 'south', 'east', 'west'][1 + cast(hash(i) % 4 as bigint)] as place)`,
  short: `chr(cast(97 + hash(i) % 26 as integer)) || (hash(i) % 1000)`,
  long: `'a text of more than twelve bytes, ü ' || (hash(i) % 50000)`,
};

describe('70,001 random rows with nulls', () => {
  beforeAll(async () => {
    const columns = Object.entries(types).map(
      ([name, expression], at) => `case when hash(i * 31 + ${at}) % 5 > 0 then ${expression} end as ${name}_column`,
    );
    await connection.run(`create type place as enum ('north', 'south', 'east', 'west')`);
    await connection.run(`create table many as select ${columns.join(', ')} from range(70001) as r(i)`);
  });

  test.each(Object.keys(types))('%s: columns and Arrow say what the plain row API says', async (name) => {
    const query = `select ${name}_column as value from many`;
    const expected = (await (await connection.run(query)).getColumnsJS())[0]!.map(plain);
    const table = await readColumns(await connection.run(query));
    const column = columnNamed(table, 'value');
    const arrow = tableFromIPC(tableToArrow(table)).getChildAt(0)!;
    expect(table.rows).toBe(70_001);
    expect(arrow.nullCount).toBe(expected.filter((value) => value === null).length);
    let different = 0;
    for (let row = 0; row < table.rows; row++) {
      const want = expected[row];
      const got = cell(column, row);
      const sent: unknown = arrow.get(row);
      const moment = column.kind === 'date' || column.kind === 'timestamp';
      if ((moment && got !== null ? Date.parse(String(got)) : got) !== want || sent !== want) different++;
    }
    expect(different).toBe(0);
  });
});

/** The row API's values on the same scale: numbers as doubles, dates and timestamps as whole milliseconds. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.getTime();
  return value;
};

const one = async (expression: string) => {
  const table = await readColumns(await connection.run(`select ${expression} as value`));
  return cell(table.columns[0]!, 0);
};

test('an integer beyond 2^53 is refused by the column’s name, not rounded', async () => {
  expect(await one('9007199254740991::bigint')).toBe(2 ** 53 - 1);
  await expect(one('9007199254740993::bigint')).rejects.toThrow(/`value` holds integers beyond 2\^53/);
  await expect(one('170141183460469231731687303715884105727::hugeint')).rejects.toThrow(/beyond 2\^53/);
  await expect(one('18446744073709551615::ubigint')).rejects.toThrow(/beyond 2\^53/);
});

test('decimals of every width', async () => {
  expect(await one('-1.25::decimal(3, 2)')).toBe(-1.25);
  expect(await one('-12345.67::decimal(9, 2)')).toBe(-12345.67);
  expect(await one('12345678901.5::decimal(18, 1)')).toBe(12345678901.5);
  expect(await one('-123456789012345.25::decimal(38, 2)')).toBe(-123456789012345.25);
});

test('timestamps of every kind, cut to milliseconds towards the past', async () => {
  expect(await one(`timestamp '1969-12-31 23:59:59.9995'`)).toBe('1969-12-31T23:59:59.999Z');
  expect(await one(`timestamp_s '2026-08-31 12:00:01'`)).toBe('2026-08-31T12:00:01.000Z');
  expect(await one(`timestamp_ms '2026-08-31 12:00:01.25'`)).toBe('2026-08-31T12:00:01.250Z');
  expect(await one(`timestamp_ns '2026-08-31 12:00:01.25'`)).toBe('2026-08-31T12:00:01.250Z');
  expect(await one(`date '0001-01-01'`)).toBe('0001-01-01');
});

test('a type without a column of its own becomes its text', async () => {
  expect(await one('[1, null, 3]')).toBe('[1, NULL, 3]');
  expect(await one(`interval 3 days`)).toBe('3 days');
  expect(await one('null')).toBeNull();
});

test('an empty result keeps its columns', async () => {
  const table = await readColumns(await connection.run(`select 1 as a, 'x' as b where false`));
  expect(table.rows).toBe(0);
  expect(table.columns.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(tableFromIPC(tableToArrow(table)).numRows).toBe(0);
});

test('more distinct texts than a byte and a word can number', async () => {
  for (const count of [256, 257, 65_536, 65_537]) {
    const table = await readColumns(await connection.run(`select 'v' || i as value from range(${count}) as r(i)`));
    expect(cell(table.columns[0]!, count - 1)).toBe(`v${count - 1}`);
    expect(
      tableFromIPC(tableToArrow(table))
        .getChildAt(0)!
        .get(count - 1),
    ).toBe(`v${count - 1}`);
  }
});
