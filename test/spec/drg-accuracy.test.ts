import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | discharge_ts
  -------------+-------------+-------------+---------------+--------------------
  e1           | p1          | north       | inpatient     | 2025-09-30 10:00:00
  e2           | p2          | north       | inpatient     | 2025-10-01 10:00:00
  e3           | p3          | south       | inpatient     | 2026-01-05 10:00:00
  e4           | p4          | south       | inpatient     | 2026-01-05 10:00:00
  e5           | p5          | south       | inpatient     | 2026-01-05 10:00:00
  e6           | p6          | south       | outpatient    | 2026-01-05 10:00:00
`;

const head = `
  audit_id | encounter_id | audit_type | sample_method | coder_id | auditor_id | audit_closed_ts | audit_period | status | rebuttal_outcome | drg_original | drg_revised | weight_original | weight_revised | reimb_original | reimb_revised | drg_change_reason
`;

const audit = (
  id: string,
  drgs: string,
  extra: { readonly type?: string; readonly method?: string; readonly rebuttal?: string; readonly at?: string } = {},
): string =>
  `${id.replace('e', 'a')} | ${extra.at ?? id} | ${extra.type ?? 'routine_random'} | ${extra.method ?? 'srs'} | kim | lee | 2026-02-10 09:00:00 | 2026-Q1 | final | ${extra.rebuttal ?? ''} | ${drgs}\n`;

const values = async (raw: Readonly<Record<string, string>>, ...metrics: readonly string[]) => {
  const asked = await ask({ encounter, ...raw });
  const found = await asked.values(...metrics);
  const broken = asked.broken;
  await asked.close();
  return { ...found, broken };
};

const audits = [
  audit('e1', '871 | 871 | 1.8 | 1.8 | 12240 | 12240 |'),
  audit('e2', '690 | 689 | 0.8 | 1.1 | 5440 | 7480 | documentation_present'),
  audit('e3', '871 | 872 | 1.8 | 1.0501 | 12240 | 7140.68 | query_dependent'),
  audit('e4', '470 | 469 | 1.9 | 3.1 | 12920 | 21080 |', { rebuttal: 'finding_overturned' }),
  // An outpatient's audit with DRGs is none of an inpatient's.
  audit('e6', '470 | 469 | 1.9 | 3.1 | 12920 | 21080 | documentation_present'),
].join('');

const FI = ['drg_weight_change_net', 'drg_weight_change_gross', 'drg_weight_undercoded', 'drg_weight_overcoded'];

test('DRG accuracy, and with the documentation of its day; weights gained, lost and net', async () => {
  expect(
    await values({ audit_review: head + audits }, 'drg_accuracy', 'drg_accuracy_documentation', ...FI, 'cmi_effect'),
  ).toEqual({
    drg_accuracy: 2 / 4,
    drg_accuracy_documentation: 3 / 4,
    drg_weight_change_net: -0.4499,
    drg_weight_change_gross: 1.0499,
    drg_weight_undercoded: 0.3,
    drg_weight_overcoded: -0.7499,
    cmi_effect: -0.4499 / 4,
    broken: {},
  });
});

test('dollars: by the rate of the day of discharge and the facility, else by the reimbursement', async () => {
  const metrics = ['dollar_effect', 'overpayment_error_rate'];
  const paid = 12240 + 5440 + 12240 + 12920;
  const overpaid = (509932 - 204000) / 100;
  expect(await values({ audit_review: head + audits }, ...metrics)).toMatchObject({
    dollar_effect: (204000 - 509932) / 100,
    overpayment_error_rate: overpaid / paid,
  });
  const blended_rate = `
    facility_id | dollars | valid_from | valid_to
    ------------+---------+------------+-----------
                | 1000    |            |
    north       | 2000    |            | 2025-10-01
    north       | 3000    | 2025-10-01 |
  `;
  // a1: north before October, unchanged. a2: north from October on, +0.3. a3: south has no rate of its own, −0.7499.
  expect(await values({ audit_review: head + audits, blended_rate }, 'dollar_effect')).toMatchObject({
    dollar_effect: (3000 * 3000 - 7499 * 1000) / 10000,
  });
  const north = blended_rate.replace(/ +\| 1000 .*\n/, '\n');
  expect(await values({ audit_review: head + audits, blended_rate: north }, 'dollar_effect')).toMatchObject({
    dollar_effect: (90000 - 509932) / 100,
  });
});

test('ungroupable DRGs stand apart, a change without a reason is an error', async () => {
  const some = [
    audit('e1', '999 | 871 | 0 | 1.8 | | |'),
    audit('e2', '871 | 998 | 1.8 | 0 | | | documentation_present'),
    audit('e3', '871 | 872 | 1.8 | 1.05 | | |'),
  ].join('');
  expect(
    await values(
      { audit_review: head + some },
      ...['drg_accuracy', 'drg_accuracy_documentation', 'drg_ungroupable', 'drg_weight_change_net'],
    ),
  ).toMatchObject({
    ...{ drg_accuracy: 0 / 1, drg_accuracy_documentation: 0 / 1, drg_ungroupable: 2, drg_weight_change_net: -0.75 },
  });
});

test('DRGs of two versions do not compare, and are named', async () => {
  const encounter_drg = `
    encounter_id | stage   | drg_type | drg_version | drg_code
    -------------+---------+----------+-------------+---------
    e1           | final   | MS       | v42         | 871
    e1           | audited | MS       | v43         | 872
    e2           | final   | MS       | v43         | 690
    e2           | audited | MS       | v43         | 689
    e3           | final   | MS       | v43         | 470
  `;
  const some = [
    audit('e1', '871 | 872 | 1.8 | 1.05 | | | documentation_present'),
    audit('e2', '690 | 689 | 0.8 | 1.1 | | | documentation_present'),
    // One DRG with two weights is of two versions whatever is said.
    audit('e3', '470 | 470 | 1.9 | 1.95 | | |'),
    // Nothing is said of versions: one audit, one version.
    audit('e4', '470 | 470 | 1.9 | 1.9 | | |'),
  ].join('');
  expect(
    await values({ audit_review: head + some, encounter_drg }, 'drg_accuracy', 'drg_weight_change_net', 'cmi_effect'),
  ).toMatchObject({
    ...{ drg_accuracy: 1 / 2, drg_weight_change_net: 0.3, cmi_effect: 0.3 / 2 },
    broken: { audit_drg_version: 2 },
  });
});

test('a weight that is missing is named and takes no part in the change of weight', async () => {
  const some = audit('e1', '871 | 872 | 1.8 | | 100 | 90 |') + audit('e2', '690 | 689 | 0.8 | 1.1 | | |');
  expect(
    await values(
      { audit_review: head + some },
      ...['drg_accuracy', 'cmi_effect', 'dollar_effect', 'overpayment_error_rate'],
    ),
  ).toEqual({
    ...{ drg_accuracy: 0, cmi_effect: 0.3 / 1, dollar_effect: -10, overpayment_error_rate: 10 / 100 },
    broken: { audit_weight_known: 1 },
  });
  const none = audit('e1', '871 | 872 | | | | |');
  expect(await values({ audit_review: head + none }, 'cmi_effect', 'dollar_effect', ...FI)).toMatchObject({
    ...{ cmi_effect: null, dollar_effect: null, drg_weight_change_net: null },
  });
});

test('focused audits have figures of their own', async () => {
  const some =
    audit('e1', '871 | 871 | 1.8 | 1.8 | | |') +
    audit('e2', '690 | 689 | 0.8 | 1.1 | | |', { type: 'focused', method: 'judgmental' }) +
    audit('e3', '690 | 690 | 0.8 | 0.8 | | |', { type: 'focused', method: 'judgmental' });
  expect(await values({ audit_review: head + some }, 'drg_accuracy', 'drg_accuracy_focused')).toMatchObject({
    ...{ drg_accuracy: 1 / 1, drg_accuracy_focused: 1 / 2 },
  });
});
