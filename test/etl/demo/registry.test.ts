import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Builder } from '../../../warehouse/open.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { hospital } from './hospital.ts';

let builder: Builder;
beforeAll(async () => {
  builder = await hospital();
}, 60_000);
afterAll(() => builder.close());

const one = async (sql: string): Promise<number> =>
  Number((await readRows(builder.connection, `select (${sql})::double as figure`))[0]?.figure);

const share = (stage: string): string => `select avg((stage = '${stage}')::integer) from tumor where stage <> 'benign'`;

test.each([
  ['in situ', share('in situ'), 0.08, 0.12],
  ['local', share('local'), 0.42, 0.48],
  ['regional', share('regional'), 0.17, 0.23],
  ['distant', share('distant'), 0.18, 0.24],
  ['unknown', share('unknown'), 0.025, 0.055],
  ['distant, lung', `select avg((stage = 'distant')::integer) from tumor where site = 'lung'`, 0.45, 0.55],
  [
    'analytic cases a year, Riverside',
    `select count(*) / 11.0 from tumor where analytic and facility_no = 1`,
    300,
    800,
  ],
  ['analytic cases a year, St. Anne', `select count(*) / 11.0 from tumor where analytic and facility_no = 3`, 40, 200],
  ['years of history', `select date_diff('year', min(contact), date '2026-09-01') from tumor`, 10, 12],
  [
    'abstracted in 6 months, before the backlog',
    `select avg((completed_on <= contact + interval 6 months)::integer) from tumor where analytic and contact < date '2025-01-01'`,
    0.9,
    0.95,
  ],
])('%s', async (_, sql, low, high) => {
  expect(await one(sql)).toBeGreaterThanOrEqual(low);
  expect(await one(sql)).toBeLessThanOrEqual(high);
});

test('patients of the registry come to the hospital too, and some that come are not in it', async () => {
  expect(
    await one(`select count(*) from stay where pool = 'cancer' and patient_no in (select patient_no from tumor)`),
  ).toBeGreaterThan(100);
  expect(
    await one(`select count(*) from stay where pool = 'cancer' and patient_no not in (select patient_no from tumor)`),
  ).toBeGreaterThan(20);
});
