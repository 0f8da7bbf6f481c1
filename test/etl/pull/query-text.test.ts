import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bind, readQuery } from '../../../etl/pull/query-text.ts';

const file = join(mkdtempSync(join(tmpdir(), 'himsight-query-')), 'stay.sql');
const queryOf = (text: string) => {
  writeFileSync(file, text);
  return readQuery(file, 'pull/stay.sql');
};
const values = { from: '2026-07-01', to: '2026-09-01', since: '2026-08-31 00:00:00' };

test('parameters are numbered as the database wants them, each time they stand there', () => {
  const query = queryOf('select a from t where d >= :from and d < :to or e >= :from\n;\n');
  expect([...query.parameters]).toEqual(['from', 'to']);
  expect(bind(query, values, (number) => `@${number}`)).toEqual({
    sql: 'select a from t where d >= @1 and d < @2 or e >= @3',
    parameters: ['2026-07-01', '2026-09-01', '2026-07-01'],
  });
});

test('what stands in a text, a quoted name, a comment or a cast is no parameter', () => {
  const text = `select ':from' as "at :to", b::since, [c:since], 'it''s :to; no' -- :since;\n/* ; :from */ from t`;
  const query = queryOf(text);
  expect(query.parameters.size).toBe(0);
  expect(bind(query, values, (number) => `$${number}`)).toEqual({ sql: text, parameters: [] });
});

test.each([
  ['select 1; select 2', /more than one statement/],
  ['delete from t', /no `select`/],
  ['-- select nothing', /no `select`/],
  ['', /no `select`/],
  ['select a from t where d >= :from', /`:from` and `:to` go together/],
])('%s is refused with a sentence', (text, says) => {
  expect(() => queryOf(text)).toThrow(says);
});

test('a file that is not there is named', () => {
  expect(() => readQuery(join(file, 'absent.sql'), 'pull/absent.sql')).toThrow(
    'pull/absent.sql: the query cannot be read',
  );
});
