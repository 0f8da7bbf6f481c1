import { afterAll, beforeAll, expect, test } from 'vitest';
import { askView } from '../support/ask.ts';
import { buildInMemory, type MemoryWarehouse, type PartInMemory } from '../support/warehouse.ts';
import { dayOf, monthOf } from './calendar.ts';
import { drawFrom } from './chance.ts';
import { stocksOn, worklistOn } from './completion-stock.ts';
import { documentsDue, paperwork } from './document-due.ts';
import type { Row } from './random-hospital.ts';
import { SMALL_AS_OF, smallHospital, type SmallHospital } from './small-hospital.ts';
import { suspensionsUntil } from './suspension.ts';

const hospitals = Array.from({ length: 1000 }, (_, i) => smallHospital(i));
/** Enough of them to be loaded again: as of a day, and in another order. */
const again = hospitals.slice(0, 400);

type Extract = Exclude<keyof SmallHospital, 'facility'>;
const EXTRACTS: readonly Extract[] = [
  'encounter',
  'deficiency',
  'document',
  'procedure_case',
  'provider_interval',
  'completion_policy',
];

const drawn = (all: readonly Row[]): string => {
  const columns = Object.keys(all[0]!);
  return [columns.join(' | '), ...all.map((row) => columns.map((name) => row[name] ?? '').join(' | '))].join('\n');
};

const rawOf = (of: readonly SmallHospital[], asOf: string, isShuffled = false): Readonly<Record<string, string>> => {
  const raw = Object.fromEntries(
    EXTRACTS.map((name) => {
      const all = of.flatMap((hospital) => hospital[name]);
      return [name, drawn(isShuffled ? shuffled(all) : all)];
    }),
  );
  return { source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}`, ...raw };
};

/** In an order that is not the one they were made in. */
const shuffled = (all: readonly Row[]): Row[] => {
  const draw = drawFrom(all.length);
  return all
    .map((row) => [draw.whole(0, 1e9), row] as const)
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row);
};

/** Answers by group and metric; what has no row is null, or 0 of a count. */
const answersBy = async (by: string, { connection }: PartInMemory, metrics: readonly string[], asOf?: string) => {
  const found = await askView(connection, { metrics, by: [by], ...(asOf === undefined ? {} : { asOf }) });
  const answers = new Map<string, Record<string, number | null>>();
  for (const row of found) {
    const group = String(row[by]);
    answers.set(group, { ...answers.get(group), [String(row.metric)]: row.value as number | null });
  }
  return answers;
};

const differences = (
  expected: ReadonlyMap<string, Readonly<Record<string, number | null>>>,
  found: ReadonlyMap<string, Readonly<Record<string, number | null>>>,
): string[] =>
  [...expected].flatMap(([group, values]) =>
    Object.entries(values).flatMap(([metric, value]) => {
      const answered = found.get(group)?.[metric] ?? null;
      const isSame =
        value === null || value === 0
          ? answered === value || (value === 0 && answered === null)
          : answered !== null && Math.abs(answered - value) <= 1e-9 * Math.max(1, Math.abs(value));
      return isSame ? [] : [`${group} ${metric}: ${answered} for ${value}`];
    }),
  );

const expectedBy = (of: (hospital: SmallHospital) => Record<string, number | null>) =>
  new Map(hospitals.map((hospital) => [hospital.facility, of(hospital)]));

/** Metrics that too few hospitals have a number of for the comparison to say much. */
const scarce = (expected: ReadonlyMap<string, Readonly<Record<string, number | null>>>): string[] => {
  const values = [...expected.values()];
  const count = (metric: string): number => values.filter((one) => (one[metric] ?? 0) !== 0).length;
  return Object.keys(values[0]!).filter((metric) => count(metric) < 40);
};

const LAST = dayOf(SMALL_AS_OF) - 1;
const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const FIRST_MONTH = monthOf(dayOf('2025-02-10 00:00:00'));

let whole: MemoryWarehouse;
beforeAll(async () => {
  whole = await buildInMemory({ raw: rawOf(hospitals, SMALL_AS_OF) });
});
afterAll(() => whole.close());

test('no promise is broken', () => {
  expect(whole.asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0)).toEqual([]);
});

test.each([LAST, LAST - 1, LAST - 10, LAST - 33, LAST - 61])('stocks of 1,000 hospitals on day %i', async (day) => {
  const expected = expectedBy((hospital) => stocksOn(hospital, day, FIRST_MONTH));
  // Twelve months of discharges are known from February on.
  expect(scarce(expected)).toEqual(day < LAST - 18 ? ['delinquency_rate'] : []);
  const metrics = Object.keys(expected.get('h0000')!);
  expect(differences(expected, await answersBy('facility', whole, metrics, iso(day)))).toEqual([]);
});

test('worklists of the providers of 1,000 hospitals', async () => {
  const expected = new Map(hospitals.flatMap((hospital) => [...worklistOn(hospital, LAST)]));
  expect(scarce(expected)).toEqual([]);
  const found = await answersBy('provider', whole, ['suspension_forecast_provider', 'records_to_clear']);
  expect(found.size).toBe(expected.size);
  expect(differences(expected, found)).toEqual([]);
});

test('documents due of 1,000 hospitals', async () => {
  const expected = expectedBy(documentsDue);
  expect(scarce(expected)).toEqual([]);
  expect(differences(expected, await answersBy('facility', whole, Object.keys(expected.get('h0000')!)))).toEqual([]);
});

test('dictation and scanning of 1,000 hospitals', async () => {
  const expected = expectedBy(paperwork);
  expect(scarce(expected)).toEqual([]);
  expect(differences(expected, await answersBy('facility', whole, Object.keys(expected.get('h0000')!)))).toEqual([]);
});

test.each([LAST, LAST - 40])('suspensions of their providers until day %i', async (day) => {
  const expected = new Map(
    hospitals.flatMap((hospital) =>
      [1, 2, 3].map((n) => {
        const provider = `${hospital.facility}-dr${n}`;
        return [provider, suspensionsUntil(hospital.provider_interval, provider, day)] as const;
      }),
    ),
  );
  const metrics = ['suspended_providers', 'suspension_days', 'repeat_suspensions'];
  expect(differences(expected, await answersBy('provider', whole, metrics, iso(day)))).toEqual([]);
});

/** Every metric whose past answer must be what loading that day would have said. */
const REPLAYED = [
  'discharge_summary_km',
  ...['incomplete_records', 'incomplete_in_house', 'open_deficiencies', 'delinquent_records'],
  ...['delinquency_rate', 'delinquency_rate_previous_month', 'deficiency_turnaround_p50', 'deficiency_turnaround_p90'],
  ...['hp_on_time', 'op_report_on_time', 'op_brief_on_time', 'transcribed_on_time'],
  ...['discharge_summary_in_72_hours', 'discharge_summary_in_30_days', 'discharge_summary_on_time'],
  ...['discharge_summary_p50', 'discharge_summary_p90'],
  ...['dictated_to_transcribed_p50', 'dictated_to_transcribed_p90'],
  ...['transcribed_to_signed_p50', 'transcribed_to_signed_p90'],
  ...['discharge_to_received_p50', 'discharge_to_scanned_p50', 'discharge_to_scanned_p90', 'discharge_to_indexed_p50'],
];

/** These ask that nothing is cancelled, and nothing found after the chart was analysed. */
const REPLAYED_WHEN_SETTLED = [
  ...['discharge_to_complete_p50', 'discharge_to_complete_p90', 'discharge_to_complete_km', 'complete_in_30_days'],
  ...['deficiencies_per_discharge', 'first_time_complete', 'verbal_orders_on_time'],
];

/** The relations that these are of, with those of suspensions. */
const REPLAYED_IN = [
  ...['mart.record_completion', 'mart.record_day', 'mart.deficiency_stock', 'mart.deficiency_turnaround'],
  ...['mart.delinquency_day', 'mart.hp_timeliness', 'mart.op_report_timeliness', 'mart.op_brief_timeliness'],
  ...['mart.verbal_order_timeliness', 'mart.discharge_summary', 'mart.transcription', 'mart.chart_arrival'],
  ...['mart.suspension_day', 'mart.suspension'],
];

/** The extracts as they were at a moment: what had not happened yet is not there. Holds stay as planned, if asked. */
const knownBy = (hospital: SmallHospital, end: string, withPlannedHolds = false): SmallHospital => {
  const before =
    (...names: readonly string[]) =>
    (row: Row): Row => {
      const unknown = names.filter((name) => row[name] !== null && String(row[name]) >= end);
      return { ...row, ...Object.fromEntries(unknown.map((name) => [name, null])) };
    };
  const has =
    (name: string) =>
    (row: Row): boolean =>
      String(row[name]) < end;
  const reopened = (row: Row): Row =>
    (row.status === 'completed' && row.completed_ts === null) || (row.status === 'cancelled' && row.wasTimed)
      ? { ...row, status: 'open' }
      : row;
  return {
    ...hospital,
    encounter: hospital.encounter.filter(has('admit_ts')).map(before('discharge_ts', 'chart_analyzed_ts')),
    deficiency: hospital.deficiency
      .filter(has('assigned_ts'))
      .map((row) => ({ ...row, wasTimed: row.cancelled_ts !== null && String(row.cancelled_ts) >= end ? 1 : 0 }))
      .map(before('allocated_ts', 'completed_ts', 'cancelled_ts'))
      .map(reopened)
      .map(({ wasTimed: _, ...row }) => row),
    document: hospital.document.filter(has('event_ts')),
    procedure_case: hospital.procedure_case.filter(has('start_ts')).map(before('end_ts')),
    provider_interval: hospital.provider_interval.flatMap((row) =>
      withPlannedHolds && row.type === 'hold' ? [row] : [row].filter(has('start_ts')).map(before('end_ts')),
    ),
  };
};

test.each([LAST - 1, LAST - 30])(
  'as of day %i the answers are those of loading what was known by then',
  async (day) => {
    const end = `${iso(day + 1)} 00:00:00`;
    // Planned holds are a matter of the forecast alone: on the day itself it is the same whether their end is known.
    const isPlanned = day === LAST - 30;
    const known = again.map((hospital) => knownBy(hospital, end, isPlanned));
    const then = await buildInMemory({ looksAt: REPLAYED_IN, raw: rawOf(known, end) });
    const compared = async (metrics: readonly string[], of: readonly SmallHospital[]) => {
      const here = new Set(of.map(({ facility }) => facility));
      const loaded = await answersBy('facility', then, metrics);
      const expected = new Map([...loaded].filter(([facility]) => here.has(facility)));
      expect(expected.size).toBeGreaterThan(of.length * 0.9);
      expect(differences(expected, await answersBy('facility', whole, metrics, iso(day)))).toEqual([]);
    };
    await compared([...REPLAYED, ...(isPlanned ? ['suspension_forecast'] : [])], again);
    await compared(
      REPLAYED_WHEN_SETTLED,
      again.filter((_, i) => i % 2 === 0),
    );
    const suspended = ['suspended_providers', 'suspension_days', 'repeat_suspensions'];
    const loaded = await answersBy('provider', then, suspended);
    loaded.delete('null');
    expect(differences(loaded, await answersBy('provider', whole, suspended, iso(day)))).toEqual([]);
    await then.close();
  },
);

test('rows in another order, and rows out of scope, change nothing', async () => {
  const outOfScope = again.map((hospital): SmallHospital => {
    const [encounter, document] = [hospital.encounter[0]!, hospital.document[0]!];
    const id = String(encounter.encounter_id);
    const wrong = {
      ...lacking,
      deficiency_id: `${id}-wrong`,
      encounter_id: id,
      provider_id: `${hospital.facility}-dr1`,
    };
    const consult = { ...document, document_id: `${id}-consult`, doc_type: 'CONSULT', event: 'authored' };
    const bedside = { ...theatre, procedure_case_id: `${id}-bedside`, encounter_id: id };
    return {
      ...hospital,
      deficiency: [...hospital.deficiency, wrong],
      document: [...hospital.document, consult],
      procedure_case: [...hospital.procedure_case, bedside],
    };
  });
  const other = await buildInMemory({ looksAt: REPLAYED_IN, raw: rawOf(outOfScope, SMALL_AS_OF, true) });
  const metrics = [...REPLAYED, ...REPLAYED_WHEN_SETTLED, 'suspension_forecast'];
  const found = await answersBy('facility', other, metrics);
  expect(found.size).toBeGreaterThanOrEqual(again.length);
  expect(differences(found, await answersBy('facility', whole, metrics))).toEqual([]);
  await other.close();
});

/** Entered in error, and at the bedside: neither counts anywhere. */
const lacking = {
  ...{ doc_type: 'DS', action_type: 'sign', assigned_ts: '2025-02-12 10:01:00', allocated_ts: null },
  ...{ completed_ts: null, cancelled_ts: null, status: 'in_error' },
};
const theatre = {
  ...{ location: 'bedside', start_ts: '2025-02-09 10:01:00', end_ts: '2025-02-09 11:01:00', surgeon_id: null },
};
