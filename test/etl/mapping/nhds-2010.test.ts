import { beforeAll, describe, expect, test } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readMapping } from '../../../etl/mapping/mapping.ts';
import { columnProblems } from '../../../etl/mapping/project.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { sharedData } from '../../support/shared-data.ts';
import { contracts, emptyDatabase, mapped, readCsv, sourceColumns } from './try-mapping.ts';

const file = sharedData('nhds-2010', 'nhds2010.csv.gz');
const mapping = readMapping('nhds-2010', contracts);

describe.skipIf(file === null)('the National Hospital Discharge Survey 2010', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await emptyDatabase();
    await readCsv(connection, 'survey', file ?? '');
    for (const id of mapping.writes.keys())
      await connection.run(`create table ${id} as ${await mapped(connection, mapping, id, 'survey')}`);
  });

  test('declares every column of the file', async () => {
    expect(columnProblems(mapping, await sourceColumns(connection, 'survey'))).toEqual({ undeclared: [], missing: [] });
  });

  test('gives the published weighted discharges and mean days of care', async () => {
    const sums = `select count(*) as n, sum(survey_weight::bigint) as discharges, sum(survey_weight::bigint * los_days::bigint) as days
      from encounter where not is_newborn::boolean`;
    const [row] = await readRows(connection, sums);
    expect(row?.n).toBe(151_551 - 14_092);
    expect(row?.discharges).toBe(35_078_560);
    expect((Number(row?.days) / Number(row?.discharges)).toFixed(4)).toBe('4.7828');
  });

  test('unpivots all codes, the admitting diagnosis apart, with their zeros', async () => {
    const counts = `select code_set, count(*) as n, count_if(seq = '1' and code like '0%') as principal_with_zero
      from encounter_code group by 1 order by 1`;
    expect(await readRows(connection, counts)).toEqual([
      { code_set: 'ADMIT_DX', n: 121_812, principal_with_zero: 1_234 },
      { code_set: 'ICD9CM', n: 1_105_849, principal_with_zero: 5_079 },
      { code_set: 'ICD9PCS', n: 222_503, principal_with_zero: 5_675 },
    ]);
  });

  test('ages in days and months are 0, years stop at 90', async () => {
    const ages = `select count(*) as n, count(age_years) as known, count_if(age_years = '0') as infants, max(age_years::bigint) as oldest from encounter`;
    expect(await readRows(connection, ages)).toEqual([
      { n: 151_551, known: 151_551, infants: 14_092 + 728 + 1_313, oldest: 90 },
    ]);
  });

  test.each([...mapping.writes.keys()])('no row breaks a quarantining check of %s', async (id) => {
    const contract = contracts.get(id);
    const types = {
      text: 'varchar',
      integer: 'bigint',
      decimal: 'decimal(18, 4)',
      boolean: 'boolean',
      date: 'date',
      timestamp: 'timestamp',
    };
    const typed = contract?.columns.map(({ name, type }) => `"${name}"::${types[type]} as "${name}"`).join(', ');
    const checks = contract?.checks.filter(({ severity }) => severity === 'quarantine') ?? [];
    expect(checks.length).toBeGreaterThan(0);
    for (const check of checks) {
      const broken = `select count(*) as n from (select ${typed} from ${id}) where (${check.examined}) and (${check.violated})`;
      expect([check.id, await readRows(connection, broken)]).toEqual([check.id, [{ n: 0 }]]);
    }
  });

  test('every closed list knows every value', async () => {
    for (const id of mapping.writes.keys())
      for (const { name, values } of contracts.get(id)?.columns ?? []) {
        if (values === null) continue;
        const found = await readRows(
          connection,
          `select distinct "${name}" as value from ${id} where "${name}" is not null`,
        );
        expect(found.filter(({ value }) => typeof value !== 'string' || !values.includes(value))).toEqual([]);
      }
  });
});
