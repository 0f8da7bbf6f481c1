import { expect, test } from 'vitest';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = (asOf: string): string => `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}`;

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | admit_ts            | discharge_ts        | chart_analyzed_ts
  -------------+-------------+-------------+---------------+---------------------+---------------------+--------------------
  e1           | p1          | north       | inpatient     | 2026-02-20 06:00:00 | 2026-03-01 15:00:00 | 2026-03-02 08:00:00
`;

const deficiency = (docType = 'DS', provider = 'dr1'): string =>
  `deficiency_id | encounter_id | doc_type | action_type | provider_id | assigned_ts | allocated_ts | status
   d1 | e1 | ${docType} | sign | ${provider} | 2026-03-02 08:00:00 | 2026-03-05 08:00:00 | open`;

const policy = (more: Readonly<Record<string, string | number>>): string => {
  const row = { clock_start: 'discharge', delinquent_days: 10, counts_toward_delinquency: 'true', ...more };
  return `${Object.keys(row).join(' | ')}\n${Object.values(row).join(' | ')}`;
};

/** First delinquent day of the one deficiency, and the days of hold within. */
const due = async (raw: Readonly<Record<string, string>>) => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.deficiency_due'],
    raw: { source: source('2026-05-01 00:00:00'), encounter, deficiency: deficiency(), ...raw },
  });
  const found = await rows(
    connection,
    `select delinquent_date::varchar as late, suspend_date::varchar as suspend, hold_days as held from core.deficiency_due`,
  );
  await close();
  return found[0] ?? null;
};

/** Holds and suspensions of dr1, as `type from to`; to may be left out. */
const intervals = (...given: readonly string[]): string => {
  const line = (one: string): string => {
    const [type, from, to] = one.split(' ');
    const at = (day: string | undefined): string => (day === undefined ? '' : `2026-${day} 12:00:00`);
    return `dr1 | ${type} | ${at(from)} | ${at(to)}`;
  };
  return ['provider_id | type | start_ts | end_ts', ...given.map(line)].join('\n');
};

const holds = { completion_policy: policy({ holds_stop_clock: 'true' }) };

test('without holds: the day after 10 whole days from discharge', async () => {
  // 1 March + 10 = 11 March is in time, 12 March is late.
  expect(await due(holds)).toEqual({ late: '2026-03-12', suspend: null, held: 0 });
});

test('each day of a hold puts it off by one; the day a hold ends is a day at work', async () => {
  // Away on the 5th, 6th, 7th: three days.
  expect(await due({ ...holds, provider_interval: intervals('hold 03-05 03-08') })).toMatchObject({
    late: '2026-03-15',
    held: 3,
  });
  expect(await due({ ...holds, provider_interval: intervals('hold 03-05 03-05') })).toMatchObject({ held: 0 });
});

test('a hold that begins on the last day in time counts, one that begins on the delinquent day comes too late', async () => {
  const from = async (day: string) => due({ ...holds, provider_interval: intervals(`hold ${day} 03-20`) });
  expect(await from('03-11')).toMatchObject({ late: '2026-03-21', held: 9 });
  expect(await from('03-12')).toMatchObject({ late: '2026-03-12', held: 0 });
});

test('the days it is put off take in further holds', async () => {
  // Two days from the 10th put 12 March off to the 14th; the hold of the 13th begins before that, the one of the 17th not.
  expect(
    await due({ ...holds, provider_interval: intervals('hold 03-10 03-12', 'hold 03-13 03-16', 'hold 03-17 03-25') }),
  ).toMatchObject({ late: '2026-03-17', held: 2 + 3 });
});

test('holds that overlap, touch or lie within each other are one: no day is taken twice', async () => {
  expect(
    await due({ ...holds, provider_interval: intervals('hold 03-03 03-07', 'hold 03-05 03-09', 'hold 03-04 03-05') }),
  ).toMatchObject({ late: '2026-03-18', held: 6 });
  const { connection, close } = await buildInMemory({
    looksAt: ['core.provider_interval'],
    raw: {
      source: source('2026-05-01 00:00:00'),
      provider_interval: intervals(
        'hold 03-03 03-07',
        'hold 03-07 03-09',
        'hold 03-10 03-11',
        'suspension 03-08 03-10',
      ),
    },
  });
  expect(
    await rows(
      connection,
      `select type, start_date::varchar as from_day, end_date::varchar as to_day, interval_count as n
       from core.provider_interval order by all`,
    ),
  ).toEqual([
    { type: 'hold', from_day: '2026-03-03', to_day: '2026-03-09', n: 2 },
    { type: 'hold', from_day: '2026-03-10', to_day: '2026-03-11', n: 1 },
    { type: 'suspension', from_day: '2026-03-08', to_day: '2026-03-10', n: 1 },
  ]);
  await close();
});

test('a hold over the day of discharge counts from there; one without an end stops the clock for good', async () => {
  expect(await due({ ...holds, provider_interval: intervals('hold 02-20 03-04') })).toMatchObject({
    late: '2026-03-15',
    held: 3,
  });
  expect(await due({ ...holds, provider_interval: intervals('hold 03-05') })).toMatchObject({ late: null });
  // Begun on the delinquent day, it stops nothing any more.
  expect(await due({ ...holds, provider_interval: intervals('hold 03-12') })).toMatchObject({ late: '2026-03-12' });
});

test('holds of others, suspensions, and policies without holds stop no clock', async () => {
  const provider_interval = intervals('hold 03-05 03-08');
  expect(await due({ ...holds, provider_interval: provider_interval.replace('dr1', 'dr2') })).toMatchObject({
    held: 0,
  });
  expect(await due({ ...holds, provider_interval: intervals('suspension 03-05 03-08') })).toMatchObject({ held: 0 });
  expect(await due({ completion_policy: policy({}), provider_interval })).toMatchObject({ late: '2026-03-12' });
});

test('suspension is due on the same clock, with its own days and the same holds', async () => {
  const completion_policy = policy({ holds_stop_clock: 'true', suspend_days: 20 });
  expect(await due({ completion_policy })).toMatchObject({ late: '2026-03-12', suspend: '2026-03-22' });
  // Two days from the 15th: past the delinquent day, within the twenty.
  expect(await due({ completion_policy, provider_interval: intervals('hold 03-15 03-17') })).toMatchObject({
    late: '2026-03-12',
    suspend: '2026-03-24',
  });
});

test('clocks from admission, assignment and allocation', async () => {
  const from = async (clock_start: string) =>
    (await due({ completion_policy: policy({ clock_start, delinquent_days: 20 }) }))?.late;
  expect(await from('admit')).toBe('2026-03-13'); // 20 February + 21
  expect(await from('discharge')).toBe('2026-03-22'); // 1 March + 21
  expect(await from('assigned')).toBe('2026-03-23'); // 2 March + 21
  expect(await from('allocated')).toBe('2026-03-26'); // 5 March + 21
});

test('never before it was assigned and the chart analysed', async () => {
  const completion_policy = policy({ clock_start: 'admit', delinquent_days: 1 });
  expect(await due({ completion_policy })).toMatchObject({ late: '2026-03-02' });
});

test('a clock from the end of surgery: the last case ended by assignment, the provider’s own first', async () => {
  const completion_policy = policy({ doc_type: 'OP', clock_start: 'surgery_end' });
  const cases = `
    procedure_case_id | encounter_id | location       | start_ts            | end_ts              | surgeon_id
    c1                | e1           | operating_room | 2026-02-21 08:00:00 | 2026-02-21 10:00:00 | dr1
    c2                | e1           | operating_room | 2026-02-23 08:00:00 | 2026-02-23 10:00:00 | dr2
    c3                | e1           | operating_room | 2026-03-02 07:00:00 | 2026-03-02 09:00:00 | dr1
  `;
  const late = async (provider: string) =>
    (await due({ completion_policy, deficiency: deficiency('OP', provider), procedure_case: cases }))?.late;
  // 21 February + 11 and 23 February + 11 lie before and after the day it was assigned, 2 March.
  expect(await late('dr1')).toBe('2026-03-04');
  expect(await late('dr2')).toBe('2026-03-06');
  expect(await late('dr3')).toBe('2026-03-06');
  // No case is told: there is no clock, and nothing becomes delinquent by it.
  expect(await due({ completion_policy, deficiency: deficiency('OP') })).toBeNull();
});

test('a clock from the order: the last verbal order written by assignment, else the assignment', async () => {
  const completion_policy = policy({ doc_type: 'VERBAL_ORDER', clock_start: 'order' });
  const document = `
    document_id | encounter_id | doc_type     | event    | event_ts            | provider_id
    o1          | e1           | VERBAL_ORDER | authored | 2026-02-25 09:00:00 | dr1
    o2          | e1           | VERBAL_ORDER | authored | 2026-02-27 09:00:00 | dr2
    o3          | e1           | VERBAL_ORDER | authored | 2026-03-02 08:00:01 | dr1
  `;
  const given = { completion_policy, deficiency: deficiency('VERBAL_ORDER') };
  expect((await due({ ...given, document }))?.late).toBe('2026-03-08'); // 25 February + 11
  expect((await due(given))?.late).toBe('2026-03-13'); // 2 March + 11
});

test('a policy that says only when a document is due leaves delinquency as it was', async () => {
  const both = `
    doc_type | clock_start | due_hours | delinquent_days | counts_toward_delinquency
             | discharge   |           | 10              | true
    DS       | admit       | 72        |                 |
  `;
  expect((await due({ completion_policy: both }))?.late).toBe('2026-03-12');
  // Said to count, it holds: customary days on its own clock (20 February + 31).
  expect((await due({ completion_policy: both.replace(/72 {8}\| {17}\|/, '72 | | true') }))?.late).toBe('2026-03-23');
  // The shipped due hours make nothing delinquent either: 1 March + 31.
  expect((await due({}))?.late).toBe('2026-04-01');
});
