import { expect, test } from 'vitest';
import { buildInMemory, rows } from '../support/warehouse.ts';

test('who belongs in a trauma registry: injured in the active phase, and admitted, transferred or dead', async () => {
  const { connection } = await buildInMemory({
    raw: {
      encounter: `
        encounter_id | patient_key | patient_class | discharge_disposition | admit_ts         | discharge_ts
        -------------+-------------+---------------+-----------------------+------------------+------------------
        admitted     | p1          | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
        observed     | p2          | observation   | 01                    | 2026-01-05 10:00 | 2026-01-06 10:00
        home         | p3          | ed            | 01                    | 2026-01-05 10:00 | 2026-01-05 12:00
        transferred  | p4          | ed            | 02                    | 2026-01-05 10:00 | 2026-01-05 12:00
        dead         | p5          | ed            | 20                    | 2026-01-05 10:00 | 2026-01-05 12:00
        healing      | p6          | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
        scratched    | p7          | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
        both         | p8          | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
        compartment  | p9          | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
        several      | p10         | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
        uncoded      | p11         | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
        ill          | p12         | inpatient     | 01                    | 2026-01-05 10:00 | 2026-01-09 10:00
      `,
      encounter_code: `
        encounter_id | stage   | code_set | seq | code
        -------------+---------+----------+-----+---------
        admitted     | final   | ICD10CM  | 2   | S72.141A
        admitted     | final   | ICD10CM  | 1   | I10
        admitted     | final   | ICD10CM  | 3   | S06.0X1A
        observed     | final   | ICD10CM  | 1   | S06.0X0B
        home         | final   | ICD10CM  | 1   | S52.501A
        transferred  | final   | ICD10CM  | 1   | S32.010C
        dead         | final   | ICD10CM  | 1   | T07
        healing      | final   | ICD10CM  | 1   | S72.141D
        scratched    | final   | ICD10CM  | 1   | S00.01XA
        scratched    | final   | ICD10CM  | 2   | S80.211A
        both         | final   | ICD10CM  | 1   | S00.01XA
        both         | final   | ICD10CM  | 2   | S02.0XXA
        compartment  | final   | ICD10CM  | 1   | T79.A11A
        several      | final   | ICD10CM  | 1   | T14.90
        uncoded      | working | ICD10CM  | 1   | S72.141A
        ill          | final   | ICD10CM  | 1   | J18.9
      `,
    },
  });
  const found = await rows(
    connection,
    'select encounter_id, injury_count, injury_1, injury_2 from submission.trauma_case order by encounter_id',
  );
  expect(found.map((row) => Object.values(row).join(' ').trim())).toEqual([
    'admitted 2 S72141A S060X1A',
    'both 2 S0001XA S020XXA',
    'compartment 1 T79A11A',
    'dead 1 T07',
    'observed 1 S060X0B',
    'several 1 T1490',
    'transferred 1 S32010C',
  ]);
});
