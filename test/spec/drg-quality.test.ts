import { expect, test } from 'vitest';
import { asking, askingOf } from '../support/ask.ts';
import { buildInMemory } from '../support/warehouse.ts';

/** A made-up table of two versions: 41 until 31 March 2024, 41.1 from 1 April. */
const ms_drg = `
  drg_code | version | valid_from | valid_to   | relative_weight | drg_type | split          | base_drg
  ---------+---------+------------+------------+-----------------+----------+----------------+---------
  280      | 41      | 2023-10-01 | 2024-04-01 | 1.6             | medical  | with_mcc       | 280
  281      | 41      | 2023-10-01 | 2024-04-01 | 0.9             | medical  | with_cc        | 280
  282      | 41      | 2023-10-01 | 2024-04-01 | 0.7             | medical  | without_cc_mcc | 280
  313      | 41      | 2023-10-01 | 2024-04-01 | 0.6             | medical  |                |
  570      | 41      | 2023-10-01 | 2024-04-01 | 2.5             | surgical | with_cc_mcc    | 570
  571      | 41      | 2023-10-01 | 2024-04-01 | 1.5             | surgical | without_cc_mcc | 570
  280      | 41.1    | 2024-04-01 | 2024-10-01 | 1.7             | medical  | with_mcc       | 280
`;

const inpatients = (...days: string[]): string =>
  [
    'encounter_id | patient_key | patient_class | discharge_ts',
    ...days.map((day, i) => `e${i + 1} | p | inpatient | ${day} 12:00`),
  ].join('\n');

test('case mix index: weights sent, weights of the same version, and discharges left out, counted', async () => {
  const warehouse = await buildInMemory({
    raw: {
      ms_drg,
      encounter: `${inpatients('2024-03-31', '2024-04-01', '2024-03-01', '2024-03-02', '2024-03-03', '2024-03-04')}
        ed | p | ed        | 2024-03-01 12:00
        in | p | inpatient |`,
      encounter_drg: `
        encounter_id | stage    | drg_type | drg_version | drg_code | relative_weight
        e1           | final    | MS       |             | 280      |
        e2           | final    | MS       |             | 280      |
        e3           | final    | MS       | V42.0       | 280      |
        e4           | final    | MS       | v41         | 281      | 1.0
        e4           | billed   | MS       | v41         | 280      | 1.6
        e4           | working  | MS       | v41         | 282      |
        e4           | baseline | MS       | 410         | 313      |
        e5           | billed   | MS       | 41          | 571      |
        e6           | final    | MS       | 41          | 999      | 0
        ed           | final    | MS       | 41          | 280      | 9
        in           | final    | MS       | 41          | 280      | 9
        gone         | final    | MS       | 41          | 280      | 9
      `,
    },
  });
  const { values, by } = await asking(warehouse);
  // e1 is of 41 by its day, e2 of 41.1; e3 has no table of its version, e6 no group.
  expect(await values('cmi', 'cmi_working', 'cmi_baseline', 'cmi_unweighted_records')).toEqual({
    cmi: (1.6 + 1.7 + 1.0 + 1.5) / 4,
    cmi_working: 0.7,
    cmi_baseline: 0.6,
    cmi_unweighted_records: 2,
  });
  expect(await by('cmi', 'drg_type')).toEqual({ medical: (1.6 + 1.7 + 1.0) / 3, surgical: 1.5, '': null });
  const finding = (name: string): number => warehouse.asserts.find((each) => each.name === name)!.violations;
  expect(finding('weights_missing')).toBe(1);
  expect(finding('drg_ungroupable')).toBe(1);
  // V42.0 in March 2024, fiscal year 2024.
  expect(finding('drg_version_in_force')).toBe(1);
  // 999 is not in the table drawn above.
  expect(finding('drg_exists_in_version')).toBe(1);
  await warehouse.close();
});

test('a discharge of which only the year is told has its weight in the case mix index', async () => {
  const warehouse = await buildInMemory({
    looksAt: ['mart.drg_record'],
    raw: {
      encounter: `
        encounter_id | patient_key | patient_class | discharge_year
        e1           | p           | inpatient     | 2025
        e2           | p           | inpatient     | 2025
        e3           | p           | ed            | 2025
      `,
      encounter_drg: `
        encounter_id | stage | drg_type | drg_version | drg_code | relative_weight
        e1           | final | MS       | 42          | 291      | 1.5
        e2           | final | MS       | 42          | 292      | 1.0
        e3           | final | MS       | 42          | 292      | 9.0
      `,
    },
  });
  const { values } = await askingOf(warehouse);
  expect((await values('cmi')).cmi).toBe((1.5 + 1) / 2);
  await warehouse.close();
});

test('CC/MCC rate and opportunity over bases that split, MCC rate over those that split by MCC', async () => {
  const warehouse = await buildInMemory({
    looksAt: ['mart.drg_record', 'core.ms_drg'],
    raw: {
      ms_drg,
      encounter: inpatients(
        '2024-03-01',
        '2024-03-01',
        '2024-03-01',
        '2024-03-01',
        '2024-03-01',
        '2024-03-01',
        '2024-03-01',
      ),
      encounter_drg: `
        encounter_id | stage | drg_type | drg_version | drg_code
        e1           | final | MS       | 41          | 280
        e2           | final | MS       | 41          | 281
        e3           | final | MS       | 41          | 282
        e4           | final | MS       | 41          | 313
        e5           | final | MS       | 41          | 570
        e6           | final | MS       | 41          | 571
        e7           | final | MS       | 38          | 280
      `,
    },
  });
  const { values } = await askingOf(warehouse);
  // 313 does not split; version 38 has no table; base 570 does not split by MCC alone.
  expect(await values('cc_mcc_rate', 'mcc_rate', 'drg_opportunity')).toEqual({
    cc_mcc_rate: 3 / 5,
    mcc_rate: 1 / 3,
    drg_opportunity: 2 / 5,
  });
  await warehouse.close();
});

test('the version of a DRG follows the fiscal year, and its April update the first of April', async () => {
  const warehouse = await buildInMemory({
    raw: {
      encounter: inpatients('2024-09-30', '2024-10-01', '2024-03-31', '2024-04-01', '2024-10-01'),
      encounter_drg: `
        encounter_id | stage | drg_type | drg_version | drg_code
        e1           | final | MS       | 41          | 280
        e2           | final | MS       | 42          | 280
        e3           | final | MS       | 41.1        | 280
        e4           | final | MS       | 41.1        | 280
        e5           | final | MS       | 41.1        | 280
      `,
    },
  });
  // e3 comes a day before the update, e5 a day after the year.
  expect(warehouse.asserts.find(({ name }) => name === 'drg_version_in_force')!.violations).toBe(2);
  await warehouse.close();
});
