import {
  tableToIPC,
  Table,
  vectorFromArray,
  Float64,
  Utf8,
  Bool,
  TimestampMillisecond,
  RecordBatch,
  Schema,
  type DataType,
  type Vector,
} from 'apache-arrow';
import { findMetric } from '../../../dashboard/data/catalogue.ts';
import { addMonths, nextPeriod } from '../../../dashboard/data/period.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { stubCatalogue } from './catalogue.ts';
import { registryShapes } from './registry.ts';
import { subjectShapes, type Shape } from './subject.ts';

/** The stub's calendar: what the demo's is. */
export const stubThrough = '2026-08-31';
export const stubAsOf = '2026-09-01T00:00:00.000Z';

/** 0–1, the same for the same text: FNV-1a, so that no run differs from another. */
const noise = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) & 0xffff) / 0xffff;
};

/** Months from January 2024, so that stories have dates. */
const monthNumber = (month: string): number => (Number(month.slice(0, 4)) - 2024) * 12 + Number(month.slice(5, 7)) - 1;
const goLive = monthNumber('2026-06-01');

const facilityLift = (group: string, month: number): number => {
  const sinceLive = Math.max(0, month - goLive + 1);
  if (group.includes('riverside')) return sinceLive * 0.09;
  return /lakeview|st-anne|pine/.test(group) ? 0 : sinceLive * 0.033;
};
const coderDrift = (group: string, month: number): number => {
  if (group.includes('coder-4')) return -0.0026 * month + 0.03;
  if (group.includes('coder-7')) return Math.min(0, -0.11 + Math.max(0, month - 24) * 0.016);
  return group.includes('coder') ? (noise(group) - 0.5) * 0.02 : 0;
};

const shapes: Readonly<Record<string, Shape>> = {
  ...subjectShapes,
  ...registryShapes,
  code_accuracy_auditor: (m, g) => ({
    value: 0.953 + (noise(`${g}${m}`) - 0.5) * (g === '' ? 0.004 : 0.018) + coderDrift(g, m) - (m > 29 ? 0.009 : 0),
    half: g === '' ? 0.011 : 0.024,
    n: g === '' ? 240 : 28,
  }),
  code_accuracy_coder: (m, g) => ({ value: 0.936 + coderDrift(g, m), half: g === '' ? 0.012 : 0.026, n: 240 }),
  code_accuracy_all: (m, g) => ({ value: 0.915 + coderDrift(g, m), half: g === '' ? 0.013 : 0.03, n: 240 }),
  error_free_records: (m, g) => ({ value: 0.66 + coderDrift(g, m) * 3, half: g === '' ? 0.06 : 0.12, n: 240 }),
  delinquency_rate: (m, g) => ({ value: 0.116 + facilityLift(g, m), half: 0, n: 1420 }),
  delinquency_rate_previous_month: (m, g) => ({ value: 0.11 + facilityLift(g, m) * 0.9, half: 0, n: 1390 }),
  delinquency_rate_cohort: (m, g) => ({ value: 0.055 + facilityLift(g, m) * 0.4, half: 0.008, n: 1390 }),
  complete_in_30_days: (m, g) => ({ value: 0.93 - facilityLift(g, m) * 0.5, half: 0.012, n: 1400 }),
  deficiency_turnaround_p50: (m, g) => ({ value: 2.7 + facilityLift(g, m) * 6 + noise(g + 'd') * 3, half: 0, n: 3200 }),
  deficiency_turnaround_p90: (m, g) => ({
    value: 9.1 + facilityLift(g, m) * 22 + noise(g + 'd') * 9,
    half: 0,
    n: 3200,
  }),
  discharge_to_complete_km: (m, g) => ({ value: 8.4 + facilityLift(g, m) * 24, half: 0.5, n: 1400 }),
  open_deficiencies: (m, g) => ({
    value: (g === '' ? 765 : g === 'signature' ? 412 : 20 + noise(g) * 160) * (1 + facilityLift('', m) * 6),
    half: 0,
    n: 0,
  }),
  awaiting_analysis: (_m, g) => ({ value: g === '' ? 212 : 40, half: 0, n: 0 }),
  discharge_to_coded_km: (m, g) => ({ value: 3.6 + noise(g) * 0.4 - (m > 24 ? 0.3 : 0), half: 0.12, n: 1400 }),
  dnfc_count: () => ({ value: 172, half: 0, n: 0 }),
  abstracted_in_6_months: (m) => ({ value: m > 20 && m < 27 ? 0.72 : 0.925, half: 0.045, n: 66 }),
  registry_cases: (_m, g) => ({
    value: 66 * ({ '': 1, '0': 0.1, '1': 0.45, '2': 0.2, '3': 0.21, '9': 0.04 }[g] ?? 0.05 + noise(g) * 0.2),
    half: 0,
    n: 0,
  }),
};

interface StubRow {
  readonly metric: string;
  readonly period: string | null;
  readonly group: readonly (string | null)[];
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number | null;
  readonly compareValue: number | null;
  readonly change: number | null;
}

const measured = (metric: string, month: string, group: readonly string[], spanMonths: number) => {
  const found = findMetric(stubCatalogue, metric);
  const shape = shapes[metric];
  if (!found || !shape) return null;
  // A forecast is of days to come, everything else of days that were.
  if (month > stubThrough !== (metric === 'dnfb_forecast')) return null;
  // Timeliness is known six months later only, as the mart has it.
  if (metric === 'abstracted_in_6_months' && month > '2026-02-28') return null;
  const key = group.join('|');
  const { value, half, n } = shape(monthNumber(month), key);
  const isStock = ['open_deficiencies', 'awaiting_analysis', 'dnfc_count'].includes(metric) || found.take === 'last';
  const scale = found.unit === 'count' && !isStock ? spanMonths : 1;
  const spread = found.unit === 'share' ? 0.009 : value * 0.06;
  const noisy = Math.max(0, value + (noise(metric + month + key) - 0.5) * spread) * scale;
  const exact = found.unit === 'count' ? Math.round(noisy) : found.unit === 'share' ? Math.min(0.998, noisy) : noisy;
  const tight = half / Math.sqrt(Math.max(1, spanMonths / 1.5));
  const hasInterval = half > 0;
  return {
    value: exact,
    numerator: found.unit === 'share' ? Math.round(exact * n) : null,
    denominator: found.unit === 'share' ? n : null,
    lower: hasInterval ? Math.max(0, exact - tight * 1.05) : null,
    upper: hasInterval ? Math.min(found.unit === 'share' ? 1 : Infinity, exact + tight * 0.95) : null,
    n: found.unit === 'count' ? exact : n,
  };
};

const stepOf = { month: 1, quarter: 3, year: 12 } as const;

const periodsOf = (view: ViewState): readonly { start: string; months: number; isNull: boolean }[] => {
  const from = view.from ?? '2016-01-01';
  const end = (view.to ?? '2026-09-01') < '2026-09-01' ? view.to! : '2026-09-01';
  if (view.grain === null) {
    const months = monthNumber(end) - monthNumber(from);
    return [{ start: addMonths(end, -1), months, isNull: true }];
  }
  if (view.grain === 'day' || view.grain === 'week') {
    const grain = view.grain;
    const periods = [];
    for (let start = from; start < (view.to ?? '2026-10-01'); start = nextPeriod(start, grain))
      periods.push({ start, months: 1, isNull: false });
    return periods;
  }
  const step = stepOf[view.grain];
  const first = addMonths(from, -(monthNumber(from) % step));
  const periods = [];
  for (let start = first; start < end; start = addMonths(start, step))
    periods.push({ start, months: step, isNull: false });
  return periods;
};

const groupsOf = (view: ViewState): readonly (readonly string[])[] =>
  view.by.reduce<readonly (readonly string[])[]>(
    (groups, dimension) => {
      const values = stubCatalogue.dimensions.find((one) => one.id === dimension)?.values ?? [];
      const kept = view.where[dimension];
      return groups.flatMap((group) =>
        values.filter((one) => !kept || kept.includes(one.value)).map((one) => [...group, one.value]),
      );
    },
    [[]],
  );

const rowsOf = (view: ViewState): readonly StubRow[] =>
  view.metrics.flatMap((metric) =>
    periodsOf(view).flatMap(({ start, months, isNull }) =>
      groupsOf(view).map((group): StubRow => {
        const filtered = [...group, ...Object.values(view.where).flat()];
        // Over a whole span the timeliness of what is known by then.
        const now = measured(
          metric,
          isNull && metric === 'abstracted_in_6_months' ? '2026-02-01' : start,
          filtered,
          months,
        );
        const before =
          view.compare === null
            ? null
            : measured(metric, addMonths(start, view.compare === 'year' ? -12 : -months), filtered, months);
        const change = now && before ? now.value - before.value : null;
        const nothing = { value: null, numerator: null, denominator: null, lower: null, upper: null, n: 0 };
        return {
          metric,
          period: isNull ? null : start,
          group,
          ...(now ?? nothing),
          compareValue: before?.value ?? null,
          change,
        };
      }),
    ),
  );

const vector = (values: readonly unknown[], type: DataType): Vector =>
  vectorFromArray(values as never[], type as never);

/** As `POST /api/query` answers: an Arrow stream with what it speaks of in the schema's metadata. */
export const stubAnswer = (
  view: ViewState,
  release: string,
  isWithheld = false,
  against: string | null = null,
): Uint8Array => {
  // What another release had: the numbers of a year before, which nobody can tell from others.
  const all = rowsOf(against === null ? view : { ...view, compare: 'year' });
  const rows = isWithheld ? all.map((row) => ({ ...row, value: null, lower: null, upper: null, change: null })) : all;
  const numbers = ['value', 'numerator', 'denominator', 'lower', 'upper', 'n', 'compareValue', 'change'] as const;
  const columns: Record<string, Vector> = {
    metric: vector(
      rows.map((row) => row.metric),
      new Utf8(),
    ),
    period: vector(
      rows.map((row) => (row.period === null ? null : Date.parse(row.period))),
      new TimestampMillisecond(),
    ),
    ...Object.fromEntries(
      view.by.map((dimension, i) => [
        dimension,
        vector(
          rows.map((row) => row.group[i] ?? null),
          new Utf8(),
        ),
      ]),
    ),
    ...Object.fromEntries(
      numbers.map((name) => [
        name,
        vector(
          rows.map((row) => row[name]),
          new Float64(),
        ),
      ]),
    ),
    suppressed: vector(
      rows.map(() => isWithheld),
      new Bool(),
    ),
  };
  return withMetadata(new Table(columns), {
    release,
    asOf: stubAsOf,
    completeThrough: stubThrough,
    metrics: '[]',
    ...(against === null
      ? {}
      : {
          against: JSON.stringify({
            ...{ release: against, asOf: stubAsOf, completeThrough: '2026-07-31' },
            metrics: view.metrics.map((id, at) => ({
              id,
              version: '0a1b2c3d',
              state: at === 0 ? 'same' : 'redefined',
            })),
          }),
        }),
  });
};

const withMetadata = (table: Table, metadata: Readonly<Record<string, string>>): Uint8Array => {
  const schema = new Schema(table.schema.fields, new Map(Object.entries(metadata)));
  return tableToIPC(
    new Table(
      schema,
      table.batches.map((batch) => new RecordBatch(schema, batch.data)),
    ),
    'stream',
  );
};

/** As `POST /api/survival` answers: half complete by about eight days, a tail that go-live made long. */
export const stubSurvival = (release: string): Uint8Array => {
  const times = Array.from({ length: 180 }, (_, i) => (i + 1) / 2);
  const share = (day: number) => 0.06 + 0.94 * Math.exp(-day / 12.6) + (day > 4 && day < 9 ? 0.01 : 0);
  const survivals = times.map((day) => Math.min(1, share(day)));
  const float = (values: readonly number[]) => vector(values, new Float64());
  return withMetadata(
    new Table({
      time: float(times),
      survival: float(survivals),
      lower: float(survivals.map((one, i) => Math.max(0, one - 0.006 - i * 0.00012))),
      upper: float(survivals.map((one, i) => Math.min(1, one + 0.006 + i * 0.00012))),
      at_risk: float(survivals.map((one, i) => Math.round(33_400 * one * (1 - i / 420)))),
    }),
    { release },
  );
};
