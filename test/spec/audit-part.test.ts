import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | discharge_ts
  -------------+-------------+-------------+---------------+--------------------
  e1           | p1          | north       | inpatient     | 2026-01-05 10:00:00
  e2           | p2          | north       | ed            | 2026-01-05 10:00:00
`;

const review = (extra: Readonly<Record<string, string>> = {}, encounters: readonly string[] = ['e1', 'e2']): string => {
  const columns = {
    ...{ audit_type: 'routine_random', sample_method: 'srs', coder_id: 'kim', auditor_id: 'lee' },
    ...{ audit_closed_ts: '2026-02-10 09:00:00', audit_period: '2026-Q1', status: 'final', ...extra },
  };
  const names = ['audit_id', 'encounter_id', ...Object.keys(columns)];
  const lines = encounters.map((id) => [id.replace('e', 'a'), id, ...Object.values(columns)]);
  return [names, ...lines].map((cells) => cells.join(' | ')).join('\n');
};

const values = async (raw: Readonly<Record<string, string>>, ...metrics: readonly string[]) => {
  const asked = await ask({ encounter, audit_review: review(), ...raw });
  expect(asked.asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0)).toEqual([]);
  const found = await asked.values(...metrics);
  await asked.close();
  return found;
};

const worksheet = `
  audit_id | line | code_set | role | coder_code | coder_poa | coder_seq | auditor_code | auditor_poa | auditor_seq | error_type
  ---------+------+----------+------+------------+-----------+-----------+--------------+-------------+-------------+------------------
  a1       | 1    | ICD10CM  | pdx  | N17.9      | Y         | 1         | N17.9        | Y           | 2           |
  a1       | 2    | ICD10CM  | sdx  | A41.9      | Y         | 2         | A41.9        | N           | 1           |
  a1       | 3    | ICD10CM  | sdx  | J96.01     | Y         | 3         |              |             |             |
  a1       | 4    | ICD10CM  | sdx  | E87.1      | N         | 4         | E87.1        | N           | 3           |
  a1       | 5    | ICD10CM  | sdx  |            |           |           | D62          | N           | 4           |
  a1       | 6    | ICD10CM  | sdx  | Z79.4      | Y         | 5         | Z79.4        | 1           | 5           |
  a1       | 7    | ICD10CM  | sdx  | I10        |           | 6         | I10          | Y           | 6           |
  a1       | 8    | ICD10PCS | pcs  | 5A1955Z    |           | 1         | 5A1935Z      |             | 1           |
  a1       | 9    | ICD10PCS | pcs  | 02HV33Z    |           | 2         | 02HV33Z      |             | 2           | px_date_changed
  a2       | 1    | ICD10CM  | pdx  | R07.9      |           | 1         | R07.9        |             | 1           |
  a2       | 2    | CPT      | cpt  | 99284      |           | 1         | 99284        |             | 1           | modifier_added
  a2       | 3    | CPT      | cpt  | 71046      |           | 2         | 71046        |             | 2           |
  a2       | 4    | CPT      | cpt  |            |           |           | 93005        |             | 3           |
`;

test('principal and secondary diagnoses are told apart: one that changed places is no fault of the secondary ones', async () => {
  // N17.9 and A41.9 are each principal to one side. Left are J96.01 (struck out), E87.1, Z79.4, I10 (kept), D62 (added).
  expect(
    await values(
      { audit_code: worksheet },
      ...['pdx_accuracy', 'sdx_accuracy_auditor', 'sdx_accuracy_coder', 'sdx_accuracy_all'],
    ),
  ).toEqual({
    pdx_accuracy: 1 / 2,
    sdx_accuracy_auditor: 3 / 4,
    // Errors: one struck out, one added, and Z79.4 with another indicator.
    sdx_accuracy_coder: (4 - 3) / 4,
    sdx_accuracy_all: 3 / 5,
  });
});

test('POA accuracy asks matched diagnoses that need an indicator, both sides having stated one', async () => {
  // N17.9 Y Y, A41.9 Y N, E87.1 N N. Not asked: Z79.4 (exempt to the auditor), I10 (the coder states none), J96.01, D62.
  expect(await values({ audit_code: worksheet }, 'poa_accuracy')).toEqual({ poa_accuracy: 2 / 3 });
});

test('procedures by their class; a principal procedure replaced is two errors unless told otherwise', async () => {
  const metrics = ['pcs_accuracy_auditor', 'pcs_accuracy_coder', 'pcs_accuracy_all'];
  expect(await values({ audit_code: worksheet }, ...metrics)).toEqual({
    ...{ pcs_accuracy_auditor: 1 / 2, pcs_accuracy_coder: (2 - (1 + 1)) / 2, pcs_accuracy_all: 1 / 2 },
  });
  const metric_setting = 'name | value\nprincipal_procedure_double_count | no';
  expect(await values({ audit_code: worksheet, metric_setting }, 'pcs_accuracy_coder')).toEqual({
    pcs_accuracy_coder: (2 - 1) / 2,
  });
});

test('CPT codes and their modifiers', async () => {
  expect(
    await values(
      { audit_code: worksheet },
      ...['cpt_accuracy_auditor', 'cpt_accuracy_coder', 'cpt_accuracy_all', 'modifier_accuracy'],
    ),
  ).toEqual({
    ...{ cpt_accuracy_auditor: 2 / 3, cpt_accuracy_coder: (2 - (1 + 1)) / 2, cpt_accuracy_all: 2 / 3 },
    modifier_accuracy: 1 / 2,
  });
});

test('where worksheets never tell of a modifier or an abstracted fact, nothing is known of them', async () => {
  const silent = worksheet.replace('px_date_changed', '').replace('modifier_added', '');
  const metrics = ['modifier_accuracy', 'abstracting_accuracy', 'disposition_accuracy'];
  expect(await values({ audit_code: silent }, ...metrics)).toEqual({
    ...{ modifier_accuracy: null, abstracting_accuracy: null, disposition_accuracy: null },
  });
});

test('abstracting: two facts a procedure, the disposition, one more for consulting providers', async () => {
  const audit_review = review({ disposition_changed: 'true' }, ['e1']);
  // Two procedures × 2, the disposition; wrong are one date and the disposition.
  expect(await values({ audit_review, audit_code: worksheet }, 'abstracting_accuracy', 'disposition_accuracy')).toEqual(
    { abstracting_accuracy: 1 - 2 / (2 * 2 + 1), disposition_accuracy: 0 },
  );
  const consulted = `${worksheet}  a1 | 10 | ICD10CM | sdx | K59.00 | Y | 7 | K59.00 | Y | 7 | consult_provider_changed\n`;
  expect(await values({ audit_review, audit_code: consulted }, 'abstracting_accuracy')).toEqual({
    abstracting_accuracy: 1 - 3 / (2 * 2 + 1 + 1),
  });
  // Sent as counts.
  const counts = review({ abstract_pre: '8', abstract_errors: '1', disposition_changed: 'false' }, ['e1']);
  expect(await values({ audit_review: counts }, 'abstracting_accuracy', 'disposition_accuracy')).toEqual({
    ...{ abstracting_accuracy: 1 - 1 / 8, disposition_accuracy: 1 },
  });
});

test('total accuracy: every error over everything there was before', async () => {
  const audit_review = review({ disposition_changed: 'false' });
  // a1: six diagnoses and two procedures written, 2 × 2 + 1 facts. Wrong: J96.01, D62, two indicators, the principal
  // diagnosis; one procedure and it principal; one date.
  // a2: one diagnosis and two CPT codes, 2 × 2 + 1 facts. Wrong: one code added, one modifier.
  expect(
    await values({ audit_review, audit_code: worksheet }, 'total_accuracy_inpatient', 'total_accuracy_outpatient'),
  ).toEqual({
    total_accuracy_inpatient: (6 + 2 + 5 - (5 + 2 + 1)) / (6 + 2 + 5),
    total_accuracy_outpatient: (1 + 2 + 5 - 2) / (1 + 2 + 5),
  });
});

const levels = `
  encounter_id | code_set | seq | code   | cc_level | stage
  -------------+----------+-----+--------+----------+------
  e1           | ICD10CM  | 1   | N17.9  | CC       | final
  e1           | ICD10CM  | 2   | A41.9  | MCC      | final
  e1           | ICD10CM  | 3   | J96.01 | MCC      | final
  e1           | ICD10CM  | 4   | E87.1  | CC       | final
  e1           | ICD10CM  | 5   | I10    | N        | final
  e2           | ICD10CM  | 2   | D62    | CC       | final
`;

test('CC and MCC: secondary diagnoses by their level, one the encounter lacks by the level it has elsewhere', async () => {
  // Auditor's secondary CC and MCC: N17.9 (principal to the coder), E87.1, D62. The coder had E87.1 among his.
  // Struck out: A41.9 as secondary diagnosis, J96.01. Z79.4: nobody tells its level.
  expect(
    await values(
      { audit_code: worksheet, encounter_code: levels },
      ...['cc_mcc_accuracy', 'cc_mcc_added', 'cc_mcc_removed'],
    ),
  ).toEqual({ cc_mcc_accuracy: 1 / 3, cc_mcc_added: 2, cc_mcc_removed: 2 });
  const counts = review({ cc_added: '2', cc_removed: '0', mcc_added: '0', mcc_removed: '1' }, ['e1']);
  expect(await values({ audit_review: counts }, 'cc_mcc_accuracy', 'cc_mcc_added', 'cc_mcc_removed')).toEqual({
    cc_mcc_accuracy: null,
    cc_mcc_added: 2,
    cc_mcc_removed: 1,
  });
});

test('CC and MCC: of a code the encounter lacks the configured list tells the level on the day of discharge', async () => {
  const cc_code = (from: string): string => `
    code   | level | version | valid_from | valid_to
    -------+-------+---------+------------+---------
    D62    | MCC   | 43      | ${from} |
  `;
  const metrics = ['cc_mcc_accuracy', 'cc_mcc_added', 'cc_mcc_removed'];
  const own = levels.replace(/.*D62.*\n/, '');
  // Nobody tells of D62: left are N17.9 and E87.1 with the auditor, of which the coder had E87.1 as secondary.
  expect(await values({ audit_code: worksheet, encounter_code: own }, ...metrics)).toEqual({
    ...{ cc_mcc_accuracy: 1 / 2, cc_mcc_added: 1, cc_mcc_removed: 2 },
  });
  const listed = { audit_code: worksheet, encounter_code: own, cc_code: cc_code('2026-01-05') };
  expect(await values(listed, ...metrics)).toEqual({ cc_mcc_accuracy: 1 / 3, cc_mcc_added: 2, cc_mcc_removed: 2 });
  // A list that begins a day later says nothing of this discharge.
  expect(await values({ ...listed, cc_code: cc_code('2026-01-06') }, 'cc_mcc_added')).toEqual({ cc_mcc_added: 1 });
});

test('visits: levels of one family compare, families and critical care do not', async () => {
  const audit_code = `
    audit_id | line | code_set | role | coder_code | auditor_code
    ---------+------+----------+------+------------+-------------
    a2       | 1    | CPT      | cpt  | 99284      | 99284
    a2       | 2    | CPT      | cpt  | 99285      | 99283
    a2       | 3    | CPT      | cpt  | 99213      |
    a2       | 4    | CPT      | cpt  |            | 99214
    a2       | 5    | CPT      | cpt  | 99203      | 99212
    a2       | 6    | CPT      | cpt  | 99291      | 99292
    a2       | 7    | CPT      | cpt  | 99222      |
  `;
  expect(await values({ audit_code }, 'em_level_accuracy', 'em_overcoded', 'em_undercoded')).toEqual({
    ...{ em_level_accuracy: 1 / 3, em_overcoded: 1 / 3, em_undercoded: 1 / 3 },
  });
});

test('the weighted score takes each part by the weight in force, and is silent without weights', async () => {
  const score_weight = `
    facility_id | part     | weight | valid_from | valid_to
    ------------+----------+--------+------------+-----------
                | pdx      | 3      |            |
                | mcc      | 2.5    |            |
                | cc       | 2      |            | 2026-02-10
                | cc       | 1.5    | 2026-02-10 |
                | other_dx | 1      |            |
    north       | other_dx | 0.5    |            |
    south       | pcs      | 9      |            |
  `;
  // pdx 1 of 2 records. Secondary diagnoses of either side: mcc J96.01 (0 of 1), cc E87.1, D62 (1 of 2), other Z79.4,
  // I10 (2 of 2). Nobody weighs the rest.
  expect(await values({ audit_code: worksheet, encounter_code: levels, score_weight }, 'weighted_score')).toEqual({
    weighted_score: (3 * 1 + 2.5 * 0 + 1.5 * 1 + 0.5 * 2) / (3 * 2 + 2.5 * 1 + 1.5 * 2 + 0.5 * 2),
  });
  expect(await values({ audit_code: worksheet, encounter_code: levels }, 'weighted_score')).toEqual({
    weighted_score: null,
  });
});

test('an overturned finding leaves everything as the coder had it', async () => {
  const audit_review = review({ rebuttal_outcome: 'finding_overturned', disposition_changed: 'true' });
  const metrics = ['pdx_accuracy', 'sdx_accuracy_all', 'poa_accuracy', 'pcs_accuracy_coder', 'modifier_accuracy'];
  const more = ['disposition_accuracy', 'abstracting_accuracy', 'total_accuracy_inpatient', 'cc_mcc_accuracy'];
  const found = await values(
    { audit_review, audit_code: worksheet, encounter_code: levels },
    ...[...metrics, ...more, 'error_free_records'],
  );
  expect(new Set(Object.values(found))).toEqual(new Set([1]));
});

test('a partial overturn leaves the findings standing, for nobody says which fell', async () => {
  const audit_review = review({ rebuttal_outcome: 'partial' });
  expect(await values({ audit_review, audit_code: worksheet }, 'pdx_accuracy')).toEqual({ pdx_accuracy: 1 / 2 });
});

test('a denominator of zero is not known, and one record has no interval', async () => {
  const asked = await ask({ encounter, audit_review: review({}, ['e2']), audit_code: worksheet });
  const found = await asked.view({ metrics: ['poa_accuracy', 'cpt_accuracy_auditor'] });
  expect(found).toMatchObject([
    { metric: 'poa_accuracy', value: null, lower: null, upper: null },
    { metric: 'cpt_accuracy_auditor', value: 2 / 3, lower: null, upper: null },
  ]);
  await asked.close();
});
