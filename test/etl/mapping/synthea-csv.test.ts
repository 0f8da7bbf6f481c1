import { describe, expect, test } from 'vitest';
import { readMapping } from '../../../etl/mapping/mapping.ts';
import { columnProblems } from '../../../etl/mapping/project.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { sharedData } from '../../support/shared-data.ts';
import { contracts, emptyDatabase, mapped, readCsv, sourceColumns } from './try-mapping.ts';

const mapping = readMapping('synthea-csv', contracts);

describe.skipIf(sharedData('synthea-csv') === null)('Synthea', () => {
  test('encounters.csv makes encounters; stays outside hospitals are passed over', async () => {
    const connection = await emptyDatabase();
    await readCsv(connection, 'source', sharedData('synthea-csv', 'encounters.csv') ?? '');
    expect(columnProblems(mapping, await sourceColumns(connection, 'source'))).toEqual({ undeclared: [], missing: [] });
    const counts = await readRows(
      connection,
      `select patient_class, count(*) as n, count(discharge_ts) as left, count(total_charges) as charged
       from (${await mapped(connection, mapping, 'encounter', 'source')}) group by 1 order by 1`,
    );
    const outpatient = 6_284 + 1_567 + 369 + 12 + 1_973;
    expect(counts).toEqual([
      { patient_class: 'ed', n: 348, left: 348, charged: 348 },
      { patient_class: 'inpatient', n: 111, left: 111, charged: 111 },
      { patient_class: 'outpatient', n: outpatient, left: outpatient, charged: outpatient },
    ]);
    expect(348 + 111 + outpatient).toBe(10_715 - 36 - 10 - 5);
  });

  test('the other files are not taken for encounters', async () => {
    const connection = await emptyDatabase();
    await readCsv(connection, 'source', sharedData('synthea-csv', 'conditions.csv') ?? '');
    const { undeclared, missing } = columnProblems(mapping, await sourceColumns(connection, 'source'));
    expect(undeclared).toEqual(['ENCOUNTER', 'SYSTEM']);
    expect(missing).toContain('Id');
  });
});
