import { expect, onTestFinished, test } from 'vitest';
import { askOf, type AskingOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-03-16 00:00:00`;

const found = async (raw: Readonly<Record<string, string>>) => {
  const { connection, close } = await buildInMemory({ looksAt: ['mart.casefinding_case'], raw: { source, ...raw } });
  onTestFinished(close);
  const cases = await rows(
    connection,
    `select encounter_id, code, screening, patient_count from mart.casefinding_case order by encounter_id`,
  );
  return cases.map((row) => Object.values(row).join(' '));
};

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | discharge_ts
  -------------+-------------+-------------+---------------+--------------------
  breast       | p1          | north       | inpatient     | 2026-03-01 12:00:00
  again        | p1          | north       | ed            | 2026-03-05 12:00:00
  abstracted   | p2          | north       | inpatient     | 2026-03-01 12:00:00
  basal        | p3          | north       | ed            | 2026-03-01 12:00:00
  sebaceous    | p4          | north       | ed            | 2026-03-01 12:00:00
  mgus         | p5          | north       | ed            | 2026-03-01 12:00:00
  working      | p6          | north       | ed            | 2026-03-01 12:00:00
  house        | p7          | north       | inpatient     |
  spread       | p8          | north       | inpatient     | 2026-03-01 12:00:00
  pituitary    | p9          | north       | inpatient     | 2026-03-01 12:00:00
  thyroid      | p10         | north       | inpatient     | 2026-03-01 12:00:00
  silent       | p11         | south       | inpatient     | 2026-03-01 12:00:00
`;

const encounter_code = `
  encounter_id | code_set  | seq | code    | stage
  -------------+-----------+-----+---------+--------
  breast       | ICD10CM   | 1   | I10     | final
  breast       | ICD10CM   | 2   | C50.911 | final
  again        | ICD10CM   | 1   | C50.911 | billed
  abstracted   | ICD10CM   | 1   | C34.90  | final
  basal        | ICD10CM   | 1   | C44.311 | final
  sebaceous    | ICD10CM   | 1   | C44.131 | final
  mgus         | ICD10CM   | 1   | D47.2   | final
  working      | ICD10CM   | 1   | C50.911 | working
  house        | ICD10CM   | 1   | C50.911 | final
  spread       | ICD10CM   | 1   | C79.51  | final
  spread       | ICD10CM   | 2   | C61     | final
  pituitary    | ICD10CM   | 1   | D35.2   | final
  thyroid      | ICD10CM   | 1   | D34     | final
  silent       | ICD10CM   | 1   | C50.911 | final
`;

const tumor = `patient_key | reportingFacility\n p2 | north`;

test('encounters with listed codes whose patient has no abstract; of two codes the reportable one is told', async () => {
  expect(await found({ encounter, encounter_code, tumor })).toEqual([
    'again C50911 reportable 0', // the same patient once more
    'breast C50911 reportable 1',
    'pituitary D352 reportable 1', // benign, but of the pituitary; D34 (thyroid) is not on the list
    'sebaceous C44131 review 1', // skin, neither basal (C44.311) nor squamous
    'spread C61 reportable 1', // a primary before a metastasis
  ]);
});

test('where no abstracts arrive nothing is missing; an abstract without a facility speaks for all', async () => {
  expect(await found({ encounter, encounter_code })).toEqual([]);
  expect(await found({ encounter, encounter_code, tumor: 'patient_key\n p2' })).toContain('silent C50911 reportable 1');
});

test('completeness: of patients with a reportable code those abstracted, each once', async () => {
  const asked = await askOf(['casefinding_completeness'], { source, encounter, encounter_code, tumor });
  onTestFinished(asked.close);
  // p1 (twice), p8 and p9 have none, p2 has one; p4 is to review, nothing is known of the south.
  expect(await asked.value('casefinding_completeness')).toBe(1 / 4);
  expect(await asked.by('casefinding_completeness', 'code_group')).toMatchObject({ [await labelOf(asked, 'C34')]: 1 });
  // p2's abstract speaks of its facility alone; without a facility it speaks for the south as well.
  const everywhere = await askOf(['casefinding_completeness'], {
    source,
    encounter,
    encounter_code,
    tumor: 'patient_key\n p2',
  });
  onTestFinished(everywhere.close);
  expect(await everywhere.value('casefinding_completeness')).toBe(1 / 5);
}, 60_000);

const labelOf = async (asked: AskingOf, prefix: string): Promise<string> =>
  String(
    (await rows(asked.connection, `select label from reference.casefinding_code where code_prefix = '${prefix}'`))[0]
      ?.label,
  );

test('no code begins as two entries of the list do', async () => {
  const { connection, close } = await buildInMemory({ looksAt: ['reference.casefinding_code'], raw: {} });
  onTestFinished(close);
  expect(
    await rows(
      connection,
      `select one.code_prefix from reference.casefinding_code as one
       join reference.casefinding_code as other
         on one.code_prefix <> other.code_prefix and starts_with(one.code_prefix, other.code_prefix)`,
    ),
  ).toEqual([]);
});
