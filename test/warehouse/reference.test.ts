import { expect, test } from 'vitest';
import { openBuilder } from '../../warehouse/open.ts';
import { loadReference, readReferences } from '../../warehouse/reference.ts';
import { readRows, type PlainRow } from '../../warehouse/rows.ts';
import { sqlFolder } from '../support/sql-folder.ts';

const load = async (csv: string): Promise<{ types: string; rows: PlainRow[]; comment: unknown }> => {
  const [reference] = readReferences([sqlFolder({ 'reference/fact.csv': csv })]);
  const { connection, close } = await openBuilder(null);
  await connection.run('create schema reference');
  await loadReference(connection, reference!);
  const described = await readRows(connection, 'describe reference.fact');
  const result = {
    types: described.map((row) => `${row.column_name} ${row.column_type}`).join(', '),
    rows: await readRows(connection, 'from reference.fact'),
    comment: (await readRows(connection, `select comment from duckdb_tables() where table_name = 'fact'`))[0]?.comment,
  };
  await close();
  return result;
};

test('each column gets the narrowest type that loses nothing: codes keep their zeros', async () => {
  const { types, rows, comment } = await load(`# One row per code
# Source  a public list
code,days,share,since,is_open,label,nothing
01,30,0.5,2026-01-31,true,"a, b",
10,-1,12,1999-12-31,false,,
`);
  expect(types).toBe(
    'code VARCHAR, days BIGINT, share DECIMAL(18,4), since DATE, is_open BOOLEAN, label VARCHAR, nothing VARCHAR',
  );
  expect(rows).toEqual([
    { code: '01', days: 30, share: 0.5, since: '2026-01-31', is_open: true, label: 'a, b', nothing: null },
    { code: '10', days: -1, share: 12, since: '1999-12-31', is_open: false, label: null, nothing: null },
  ]);
  expect(comment).toBe('One row per code');
});

test('a type stated in the header wins', async () => {
  const { types } = await load('# One row per code\n# Types  code VARCHAR, share DECIMAL(9,2)\ncode,share\n250,1\n');
  expect(types).toBe('code VARCHAR, share DECIMAL(9,2)');
  await expect(load('# One row per code\n# Types  code DATE\ncode\nabc\n')).rejects.toThrow(
    'sql/reference/fact.csv: cannot be read',
  );
});

test('a file of column names alone is an empty table; a changed file has another fingerprint', async () => {
  expect(await load('code,days\n')).toMatchObject({ types: 'code VARCHAR, days VARCHAR', rows: [] });
  const fingerprint = (csv: string): string | undefined =>
    readReferences([sqlFolder({ 'reference/fact.csv': csv })])[0]?.fingerprint;
  expect(fingerprint('a\n1\n')).not.toBe(fingerprint('a\n2\n'));
});
