import { beforeAll, describe, expect, test } from 'vitest';
import { answersBy, askOf, type Asked } from '../support/ask.ts';
import { dayOf, isMonthEnd } from './calendar.ts';
import { drawFrom } from './chance.ts';
import type { Row } from './random-hospital.ts';
import { AS_OF, drawnOperations, randomOperations, type Operations } from './random-operations.ts';

const HOSPITALS = 60;
const all = randomOperations(11, HOSPITALS);
const METRICS = (
  'cdi_review_rate query_rate queries_per_record query_response_rate query_response_in_policy query_agreement_responded ' +
  'query_agreement_sent query_response_hours_p50 query_response_hours_p90 query_impact_rate query_weight_change ' +
  'cdi_drg_match query_compliance initial_denial_rate initial_denial_dollar_rate primary_denial_rate denial_write_offs ' +
  'denial_to_appeal_p50 denial_to_appeal_p90 denial_to_resolution_p50 denial_to_resolution_p90 denial_to_resolution_km ' +
  'denials_overturned denials_overturned_dollars initial_denials coding_related_denials roi_in_30_days roi_in_policy roi_turnaround_p50 ' +
  'roi_turnaround_p90 roi_turnaround_mean roi_pending_age roi_extended coder_productivity coder_productivity_units'
).split(' ');
const INDEX_METRICS = ['duplicate_error_rate', 'duplicate_creation_rate', 'overlays', 'overlaps'];

/** Every value by metric and facility or index, of extracts that speak until `asOf`. */
const valuesOf = async (
  operations: Operations,
  views: readonly Asked[] = [{}],
  asOf = AS_OF,
): Promise<Record<string, unknown>[]> => {
  const asking = await askOf([...METRICS, ...INDEX_METRICS], drawnOperations(operations, asOf));
  const found: Record<string, unknown>[] = [];
  for (const view of views) {
    const [of, ofIndex] = [
      await answersBy(asking, METRICS, 'facility', view),
      await answersBy(asking, INDEX_METRICS, 'patient_index', view),
    ];
    const numbers = Array.from({ length: HOSPITALS }, (_, i) => i);
    found.push(
      Object.fromEntries([
        ...METRICS.flatMap((metric) => numbers.map((i) => [`${metric} f${i}`, of(metric, `f${i}`)])),
        ...INDEX_METRICS.flatMap((metric) => numbers.map((i) => [`${metric} m${i}`, ofIndex(metric, `m${i}`)])),
      ]),
    );
  }
  await asking.close();
  return found;
};

const mapped = (operations: Operations, change: (rows: readonly Row[], name: string) => readonly Row[]): Operations =>
  Object.fromEntries(
    Object.entries(operations).map(([name, rows]) => [name, change(rows, name)]),
  ) as unknown as Operations;

const shuffled = (rows: readonly Row[], seed: number): Row[] => {
  const draw = drawFrom(seed);
  return rows
    .map((row) => [draw.whole(0, 1e9), row] as const)
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row);
};

describe('what does not matter changes nothing', () => {
  let plain: Record<string, unknown>;
  beforeAll(async () => {
    [plain] = (await valuesOf(all)) as [Record<string, unknown>];
  }, 600_000);

  test('the order of rows', async () => {
    expect(await valuesOf(mapped(all, (rows) => shuffled(rows, 3)))).toEqual([plain]);
  }, 600_000);

  test('an extract sent as two', async () => {
    const split = mapped(all, (rows) => rows.map((row, i) => ({ ...row, source_id: i % 3 === 0 ? 'other' : 'test' })));
    expect(await valuesOf(split)).toEqual([plain]);
  }, 600_000);

  test('rows out of scope', async () => {
    // A hospital of which everything arrives: elsewhere any row would show that a feed exists.
    const arrives = (name: 'cdi_review' | 'query' | 'denial', facility: string): boolean =>
      all[name].some((row) => String(row.encounter_id).startsWith(`${facility}-e`));
    const facility = Array.from({ length: HOSPITALS }, (_, i) => `f${i}`).find((one) =>
      (['cdi_review', 'query', 'denial'] as const).every((name) => arrives(name, one)),
    )!;
    const some = { facility, encounter: `${facility}-e0` };
    const more: Partial<Record<keyof Operations, readonly Row[]>> = {
      encounter: [
        { encounter_id: 'x1', facility_id: some.facility, patient_class: 'inpatient', discharge_ts: null },
        { encounter_id: 'x2', facility_id: some.facility, patient_class: 'ed', discharge_ts: '2026-03-01 12:00:00' },
      ],
      query: [
        {
          query_id: 'x1',
          encounter_id: some.encounter,
          workflow: 'cdi',
          sent_ts: '2026-03-01 12:00:00',
          status: 'cancelled',
        },
        { query_id: 'x2', encounter_id: 'x2', workflow: 'risk', sent_ts: '2026-06-15 12:00:00', status: 'sent' },
      ],
      encounter_drg: [{ encounter_id: 'x2', stage: 'working', drg_type: 'APR', drg_code: '193' }],
      coding_event: [{ encounter_id: 'x2', event: 'on_hold', event_ts: '2026-03-01 12:00:00' }],
      billing: [{ encounter_id: 'x2', bill_no: 1, gross_charges: 1000 }],
      denial: [
        {
          denial_id: 'x1',
          encounter_id: some.encounter,
          claim_id: 'x',
          level: 'second',
          received_ts: '2026-03-01 12:00:00',
        },
        {
          denial_id: 'x2',
          encounter_id: 'nowhere',
          claim_id: 'y',
          level: 'initial',
          received_ts: '2026-03-01 12:00:00',
        },
      ],
      period_stat: [{ facility_id: some.facility, month: '2026-03-01', coder_id: 'x', coder_productive_hours: 50 }],
      roi_request: [
        {
          request_id: 'x',
          facility_id: some.facility,
          requestor_type: 'patient_access',
          received_ts: '2026-03-01 12:00:00',
          status: 'cancelled',
        },
      ],
      mpi_stat: [{ system_id: 'x', as_of: '2026-03-01', records_total: 5 }],
    };
    const filled = mapped(all, (rows, name) => {
      const columns = Object.keys(rows[0]!);
      const added = (more[name as keyof Operations] ?? []).map((row) =>
        Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
      );
      return [...rows, ...added];
    });
    expect(await valuesOf(filled)).toEqual([plain]);
  }, 600_000);
});

/** The extracts as they would have been sent at the end of a day. */
const knownBy = (operations: Operations, lastDay: number): Operations => {
  const isKnown = (written: unknown): boolean => dayOf(written as string | null) <= lastDay;
  const isDay = (written: unknown): boolean => dayOf(`${String(written)} 00:00:00`) <= lastDay;
  const monthEnd = (month: unknown): number => {
    let day = dayOf(`${String(month)} 00:00:00`);
    while (!isMonthEnd(day)) day++;
    return day;
  };
  // A record is final coded with its first final coding, where there is none with its first coding.
  const codedAt = (id: Row[string] | undefined): string | null => {
    const first = (kind: string): string | undefined =>
      operations.coding_event
        .filter((event) => event.encounter_id === id && event.event === kind)
        .map((event) => event.event_ts as string)
        .sort()[0];
    return first('final_coded') ?? first('first_coded') ?? null;
  };
  const unanswered = {
    ...{
      responded_ts: null,
      outcome: null,
      drg_before: null,
      drg_after: null,
      weight_before: null,
      weight_after: null,
    },
    ...{ impact_cc: null, impact_mcc: null, impact_soi: null, impact_rom: null },
  };
  const changes: Partial<Record<keyof Operations, (row: Row) => Row | null>> = {
    encounter: (row) => (isKnown(row.discharge_ts) ? row : { ...row, discharge_ts: null }),
    cdi_review: (row) => (isKnown(row.review_ts) ? row : null),
    query: (row) => {
      if (!isKnown(row.sent_ts)) return null;
      if (row.status === 'cancelled') return row;
      const closed = isKnown(row.closed_ts) ? row.closed_ts! : null;
      const status = closed === null ? 'sent' : 'closed';
      if (row.responded_ts !== null && !isKnown(row.responded_ts))
        return { ...row, ...unanswered, closed_ts: closed, status };
      const outcome = row.responded_ts === null && closed === null ? null : row.outcome!;
      return { ...row, outcome, closed_ts: closed, status: row.responded_ts === null ? status : row.status! };
    },
    encounter_drg: (row) => (row.stage !== 'final' || isKnown(codedAt(row.encounter_id)) ? row : null),
    coding_event: (row) => (isKnown(row.event_ts) ? row : null),
    billing: (row) => (isKnown(row.submitted_ts) ? row : { ...row, submitted_ts: null }),
    denial: (row) => {
      if (!isKnown(row.received_ts)) return null;
      const settled = isKnown(row.resolved_ts) ? {} : { resolved_ts: null, outcome: null, recovered_amt: null };
      return { ...row, ...settled, appealed_ts: isKnown(row.appealed_ts) ? row.appealed_ts! : null };
    },
    period_stat: (row) => (monthEnd(row.month) <= lastDay ? row : null),
    roi_request: (row) => {
      if (!isKnown(row.received_ts)) return null;
      if (row.fulfilled_ts === null || isKnown(row.fulfilled_ts)) return row;
      return { ...row, fulfilled_ts: null, status: 'pending' };
    },
    mpi_stat: (row) => (isDay(row.as_of) ? row : null),
  };
  return mapped(operations, (rows, name) =>
    rows.map((row) => changes[name as keyof Operations]!(row)).filter((row) => row !== null),
  );
};

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

test('as of a past day every figure is what the extracts of that day would have given', async () => {
  const days = ['2026-02-28', '2026-04-30', '2026-05-10'];
  const replayed = await valuesOf(
    all,
    days.map((asOf) => ({ asOf })),
  );
  for (const [i, day] of days.entries()) {
    const lastDay = dayOf(`${day} 00:00:00`);
    const [then] = await valuesOf(knownBy(all, lastDay), [{}], `${iso(lastDay + 1)} 00:00:00`);
    // Pending requests are counted at month's ends, and on the last day told of.
    const compared = Object.entries(then!).filter(
      ([name]) => isMonthEnd(lastDay) || !name.startsWith('roi_pending_age'),
    );
    expect(compared.filter(([, value]) => value !== null).length, day).toBeGreaterThan(METRICS.length * 20);
    expect(Object.fromEntries(compared.map(([name]) => [name, replayed[i]![name]])), day).toEqual(
      Object.fromEntries(compared),
    );
  }
}, 600_000);
