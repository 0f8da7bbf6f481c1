import { expect, test } from 'vitest';
import { valuesOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = `
  source_id | timezone | is_instant | as_of_ts
  ----------+----------+------------+--------------------
  test      | UTC      | false      | 2026-09-01 00:00:00
`;

test('cases go by their date of diagnosis, a partial one on the first of its month or year', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.registry_case'],
    raw: {
      source,
      tumor: `
        patient_key | facility_id | primarySite | dateOfDiagnosis | behaviorCodeIcdO3 | classOfCase | summaryStage2018
        p1          | north       | C504        | 20260315        | 3                 | 14          | 1
        p2          | north       | C619        | 202603          | 2                 | 30          | 0
        p3          | north       | C341        | 2017            | 3                 |             | 7
        p4          | north       | C341        |                 | 3                 | 22          |
      `,
    },
  });
  expect(
    await rows(
      connection,
      `select patient_key as p, diagnosis_date::varchar as day, is_diagnosis_date_partial as partial, site_code as site, analytic,
         summary_stage as stage, diagnosis_year as year from mart.registry_case order by all`,
    ),
  ).toEqual([
    { p: 'p1', day: '2026-03-15', partial: false, site: 'C50', analytic: 'analytic', stage: '1', year: '2026' },
    { p: 'p2', day: '2026-03-01', partial: true, site: 'C61', analytic: 'nonanalytic', stage: '0', year: '2026' },
    // Summary Stage 2018 does not apply to what was diagnosed before 2018.
    { p: 'p3', day: '2017-01-01', partial: true, site: 'C34', analytic: 'nonanalytic', stage: null, year: '2017' },
    { p: 'p4', day: null, partial: null, site: 'C34', analytic: 'analytic', stage: null, year: null },
  ]);
  await close();
});

const inTime = async (contact: string, completed: string, more: { coc?: string; classOfCase?: string } = {}) => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.abstract_timeliness'],
    raw: {
      source,
      tumor: `
        patient_key | facility_id | primarySite | classOfCase                | dateOf1stContact | dateCaseCompleted | dateCaseCompletedCoc
        p1          | north       | C504        | ${more.classOfCase ?? '14'} | ${contact}       | ${completed}      | ${more.coc ?? ''}
        p2          | north       | C504        | 00                         |                  |                   |
      `,
    },
  });
  const [row] = await rows(
    connection,
    `select sum(in_time_count) as done, sum(case_count) as n from mart.abstract_timeliness`,
  );
  await close();
  return row?.n === null ? 'not counted' : `${row?.done} of ${row?.n}`;
};

test('six calendar months: the same day is in time, the next is late', async () => {
  expect(await inTime('20260115', '20260715')).toBe('1 of 1');
  expect(await inTime('20260115', '20260716')).toBe('0 of 1');
  // 31 August and six months is the last of February.
  expect(await inTime('20250831', '20260228')).toBe('1 of 1');
  expect(await inTime('20250831', '20260301')).toBe('0 of 1');
});

test('the CoC date of completion comes first', async () => {
  expect(await inTime('20260115', '20260801', { coc: '20260301' })).toBe('1 of 1');
});

test('not completed: late once six months are over, not counted before', async () => {
  // Told of to the end of 31 August 2026.
  expect(await inTime('20260228', '')).toBe('0 of 1');
  expect(await inTime('20260301', '')).toBe('not counted');
});

test('as of a past day a case counts from its completion, or from the day its time was up', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.abstract_timeliness'],
    raw: {
      source,
      tumor: `
        patient_key | facility_id | primarySite | classOfCase | dateOf1stContact | dateCaseCompleted
        early       | north       | C504        | 14          | 20260115         | 20260301
        late        | north       | C504        | 14          | 20260115         | 20260801
        never       | north       | C504        | 14          | 20260201         |
      `,
    },
  });
  const inTimeOn = async (asOf: string) =>
    (await valuesOf(connection, ['abstracted_in_6_months'], { asOf })).abstracted_in_6_months;
  expect(await inTimeOn('2026-02-28')).toBe(null);
  expect(await inTimeOn('2026-03-01')).toBe(1);
  expect(await inTimeOn('2026-07-15')).toBe(1);
  expect(await inTimeOn('2026-07-16')).toBe(1 / 2);
  expect(await inTimeOn('2026-08-01')).toBe(1 / 2);
  expect(await inTimeOn('2026-08-02')).toBe(1 / 3);
  await close();
});

test('cases not analytic and contacts without a full date are not counted', async () => {
  expect(await inTime('20260115', '20260301', { classOfCase: '22' })).toBe('1 of 1');
  expect(await inTime('20260115', '20260301', { classOfCase: '30' })).toBe('not counted');
  expect(await inTime('202601', '20260301')).toBe('not counted');
});
