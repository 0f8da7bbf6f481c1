import { expect, test } from 'vitest';
import { sharedKeys } from '../../../etl/gate/unique-key.ts';
import { openBuilder } from '../../../warehouse/open.ts';
import { column } from '../../support/gate.ts';
import { createTable, rows } from '../../support/table.ts';

const contract = { key: ['id', 'line'], columns: [column('id'), column('line'), column('code')] };

test.each(['_record', 'hash(_record)'])(
  'repeats keep one row, differences none, in whatever order (%s)',
  async (order) => {
    const builder = await openBuilder(null);
    const { connection } = builder;
    await createTable(
      connection,
      'main.extract',
      `
    id | line | code | _record | _row
    ---+------+------+---------+------
    a  | x    | E11  | 1       | 11
    a  | x    | E11  | 2       | 12
    a  | y    | E11  | 3       | 13
    b  | x    | I10  | 4       | 14
    b  | x    | I11  | 5       | 15
    b  | x    | I11  | 6       | 16
    c  |      | Z00  | 7       | 17
    c  |      | Z00  | 8       | 18
    d  | x    |      | 9       | 19
    d  | x    | J18  | 10      | 20
  `,
    );
    expect(await rows(connection, `${sharedKeys(contract, `(from extract order by ${order})`)} order by _row`)).toEqual(
      [
        { _row: 11, _fate: null },
        { _row: 12, _fate: 'duplicate' },
        { _row: 14, _fate: 'conflict' },
        { _row: 15, _fate: 'conflict' },
        { _row: 16, _fate: 'duplicate' },
        { _row: 17, _fate: null },
        { _row: 18, _fate: 'duplicate' },
        { _row: 19, _fate: 'conflict' },
        { _row: 20, _fate: 'conflict' },
      ],
    );
    await builder.close();
  },
);
