import { expect, test } from 'vitest';
import { buildInMemory, rows } from '../support/warehouse.ts';

test('encounters without facility, patient or discharge are counted all the same', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.encounter_day'],
    raw: {
      encounter: `
        encounter_id | facility_id | discharge_ts        | discharge_year | discharge_month
        dated        | north       | 2026-03-01 12:00:00 |                |
        month_only   |             |                     | 2010           | 2
        year_only    |             |                     | 2010           |
        NA           |             |                     |                |
      `,
    },
  });
  expect(
    await rows(
      connection,
      `select discharge_date::varchar as day, sum(encounter_count) as n from mart.encounter_day group by day order by day`,
    ),
  ).toEqual([
    { day: '2010-02-01', n: 1 },
    { day: '2026-03-01', n: 1 },
    { day: null, n: 2 },
  ]);
  await close();
});

test('codes keep their leading zeros and lose their dots', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.encounter_code'],
    raw: {
      encounter: 'encounter_id\n e1',
      encounter_code:
        'encounter_id | code_set | seq | code | stage\n e1 | ICD9CM | 1 | 038.9 | final\n e1 | ICD10CM | 1 | e11.65 | final',
    },
  });
  expect(await rows(connection, `select code from core.encounter_code order by code`)).toEqual([
    { code: '0389' },
    { code: 'E1165' },
  ]);
  await close();
});

test('what belongs to no encounter is kept, counted and told', async () => {
  const { connection, asserts, close } = await buildInMemory({
    raw: {
      encounter: 'encounter_id\n e1',
      encounter_code:
        'encounter_id | code_set | seq | code | stage\n gone | ICD10CM | 1 | I10 | final\n e1 | ICD10CM | 1 | I10 | final',
      deficiency:
        'deficiency_id | encounter_id | doc_type | action_type | provider_id | status\n d1 | gone | DS | sign | dr1 | open',
      audit_review: 'audit_id | encounter_id | audit_period | status\n a1 | gone | 2026 | open',
      coding_event: 'encounter_id | event | event_ts\n gone | coding_ready | 2026-03-01 00:00:00',
    },
  });
  const told = (name: string) => asserts.find((each) => each.name === name);
  for (const name of ['orphan_code', 'orphan_deficiency', 'orphan_audit', 'orphan_coding_event'])
    expect(told(name)).toMatchObject({ severity: 'warn', violations: 1 });
  expect(told('core_holds_all_of_raw')).toMatchObject({ severity: 'fatal', violations: 0 });
  expect(await rows(connection, `select count(*) as n from core.encounter_code`)).toEqual([{ n: 2 }]);
  await close();
});
