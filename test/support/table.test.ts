import { expect, test } from 'vitest';
import { openBuilder } from '../../warehouse/open.ts';
import { createTable, readTextTable, rows } from './table.ts';

test('types are read off the cells; an empty cell is null, "" the empty text', async () => {
  const { connection } = await openBuilder(null);
  await createTable(
    connection,
    'raw.visit',
    `
    id | code | days | since      | at               | open  | note
    ---+------+------+------------+------------------+-------+-----
    1  | 01   | 1.5  | 2025-03-01 | 2025-03-01 12:30 | true  | ""
    2  | 10   |      |            |                  | false |
  `,
  );
  const described = await rows(connection, 'describe raw.visit');
  expect(described.map((row) => row.column_type)).toEqual([
    'BIGINT',
    'VARCHAR',
    'DECIMAL(18,4)',
    'DATE',
    'TIMESTAMP',
    'BOOLEAN',
    'VARCHAR',
  ]);
  expect(await rows(connection, 'from raw.visit')).toEqual([
    { id: 1, code: '01', days: 1.5, since: '2025-03-01', at: '2025-03-01 12:30:00', open: true, note: '' },
    { id: 2, code: '10', days: null, since: null, at: null, open: false, note: null },
  ]);
});

test('a table that exists keeps its types and gets rows; a column it has not is refused', async () => {
  const { connection } = await openBuilder(null);
  await connection.run('create schema raw; create table raw.visit (id varchar, days bigint, note varchar)');
  await createTable(connection, 'raw.visit', 'id | days\n1 | 2');
  expect(await rows(connection, 'from raw.visit')).toEqual([{ id: '1', days: 2, note: null }]);
  await expect(createTable(connection, 'raw.visit', 'id | nope\n1 | 2')).rejects.toThrow(
    'raw.visit has no column nope',
  );
  expect(() => readTextTable('a | b\n1')).toThrow('a row has 1 cells, the table 2 columns');
});
