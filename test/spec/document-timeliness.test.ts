import { expect, test } from 'vitest';
import { valuesOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = (asOf: string): string => `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}`;

const stay = (id: string, more: { discharge?: string; newborn?: boolean; patientClass?: string } = {}): string =>
  `${id} | p | north | ${more.patientClass ?? 'inpatient'} | 2026-03-01 08:00:00 | ${more.discharge ?? ''} | ${more.newborn ?? false}\n`;

const stays = (...lines: readonly string[]): string =>
  `encounter_id | patient_key | facility_id | patient_class | admit_ts | discharge_ts | is_newborn\n${lines.join('')}`;

/** Events of documents, as `encounter kind event moment`; each its own document, named by its place and encounter. */
const events = (...given: readonly (readonly [string, string, string, string])[]): string =>
  [
    'document_id | encounter_id | doc_type | event | event_ts',
    // A record of another day, so that such documents are known to arrive.
    ...given.map(([encounter, kind, event, at]) => `${encounter}-${kind} | ${encounter} | ${kind} | ${event} | ${at}`),
  ].join('\n');

const timeliness = async (mart: string, raw: Readonly<Record<string, string>>, asOf = '2026-05-01 00:00:00') => {
  const { connection, close } = await buildInMemory({
    looksAt: [`mart.${mart}`],
    raw: { source: source(asOf), ...raw },
  });
  const found = await rows(
    connection,
    `select expected_id as id, on_time_count as ok, known_at::varchar as known from mart.${mart} order by id`,
  );
  await close();
  return Object.fromEntries(found.map(({ id, ok }) => [String(id), ok === 1]));
};

test('a history and physical by 24 hours 00 minutes 00 seconds is on time, a microsecond later it is not', async () => {
  const encounter = stays(stay('exact'), stay('late'), stay('never'), stay('dictated_only'));
  const document = events(
    ['exact', 'HP', 'authored', '2026-03-02 08:00:00'],
    ['late', 'HP', 'authored', '2026-03-02 08:00:00.000001'],
    ['dictated_only', 'HP', 'dictated', '2026-03-01 09:00:00'],
  );
  expect(await timeliness('hp_timeliness', { encounter, document })).toEqual({
    exact: true,
    late: false,
    never: false,
    dictated_only: false,
  });
});

test('one written within 30 days before admission counts with its update; an older one does not', async () => {
  const encounter = stays(stay('valid'), stay('no_update'), stay('stale'), stay('late_update'), stay('new_one'));
  const document = events(
    // 30 days before 1 March 08:00 is 30 January 08:00.
    ['valid', 'HP', 'authored', '2026-01-30 08:00:00'],
    ['valid', 'HP_UPDATE', 'authored', '2026-03-01 10:00:00'],
    ['no_update', 'HP', 'authored', '2026-02-20 08:00:00'],
    ['stale', 'HP', 'authored', '2026-01-30 07:59:59.999999'],
    ['stale', 'HP_UPDATE', 'authored', '2026-03-01 10:00:00'],
    ['late_update', 'HP', 'authored', '2026-02-20 08:00:00'],
    ['late_update', 'HP_UPDATE', 'authored', '2026-03-02 08:00:00.000001'],
    ['new_one', 'HP', 'authored', '2026-03-01 08:00:00'],
  );
  expect(await timeliness('hp_timeliness', { encounter, document })).toEqual({
    valid: true,
    no_update: false,
    stale: false,
    late_update: false,
    new_one: true,
  });
});

test('and before the first surgery in an operating room: not at its very moment', async () => {
  const encounter = stays(stay('before'), stay('at'), stay('bedside'));
  const cases = ['before', 'at', 'bedside'].map(
    (id) => `${id} | ${id} | ${id === 'bedside' ? 'bedside' : 'operating_room'} | 2026-03-01 12:00:00\n`,
  );
  const raw = {
    encounter,
    procedure_case: `procedure_case_id | encounter_id | location | start_ts\n${cases.join('')}`,
    document: events(
      ['before', 'HP', 'authored', '2026-03-01 11:59:59.999999'],
      ['at', 'HP', 'authored', '2026-03-01 12:00:00'],
      ['bedside', 'HP', 'authored', '2026-03-01 12:00:00'],
    ),
  };
  expect(await timeliness('hp_timeliness', raw)).toEqual({ before: true, at: false, bedside: true });
});

test('who is asked for a history: not newborns, other classes only where a policy names them', async () => {
  const encounter = stays(
    stay('baby', { newborn: true }),
    stay('adult'),
    stay('observed', { patientClass: 'observation' }),
    stay('day_case', { patientClass: 'outpatient_surgery' }),
    stay('emergency', { patientClass: 'ed' }),
  );
  const document = events(['adult', 'HP', 'authored', '2026-03-01 09:00:00']);
  expect(await timeliness('hp_timeliness', { encounter, document })).toEqual({ adult: true });
  const completion_policy = `
    doc_type | patient_class | clock_start | due_hours
    HP       | observation   | admit       | 24
    HP       |               | admit       | 0.5
  `;
  // The second names no class: it speaks of inpatients, and half an hour is too short.
  expect(await timeliness('hp_timeliness', { encounter, document, completion_policy })).toEqual({
    adult: false,
    observed: false,
  });
});

test('what is neither done nor late yet is left out, until its time has passed', async () => {
  const encounter = stays(stay('open'), stay('done'));
  const document = events(['done', 'HP', 'authored', '2026-03-01 09:00:00']);
  const on = (asOf: string) => timeliness('hp_timeliness', { encounter, document }, asOf);
  // Due 2 March 08:00; at that very moment it may still come.
  expect(await on('2026-03-02 08:00:00')).toEqual({ done: true });
  expect(await on('2026-03-02 08:00:01')).toEqual({ done: true, open: false });
});

test('as of a past day only what was known by its end counts', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.hp_timeliness'],
    raw: {
      source: source('2026-05-01 00:00:00'),
      encounter: stays(stay('done'), stay('late')),
      document: events(
        ['done', 'HP', 'authored', '2026-03-01 23:00:00'],
        ['late', 'HP', 'authored', '2026-03-05 09:00:00'],
      ),
    },
  });
  const on = async (asOf: string) => (await valuesOf(connection, ['hp_on_time'], { asOf })).hp_on_time;
  // On 1 March the other one could still be in time, on the 2nd it no longer could.
  expect([await on('2026-03-01'), await on('2026-03-02')]).toEqual([1, 1 / 2]);
  await close();
});

const surgery = (...lines: readonly string[]): string =>
  `procedure_case_id | encounter_id | location | start_ts | end_ts\n${lines.join('\n')}`;

test('an operative report 24 hours after surgery is on time, a microsecond later not; dictated is enough', async () => {
  const raw = {
    encounter: stays(stay('exact'), stay('late'), stay('bedside'), stay('unended')),
    procedure_case: surgery(
      'c1 | exact   | operating_room | 2026-03-01 12:00:00 | 2026-03-01 14:00:00',
      'c2 | late    |                | 2026-03-01 12:00:00 | 2026-03-01 14:00:00',
      'c3 | bedside | bedside        | 2026-03-01 12:00:00 | 2026-03-01 14:00:00',
      'c4 | unended | operating_room | 2026-03-01 12:00:00 | ',
    ),
    document: events(
      ['exact', 'OP', 'dictated', '2026-03-02 14:00:00'],
      ['late', 'OP', 'authored', '2026-03-02 14:00:00.000001'],
    ),
  };
  expect(await timeliness('op_report_timeliness', raw)).toEqual({ c1: true, c2: false });
  const completion_policy = 'doc_type | clock_start | due_hours\n OP | surgery_end | 25';
  expect(await timeliness('op_report_timeliness', { ...raw, completion_policy })).toEqual({ c1: true, c2: true });
});

test('of two operations the first report goes with the first, the second with the second', async () => {
  const document = `
    document_id | encounter_id | doc_type | event    | event_ts
    r1          | twice        | OP       | authored | 2026-03-02 09:00:00
    r2          | twice        | OP       | authored | 2026-03-09 09:00:00
  `;
  const raw = {
    encounter: stays(stay('twice')),
    procedure_case: surgery(
      'c1 | twice | operating_room | 2026-03-01 12:00:00 | 2026-03-01 14:00:00',
      'c2 | twice | operating_room | 2026-03-05 12:00:00 | 2026-03-05 14:00:00',
    ),
    document,
  };
  expect(await timeliness('op_report_timeliness', raw)).toEqual({ c1: true, c2: false });
});

test('a brief note, or the report itself, within the hour', async () => {
  const raw = {
    encounter: stays(stay('brief'), stay('late'), stay('report')),
    procedure_case: surgery(
      ...['brief', 'late', 'report'].map(
        (id) => `${id} | ${id} | operating_room | 2026-03-01 12:00:00 | 2026-03-01 14:00:00`,
      ),
    ),
    document: events(
      ['brief', 'OP_BRIEF', 'authored', '2026-03-01 15:00:00'],
      ['late', 'OP_BRIEF', 'authored', '2026-03-01 15:00:00.000001'],
      ['report', 'OP', 'authored', '2026-03-01 14:30:00'],
    ),
  };
  expect(await timeliness('op_brief_timeliness', raw)).toEqual({ brief: true, late: false, report: true });
});

test('a facility that sends no such documents is not known, not 0 %', async () => {
  const raw = {
    encounter: stays(stay('e1')),
    procedure_case: surgery('c1 | e1 | operating_room | 2026-03-01 12:00:00 | 2026-03-01 14:00:00'),
    document: events(['e1', 'CONSULT', 'authored', '2026-03-01 15:00:00']),
  };
  expect(await timeliness('op_report_timeliness', raw)).toEqual({});
  expect(await timeliness('hp_timeliness', raw)).toEqual({});
  const { connection, close } = await buildInMemory({
    looksAt: [
      ...['mart.hp_timeliness', 'mart.op_report_timeliness', 'mart.discharge_summary', 'mart.verbal_order_timeliness'],
      'core.facility_feed',
    ],
    raw: { source: source('2026-05-01 00:00:00'), ...raw },
  });
  const metrics = ['hp_on_time', 'op_report_on_time', 'discharge_summary_in_72_hours', 'verbal_orders_on_time'];
  expect(await valuesOf(connection, metrics)).toEqual(Object.fromEntries(metrics.map((id) => [id, null])));
  expect(await rows(connection, 'select has_documents, has_surgery from core.facility_feed')).toEqual([
    { has_documents: true, has_surgery: true },
  ]);
  await close();
});

const discharged = { discharge: '2026-03-05 12:00:00' };

test('discharge summaries: 72 hours, 30 days, the policy, and how long they took', async () => {
  const encounter = stays(...['h72', 'h72_late', 'd30', 'd30_late', 'never'].map((id) => stay(id, discharged)));
  const document = events(
    ['h72', 'DS', 'signed', '2026-03-08 12:00:00'],
    ['h72_late', 'DS', 'cosigned', '2026-03-08 12:00:00.000001'],
    ['d30', 'DS', 'signed', '2026-04-04 12:00:00'],
    ['d30_late', 'DS', 'signed', '2026-04-04 12:00:00.000001'],
  );
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.discharge_summary'],
    raw: { source: source('2026-04-04 12:00:00.5'), encounter, document },
  });
  const metrics = ['discharge_summary_in_72_hours', 'discharge_summary_in_30_days', 'discharge_summary_on_time'];
  expect(await valuesOf(connection, metrics)).toEqual({
    discharge_summary_in_72_hours: 1 / 5,
    discharge_summary_in_30_days: 3 / 5,
    discharge_summary_on_time: 3 / 5,
  });
  const took = await valuesOf(connection, ['discharge_summary_p50', 'discharge_summary_p90', 'discharge_summary_km']);
  const usOfDay = 86_400_000_000;
  // 3, 3 + 1 µs, 30, 30 + 1 µs days: between the second and the third; 0.7 of the way from the third to the fourth.
  expect(took.discharge_summary_p50).toBeCloseTo((3 + 1 / usOfDay + 30) / 2, 9);
  expect(took.discharge_summary_p90).toBeCloseTo(30 + 0.7 / usOfDay, 9);
  expect(took.discharge_summary_km).toBeCloseTo(30, 9);
  // As of 7 March nothing is signed and nothing late; of 8 March all are settled against 72 hours, none against 30 days.
  const asOf = (day: string) => valuesOf(connection, metrics.slice(0, 2), { asOf: day });
  expect(await asOf('2026-03-07')).toEqual({ discharge_summary_in_72_hours: null, discharge_summary_in_30_days: null });
  expect(await asOf('2026-03-08')).toEqual({ discharge_summary_in_72_hours: 1 / 5, discharge_summary_in_30_days: 1 });
  await close();
});

test('short stays may be left out, where a final note is allowed for them', async () => {
  const encounter = stays(
    stay('two_days', { discharge: '2026-03-03 08:00:00' }),
    stay('shorter', { discharge: '2026-03-03 07:59:59' }),
  );
  const document = events(
    ['two_days', 'DS', 'signed', '2026-03-04 12:00:00'],
    ['shorter', 'DS', 'signed', '2026-03-04 12:00:00'],
  );
  const counted = async (raw: Readonly<Record<string, string>>) => {
    const { connection, close } = await buildInMemory({
      looksAt: ['mart.discharge_summary'],
      raw: { source: source('2026-05-01 00:00:00'), encounter, document, ...raw },
    });
    const found = await rows(connection, 'select encounter_id as id from mart.discharge_summary order by id');
    await close();
    return found.map(({ id }) => id);
  };
  expect(await counted({})).toEqual(['shorter', 'two_days']);
  expect(await counted({ metric_setting: 'name | value\n short_stay_hours | 48' })).toEqual(['two_days']);
});

test('verbal orders: authenticated within 48 hours of the order', async () => {
  const document = `
    document_id | encounter_id | doc_type     | event    | event_ts
    exact       | e1           | VERBAL_ORDER | authored | 2026-03-01 09:00:00
    exact       | e1           | VERBAL_ORDER | cosigned | 2026-03-03 09:00:00
    late        | e1           | VERBAL_ORDER | authored | 2026-03-01 09:00:00
    late        | e1           | VERBAL_ORDER | signed   | 2026-03-03 09:00:00.000001
    never       | e1           | VERBAL_ORDER | authored | 2026-03-01 09:00:00
  `;
  expect(await timeliness('verbal_order_timeliness', { encounter: stays(stay('e1')), document })).toEqual({
    exact: true,
    late: false,
    never: false,
  });
});

test('where no verbal orders are sent as documents, their deficiencies stand for them', async () => {
  const deficiency = `
    deficiency_id | encounter_id | doc_type     | action_type | provider_id | assigned_ts         | completed_ts        | status
    exact         | e1           | VERBAL_ORDER | sign        | dr1         | 2026-03-01 09:00:00 | 2026-03-03 09:00:00 | completed
    late          | e1           | VERBAL_ORDER | cosign      | dr1         | 2026-03-01 09:00:00 | 2026-03-03 09:00:01 | completed
    other         | e1           | CONSENT      | sign        | dr1         | 2026-03-01 09:00:00 | 2026-03-03 09:00:00 | completed
  `;
  const raw = { encounter: stays(stay('e1')), deficiency };
  expect(await timeliness('verbal_order_timeliness', raw)).toEqual({ exact: true, late: false });
  const document = events(
    ['e1', 'VERBAL_ORDER', 'authored', '2026-03-01 09:00:00'],
    ['e1', 'CONSULT', 'signed', '2026-03-01 09:00:00'],
  );
  // Orders arrive as documents, their signatures never do: not known.
  expect(await timeliness('verbal_order_timeliness', { ...raw, document })).toEqual({});
});

test('dictated to transcribed to signed, and the contract by priority', async () => {
  const line = (id: string, kind: string, priority: string, transcribed: string, signed: string): string =>
    [
      `${id} | e1 | ${kind} | dictated | 2026-03-01 09:00:00 | ${priority}`,
      ...(transcribed === '' ? [] : [`${id} | e1 | ${kind} | transcribed | ${transcribed} | ${priority}`]),
      ...(signed === '' ? [] : [`${id} | e1 | ${kind} | signed | ${signed} | ${priority}`]),
    ].join('\n');
  const document = [
    'document_id | encounter_id | doc_type | event | event_ts | priority',
    line('stat', 'OP', 'stat', '2026-03-01 13:00:00', '2026-03-01 15:00:00'),
    line('stat_late', 'OP', 'stat', '2026-03-01 13:00:00.000001', '2026-03-01 21:00:00'),
    line('routine', 'OP', 'routine', '2026-03-02 09:00:00', ''),
    line('routine_late', 'OP', '', '2026-03-02 09:00:00.000001', ''),
    line('summary', 'DS', 'routine', '2026-03-04 09:00:00', ''),
    line('never', 'OP', 'routine', '', ''),
  ].join('\n');
  const build = (more: Readonly<Record<string, string>> = {}) =>
    buildInMemory({
      looksAt: ['mart.transcription'],
      raw: { source: source('2026-05-01 00:00:00'), encounter: stays(stay('e1')), document, ...more },
    });
  const { connection, close } = await build();
  expect(
    await rows(connection, 'select document_id as id, on_time_count as ok from mart.transcription order by id'),
  ).toEqual([
    { id: 'never', ok: 0 },
    { id: 'routine', ok: 1 },
    { id: 'routine_late', ok: 0 },
    { id: 'stat', ok: 1 },
    { id: 'stat_late', ok: 0 },
    { id: 'summary', ok: 1 },
  ]);
  const took = await valuesOf(connection, [
    'transcribed_on_time',
    'dictated_to_transcribed_p50',
    'transcribed_to_signed_p50',
    'transcribed_to_signed_p90',
  ]);
  expect(took.transcribed_on_time).toBe(3 / 6);
  expect(took.dictated_to_transcribed_p50).toBe(24);
  // 2 and (almost) 8 hours.
  expect(took.transcribed_to_signed_p50).toBeCloseTo(5, 6);
  expect(took.transcribed_to_signed_p90).toBeCloseTo(2 + 0.9 * 6, 6);
  await close();
  const stricter = await build({ metric_setting: 'name | value\n transcription_stat_hours | 3.5' });
  expect((await valuesOf(stricter.connection, ['transcribed_on_time'])).transcribed_on_time).toBe(2 / 6);
  await stricter.close();
});

test('discharge to received, scanned, indexed: the first after discharge', async () => {
  const encounter = stays(stay('e1', discharged), stay('e2', discharged), stay('e3', discharged));
  const document = `
    document_id | encounter_id | doc_type | event    | event_ts
    a           | e1           | CONSENT  | scanned  | 2026-03-04 12:00:00
    b           | e1           | DS       | received | 2026-03-05 18:00:00
    b           | e1           | DS       | scanned  | 2026-03-06 12:00:00
    b           | e1           | DS       | indexed  | 2026-03-07 00:00:00
    c           | e1           | OP       | scanned  | 2026-03-09 12:00:00
    d           | e2           | DS       | scanned  | 2026-03-07 12:00:00
  `;
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.chart_arrival'],
    raw: { source: source('2026-05-01 00:00:00'), encounter, document },
  });
  expect(
    await valuesOf(connection, [
      'discharge_to_scanned_p50',
      'discharge_to_scanned_p90',
      'discharge_to_received_p50',
      'discharge_to_indexed_p50',
    ]),
  ).toEqual({
    discharge_to_scanned_p50: 1.5,
    discharge_to_scanned_p90: 1.9,
    discharge_to_received_p50: 0.25,
    discharge_to_indexed_p50: 1.5,
  });
  await close();
});

test('where more than a fifth of the times stand at midnight, days are compared', async () => {
  // Admitted 1 March 08:00, due 2 March 08:00: by the day, all of 2 March is in time.
  const encounter = stays(...['a', 'b', 'c', 'd', 'e'].map((id) => stay(id)));
  const document = (midnights: number) =>
    events(
      ...['a', 'b', 'c', 'd', 'e'].map(
        (id, i) => [id, 'HP', 'authored', i < midnights ? '2026-03-03 00:00:00' : '2026-03-02 20:00:00'] as const,
      ),
    );
  // One of five is a fifth, and not more: hours count, and all five are late.
  expect(Object.values(await timeliness('hp_timeliness', { encounter, document: document(1) }))).toEqual(
    Array(5).fill(false),
  );
  expect(await timeliness('hp_timeliness', { encounter, document: document(2) })).toEqual({
    ...{ a: false, b: false, c: true, d: true, e: true },
  });
});
