import { expect, test } from 'vitest';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = (zone: string, isInstant = false): string =>
  `source_id | timezone | is_instant | as_of_ts\n test | ${zone} | ${isInstant} | 2026-12-31 00:00:00`;

test('days are the facility’s calendar, durations run in real time through the change of the clock', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.encounter'],
    raw: {
      source: source('America/New_York'),
      facility: 'facility_id | tz\n north | America/Chicago',
      encounter: `
        encounter_id | facility_id | discharge_ts        | chart_analyzed_ts
        spring       | north       | 2026-03-07 23:30:00 | 2026-03-08 23:30:00
        autumn       | north       | 2026-10-31 23:30:00 | 2026-11-01 23:30:00
        plain        | north       | 2026-06-10 23:30:00 | 2026-06-11 23:30:00
      `,
    },
  });
  expect(
    await rows(
      connection,
      `select encounter_id, discharge_date::varchar as day, discharge_at::varchar as utc, days_between(discharge_at, chart_analyzed_at) * 24 as hours
       from core.encounter order by utc`,
    ),
  ).toEqual([
    { encounter_id: 'spring', day: '2026-03-07', utc: '2026-03-08 05:30:00', hours: 23 },
    { encounter_id: 'plain', day: '2026-06-10', utc: '2026-06-11 04:30:00', hours: 24 },
    { encounter_id: 'autumn', day: '2026-10-31', utc: '2026-11-01 04:30:00', hours: 25 },
  ]);
  await close();
});

test('on the days on which the clock changes every wall time is what DuckDB gives, a skipped one the change itself', async () => {
  const hours = Array.from(
    { length: 24 * 4 },
    (_, i) => `${String(i >> 2).padStart(2, '0')}:${['00', '15', '30', '45'][i & 3]}:00`,
  );
  const drawn = ['2026-03-08', '2026-11-01', '2026-03-09']
    .flatMap((day) => hours.map((hour) => `${day}-${hour.replaceAll(':', '')} | ${day} ${hour}`))
    .join('\n');
  const { connection, close } = await buildInMemory({
    looksAt: ['core.encounter'],
    raw: { source: source('America/Chicago'), encounter: `encounter_id | discharge_ts\n${drawn}` },
  });
  expect(
    await rows(
      connection,
      `select
         case when discharge_ts >= '2026-03-08 02:00:00' and discharge_ts < '2026-03-08 03:00:00' then 'skipped' else 'shown' end as what,
         count(*) as n,
         sum(case when discharge_at = make_timestamp(epoch_us(timezone('America/Chicago', discharge_ts))) then 1 else 0 end) as same,
         sum(case when discharge_at = timestamp '2026-03-08 08:00:00' then 1 else 0 end) as at_change
       from core.encounter inner join input.main.encounter using (encounter_id)
       group by what order by what`,
    ),
  ).toEqual([
    { what: 'shown', n: 3 * 96 - 4, same: 3 * 96 - 4, at_change: 1 },
    { what: 'skipped', n: 4, same: 1, at_change: 4 },
  ]);
  await close();
});

test('a later wall time is never an earlier moment, not even after one that the clock skipped', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.encounter'],
    raw: {
      source: source('America/Chicago'),
      encounter: `
        encounter_id | admit_ts            | discharge_ts
        within       | 2026-03-08 02:10:00 | 2026-03-08 02:50:00
        out of it    | 2026-03-08 02:50:00 | 2026-03-08 03:10:00
        into it      | 2026-03-08 01:50:00 | 2026-03-08 02:10:00
      `,
    },
  });
  expect(
    await rows(
      connection,
      `select encounter_id, days_between(admit_at, discharge_at) * 1440 as minutes from core.encounter order by all`,
    ),
  ).toEqual([
    { encounter_id: 'into it', minutes: 10 },
    { encounter_id: 'out of it', minutes: 10 },
    { encounter_id: 'within', minutes: 0 },
  ]);
  await close();
});

test('the clock of an event is that of its encounter’s facility; without one, its source’s', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.coding_event'],
    raw: {
      source: source('America/New_York'),
      facility: 'facility_id | tz\n west | America/Los_Angeles\n east | America/New_York',
      encounter: 'encounter_id | facility_id\n a | west\n b | east\n c | unknown',
      coding_event: `
        encounter_id | event        | event_ts            | event_no
        a            | coding_ready | 2026-06-10 12:00:00 | 1
        b            | coding_ready | 2026-06-10 12:00:00 | 1
        c            | coding_ready | 2026-06-10 12:00:00 | 1
      `,
    },
  });
  expect(
    await rows(connection, `select encounter_id, event_at::varchar as utc from core.coding_event order by all`),
  ).toEqual([
    { encounter_id: 'a', utc: '2026-06-10 19:00:00' },
    { encounter_id: 'b', utc: '2026-06-10 16:00:00' },
    { encounter_id: 'c', utc: '2026-06-10 16:00:00' },
  ]);
  await close();
});

test('instants are UTC already; their day is the facility’s', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['core.encounter'],
    raw: {
      source: source('UTC', true),
      facility: 'facility_id | tz\n north | America/Chicago',
      encounter: 'encounter_id | facility_id | discharge_ts\n e1 | north | 2026-06-10 03:30:00',
    },
  });
  expect(
    await rows(connection, `select discharge_at::varchar as utc, discharge_date::varchar as day from core.encounter`),
  ).toEqual([{ utc: '2026-06-10 03:30:00', day: '2026-06-09' }]);
  await close();
});
