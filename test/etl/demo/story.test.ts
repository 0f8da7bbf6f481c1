import { afterAll, beforeAll, expect, test } from 'vitest';
import { stories, type Story } from '../../../etl/demo/story.ts';
import type { Builder } from '../../../warehouse/open.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { hospital } from './hospital.ts';

let told: Builder;
let untold: Builder;

beforeAll(async () => {
  told = await hospital();
  untold = await hospital({ without: stories.map(({ id }) => id) });
}, 120_000);

afterAll(async () => {
  await told.close();
  await untold.close();
});

const accuracy = `count(*) filter (coder_code = auditor_code) / count(*) filter (auditor_code is not null)`;
const coderLines = 'audit_line join audited using (audit_no)';
const judged = `sample_method <> 'judgmental'`; // second audits are not in `audited`

/** What each story changes, as one number, and the bounds between which it lies when told; untold it lies outside. */
const marks: Readonly<Record<Story, { readonly sql: string; readonly low: number; readonly high: number }>> = {
  'go-live': {
    // Riverside's delinquent charts on 31 August over a month's discharges of the classes that count.
    sql: `select count(distinct stay_id) / (select count(*) / 24 from stay where facility_no = 1 and class_no in (1, 3, 4)) as mark
      from paper join (select stay_id, discharge_at from stay) using (stay_id)
      where facility_no = 1 and class_no in (1, 3, 4) and withdrawn is null and discharge_at < timestamp '2026-08-02'
        and (performs and authored_at >= timestamp '2026-09-01' or signs and signed_at >= timestamp '2026-09-01')`,
    low: 0.3,
    high: 0.6,
  },
  'drifting-coder': {
    sql: `select avg(value) filter (late) - avg(value) filter (not late) as mark
      from (select final_coded_at >= timestamp '2026-03-01' as late, ${accuracy} as value from ${coderLines}
        where coder_no = 4 and ${judged} and (final_coded_at < timestamp '2025-07-01' or final_coded_at >= timestamp '2026-03-01') group by all)`,
    low: -0.1,
    high: -0.03,
  },
  'new-coder': {
    sql: `select avg(value) filter (late) - avg(value) filter (not late) as mark
      from (select final_coded_at >= timestamp '2026-06-15' as late, ${accuracy} as value from ${coderLines}
        where coder_no = 9 and ${judged} and final_coded_at >= timestamp '2026-01-01'
          and (final_coded_at < timestamp '2026-03-15' or final_coded_at >= timestamp '2026-06-15') group by all)`,
    low: 0.04,
    high: 0.14,
  },
  'code-set-change': {
    // How much longer than in September an inpatient waits for the coder in October.
    sql: `select median(hours_between(discharge_at, first_coded_at)) filter (month(day) = 10)
        / median(hours_between(discharge_at, first_coded_at)) filter (month(day) = 9) as mark
      from stay where class_no = 1`,
    low: 1.15,
    high: 1.6,
  },
  'registry-backlog': {
    sql: `select avg((completed_on <= contact + interval 6 months)::integer) as mark
      from tumor where analytic and contact >= date '2025-01-01' and contact < date '2025-09-01'`,
    low: 0.63,
    high: 0.77,
  },
  weekday: {
    sql: `select 7 * avg((isodow(day) = 7)::integer) as mark from stay where class_no = 1 and day is not null`,
    low: 0.6,
    high: 0.7,
  },
  'late-provider': {
    sql: `select median(hours_between(asked_at, authored_at)) filter (provider_id = 'prov-21001')
        / median(hours_between(asked_at, authored_at)) filter (provider_id in ('prov-21002', 'prov-21003')) as mark
      from paper where performs`,
    low: 3,
    high: 9,
  },
  'sepsis-denials': {
    // First denials for clinical validation a month, from April 2026 on as against before.
    sql: `select count(*) filter (received_at >= timestamp '2026-04-01') / 5
        / (count(*) filter (received_at >= timestamp '2024-12-01' and received_at < timestamp '2026-03-01') / 15) as mark
      from denial where level_no = 1 and category = 'clinical_validation'`,
    low: 2,
    high: 4.5,
  },
};

const mark = async ({ connection }: Builder, sql: string): Promise<number> =>
  Number((await readRows(connection, sql))[0]?.mark);

test.each(stories.map(({ id }) => id))('story %s is in the data, and gone when it is switched off', async (id) => {
  const { sql, low, high } = marks[id];
  const there = await mark(told, sql);
  expect(there).toBeGreaterThan(low);
  expect(there).toBeLessThan(high);
  const gone = await mark(untold, sql);
  expect(gone < low || gone > high, `${id} off: ${gone}`).toBe(true);
});

test('each story says where it is to be seen', () => {
  for (const { title, tells, where } of stories)
    for (const text of [title, tells, where]) expect(text.length).toBeGreaterThan(10);
});

test('coders lose accuracy in the weeks after 1 October, and not without the story', async () => {
  const dip = `select max(value) filter (not soon) - max(value) filter (soon) as mark
    from (select days_since_code_change(final_coded_at) < 45 as soon, ${accuracy} as value from ${coderLines}
      where ${judged} and coder_no not in (4, 9) group by all)`;
  expect(await mark(told, dip)).toBeGreaterThan(0.012);
  expect(await mark(untold, dip)).toBeLessThan(0.012);
});
