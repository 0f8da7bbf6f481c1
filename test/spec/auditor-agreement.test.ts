import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';

const encounter = (count: number): string =>
  [
    'encounter_id | patient_key | facility_id | patient_class',
    ...range(count, (i) => `e${i} | p${i} | north | inpatient`),
  ].join('\n');

const range = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));

const head =
  'audit_id | encounter_id | audit_type | sample_method | coder_id | auditor_id | audit_closed_ts | audit_period | status | is_second_review_of | drg_original | drg_revised';

interface Verdict {
  readonly first: boolean | null;
  readonly second: boolean | null;
}

const drg = (changed: boolean | null): string => (changed === null ? '871 |' : `871 | ${changed ? '872' : '871'}`);

const reviews = (verdicts: readonly Verdict[]): string =>
  [
    head,
    ...verdicts.flatMap(({ first, second }, i) => [
      `f${i} | e${i} | routine_random | srs | kim | lee | 2026-02-10 09:00:00 | 2026-Q1 | final | | ${drg(first)}`,
      `s${i} | e${i} | routine_random | srs | kim | may | 2026-02-20 09:00:00 | 2026-Q1 | final | f${i} | ${drg(second)}`,
    ]),
  ].join('\n');

const several = (count: number, first: boolean | null, second: boolean | null): Verdict[] =>
  range(count, () => ({ first, second }));

test('golden vector F: 40 both, 5 and 3 one of them, 52 neither', async () => {
  const verdicts = [
    ...several(40, true, true),
    ...several(5, true, false),
    ...several(3, false, true),
    ...several(52, false, false),
    ...several(2, null, true),
  ];
  const asked = await ask({ encounter: encounter(verdicts.length), audit_review: reviews(verdicts) });
  const [a, b, c, d, n] = [40, 5, 3, 52, 100];
  const [po, pe] = [(a + d) / n, ((a + b) * (a + c) + (c + d) * (b + d)) / n ** 2];
  const found = await asked.values('AG1', 'AG2', 'AG3', 'AG4', 'AG5', 'AG6');
  const expected = {
    auditor_agreement_drg: po,
    auditor_kappa_drg: (po - pe) / (1 - pe),
    auditor_pabak_drg: 2 * po - 1,
    auditor_prevalence_drg: Math.abs(a - d) / n,
    auditor_positive_agreement_drg: (2 * a) / (2 * a + b + c),
    auditor_negative_agreement_drg: (2 * d) / (2 * d + b + c),
  };
  for (const [metric, value] of Object.entries(expected)) expect(found[metric], metric).toBeCloseTo(value, 12);
  expect(found.auditor_kappa_drg).toBeCloseTo(0.8377, 4);
  const rows = await asked.view({ metrics: ['AG1'] });
  expect(rows).toMatchObject([{ n: 100 }]);
  await asked.close();
});

test('principal diagnoses agree in full, at four characters, by category', async () => {
  const audit_code = `
    audit_id | line | code_set | role | coder_code | auditor_code
    ---------+------+----------+------+------------+-------------
    f0       | 1    | ICD10CM  | pdx  | A41.9      | A41.9
    s0       | 1    | ICD10CM  | pdx  | A41.9      | A41.9
    f1       | 1    | ICD10CM  | pdx  | A41.9      | E11.65
    s1       | 1    | ICD10CM  | pdx  | A41.9      | E11.69
    f2       | 1    | ICD10CM  | pdx  | A41.9      | I50.23
    s2       | 1    | ICD10CM  | pdx  | A41.9      | I50.33
    f3       | 1    | ICD10CM  | pdx  | A41.9      | J18.9
    s3       | 1    | ICD10CM  | pdx  | A41.9      | N39.0
    f4       | 1    | ICD10CM  | pdx  | A41.9      | J18.9
  `;
  const asked = await ask({
    ...{ encounter: encounter(5), audit_code, audit_review: reviews(several(5, false, false)) },
  });
  const found = await asked.values('AG7', 'AG8', 'AG8c4', 'AG8c3');
  // Of four pairs: 1 equal in full, 2 at four characters, 3 by category. Chance: Σ p·q over the categories.
  const kappa = (equal: number, chance: number): number => (equal / 4 - chance) / (1 - chance);
  expect(found.auditor_agreement_pdx).toBe(1 / 4);
  expect(found.auditor_kappa_pdx).toBeCloseTo(kappa(1, 1 / 16), 12);
  expect(found.auditor_kappa_pdx_4).toBeCloseTo(kappa(2, 2 / 16), 12);
  expect(found.auditor_kappa_pdx_3).toBeCloseTo(kappa(3, 3 / 16), 12);
  await asked.close();
});

test('a second review of nothing, of another encounter, of a second review or by the same auditor is named and left out', async () => {
  const line = (id: string, at: string, auditor: string, of: string): string =>
    `${id} | ${at} | routine_random | srs | kim | ${auditor} | 2026-02-10 09:00:00 | 2026-Q1 | final | ${of} | 871 | 871`;
  const audit_review = [
    head,
    line('f', 'e0', 'lee', ''),
    line('s', 'e0', 'may', 'f'),
    line('nothing', 'e0', 'may', 'gone'),
    line('other', 'e1', 'may', 'f'),
    line('same', 'e0', 'lee', 'f'),
    line('third', 'e0', 'ray', 's'),
  ].join('\n');
  const asked = await ask({ encounter: encounter(2), audit_review });
  expect(asked.broken).toMatchObject({ second_review_pairs: 4 });
  expect(await asked.view({ metrics: ['AG1'], by: ['auditor', 'second_auditor'] })).toMatchObject([
    { auditor: 'lee', second_auditor: 'may', value: 1, n: 1 },
  ]);
  await asked.close();
});

test('without a record audited twice nothing is known of agreement', async () => {
  const asked = await ask({
    encounter: encounter(1),
    audit_review: `${head}\na | e0 | routine_random | srs | kim | lee | 2026-02-10 09:00:00 | 2026-Q1 | final | | 871 | 871`,
  });
  expect(await asked.values('AG1', 'AG2')).toEqual({ auditor_agreement_drg: null, auditor_kappa_drg: null });
  await asked.close();
});
