import { beforeAll, describe, expect, test } from 'vitest';
import type { Grain, Metric } from '../../../warehouse/metric/metric.ts';
import type { Reader } from '../../../warehouse/open.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toJson, type JsonRow } from '../../../warehouse/query/text-formats.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { studentTQuantile } from '../../../warehouse/statistics/student-t-quantile.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

/**
 * Everything `answer` does with SQL, done once more in plain loops over the same random rows. Only the t quantile is
 * shared: it has a proof of its own.
 */
interface Fact {
  readonly day: string;
  readonly facility: string | null;
  readonly service: string | null;
  readonly record: number;
  readonly good: number;
  readonly total: number;
  readonly days: number | null;
  /** Milliseconds. */
  readonly start: number | null;
  readonly event: number | null;
  readonly until: number;
}

const dimensions = { facility: 'facility_id', service: 'service_line' };
const from = { from: 'mart.fact', date: 'fact_date' } as const;
const clock = { ...from, start: 'started_at', event: 'happened_at', until: 'watched_until' } as const;
const metrics: readonly Metric[] = [
  metric(
    'plain',
    { kind: 'ratio', ...from, numerator: 'good', denominator: 'total', interval: 'none', denominator_divisor: 12 },
    dimensions,
  ),
  metric(
    'cluster',
    { kind: 'ratio', ...from, numerator: 'good', denominator: 'total', interval: 'cluster', cluster: 'record' },
    dimensions,
  ),
  metric('wilson', { kind: 'ratio', ...from, numerator: 'good', denominator: 'total', interval: 'wilson' }, dimensions),
  metric('rows', { kind: 'count', ...from, count: '*' }, dimensions),
  metric('sum', { kind: 'count', ...from, count: 'total' }, dimensions),
  metric('stock', { kind: 'count', ...from, count: 'total', take: 'last' }, dimensions),
  metric('median', { kind: 'quantile', ...from, value: 'days', p: 0.5 }, dimensions),
  metric('p90', { kind: 'quantile', ...from, value: 'days', p: 0.9 }, dimensions),
  metric('km', { kind: 'km_quantile', ...clock, p: 0.5 }, dimensions),
  metric('km_share', { kind: 'km_share', ...clock, at: 30 }, dimensions),
];

let reader: Reader;
let facts: readonly Fact[];

beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  await release.connection.run(`
    create type core.service as enum ('medicine', 'surgery', 'obstetrics');
    create table mart.fact as
    select
      date '2024-11-01' + cast(hash(i) % 600 as integer) as fact_date,
      case when hash(i, 1) % 20 > 0 then ['riverside', 'lakeview', 'st-anne'][1 + cast(hash(i, 2) % 3 as bigint)] end as facility_id,
      cast(case when hash(i, 3) % 15 > 0 then ['medicine', 'surgery', 'obstetrics'][1 + cast(hash(i, 4) % 3 as bigint)] end as core.service) as service_line,
      cast(hash(i, 5) % 700 as integer) as record,
      cast(hash(i, 6) % 11 as bigint) as good,
      cast(10 + hash(i, 7) % 3 as bigint) as total,
      case when hash(i, 8) % 6 > 0 then cast((cast(hash(i, 9) % 50000 as integer) - 1000) / 1000.0 as decimal(18, 4)) end as days,
      case when hash(i, 10) % 40 > 0 then fact_date + to_minutes(cast(hash(i, 11) % 1440 as bigint)) end as started_at,
      case when hash(i, 12) % 3 > 0 then fact_date + to_hours(cast(hash(i, 13) % 2400 as bigint) - 24) end as happened_at,
      timestamp '2026-07-01' - to_hours(cast(hash(i, 14) % 240 as bigint)) as watched_until
    from range(2500) as r(i)`);
  const result = await release.connection.run(`
    select cast(fact_date as varchar) as day, facility_id as facility, cast(service_line as varchar) as service, record,
      cast(good as double) as good, cast(total as double) as total, cast(days as double) as days,
      epoch_ms(started_at)::double as start, epoch_ms(happened_at)::double as event, epoch_ms(watched_until)::double as until
    from mart.fact`);
  facts = (await result.getRowObjectsJS()) as unknown as Fact[];
});

describe('equals plain loops over the same rows', () => {
  const views: Record<string, Partial<ViewState>> = {
    'the whole range, one row each': {},
    'by month': { grain: 'month' },
    'by day and facility': { grain: 'day', by: ['facility'], from: '2025-02-20', to: '2025-05-01' },
    'by week, from a Wednesday to a Thursday': { grain: 'week', from: '2025-01-01', to: '2025-09-04' },
    'by quarter, facility and service': { grain: 'quarter', by: ['facility', 'service'] },
    'by year and service': { grain: 'year', by: ['service'] },
    'one facility': { where: { facility: ['riverside'] }, grain: 'month' },
    'two services or unknown, one facility': {
      where: { service: ['surgery', 'medicine', ''], facility: ['lakeview'] },
      by: ['service'],
    },
    'unknown facility only': { where: { facility: [''] }, grain: 'year' },
    'an empty list of values': { where: { facility: [] }, by: ['facility'] },
    'as of a day': { asOf: '2025-05-17', grain: 'quarter', by: ['facility'] },
    'as of a day within a range': { asOf: '2025-05-17', from: '2025-02-01', to: '2025-12-01' },
    'nothing there': { from: '2030-01-01' },
    'nothing there, by facility': { from: '2030-01-01', by: ['facility'] },
  };
  test.each(Object.entries(views))('%s', async (_, given) => {
    const asked = view({ metrics: metrics.map(({ id }) => id), ...given });
    const got = toJson(await answer(reader, catalogue(...metrics), asked)).rows;
    const expected = metrics.flatMap((each) => expectedRows(each, asked));
    expect(got.map(keyOf)).toEqual(expected.map(keyOf));
    got.forEach((row, i) => same(row, expected[i]!));
  });
});

const keyOf = (row: JsonRow): string => JSON.stringify([row.metric, row.period, row.facility, row.service]);

/** Equal to 12 digits: sums of doubles may differ in the last. */
const same = (got: JsonRow, expected: JsonRow): void => {
  for (const [name, want] of Object.entries(expected)) {
    const value = got[name];
    const close =
      typeof want === 'number' && typeof value === 'number'
        ? Math.abs(value - want) <= 1e-9 * Math.max(1, Math.abs(want))
        : value === want;
    if (!close) expect({ [`${keyOf(got)} ${name}`]: value }).toEqual({ [`${keyOf(got)} ${name}`]: want });
  }
};

const expectedRows = ({ id, measure }: Metric, { grain, by, from: first, to, where, asOf }: ViewState): JsonRow[] => {
  const end = asOf === null ? Infinity : Date.parse(asOf) + 86_400_000;
  const inRange = facts.filter(
    (fact) => (first === null || fact.day >= first) && (to === null || fact.day < to) && Date.parse(fact.day) < end,
  );
  const lastDays = new Map<string, string>();
  for (const { day } of inRange) {
    const period = grain === null ? '' : periodOf(day, grain);
    if (day > (lastDays.get(period) ?? '')) lastDays.set(period, day);
  }
  const kept = inRange
    .filter((fact) =>
      Object.entries(where).every(
        ([key, values]) => values.length === 0 || values.includes(fact[key as 'facility' | 'service'] ?? ''),
      ),
    )
    .filter(({ day }) => id !== 'stock' || lastDays.get(grain === null ? '' : periodOf(day, grain)) === day)
    .filter(({ start }) =>
      measure.kind !== 'km_quantile' && measure.kind !== 'km_share' ? true : start !== null && start < end,
    );
  const groups = new Map<string, Fact[]>();
  if (grain === null && by.length === 0) groups.set('[null]', []);
  for (const fact of kept) {
    const key = JSON.stringify([
      grain === null ? null : periodOf(fact.day, grain),
      ...by.map((dimension) => fact[dimension as 'facility' | 'service']),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups]
    .map(([key, group]) => ({ keys: JSON.parse(key) as (string | null)[], group }))
    .sort((a, b) => compareKeys(a.keys, b.keys))
    .map(({ keys: [period, ...values], group }) => ({
      metric: id,
      period: period ?? null,
      ...Object.fromEntries(by.map((dimension, i) => [dimension, values[i] ?? null])),
      ...numbers(id, group, end, groups),
      suppressed: false,
    }));
};

/** Text order, but services in the order of their ENUM, unknown last. */
const compareKeys = (a: readonly (string | null)[], b: readonly (string | null)[]): number => {
  const rank = (value: string | null | undefined): string => {
    const service = ['medicine', 'surgery', 'obstetrics'].indexOf(value ?? '');
    return value === null || value === undefined ? '~' : service >= 0 ? String(service) : value;
  };
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : rank(a[at]) < rank(b[at]) ? -1 : 1;
};

const periodOf = (day: string, grain: Grain): string => {
  const date = new Date(`${day}T00:00:00Z`);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const starts: Record<Grain, Date> = {
    day: date,
    week: new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000),
    month: new Date(Date.UTC(year, month)),
    quarter: new Date(Date.UTC(year, month - (month % 3))),
    year: new Date(Date.UTC(year, 0)),
  };
  return starts[grain].toISOString().slice(0, 10);
};

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

type Numbers = Record<'value' | 'numerator' | 'denominator' | 'lower' | 'upper' | 'n', number | null>;

const numbers = (
  id: string,
  group: readonly Fact[],
  end: number,
  groups: ReadonlyMap<string, readonly Fact[]>,
): Numbers => {
  const none: Numbers = { value: null, numerator: null, denominator: null, lower: null, upper: null, n: 0 };
  const m = sum(group, ({ good }) => good);
  const n = sum(group, ({ total }) => total);
  switch (id) {
    case 'plain':
      return { ...none, value: n === 0 ? null : m / (n / 12), numerator: m, denominator: n / 12, n: n / 12 };
    case 'wilson':
      return { value: n === 0 ? null : m / n, numerator: m, denominator: n, ...wilson(m, n), n };
    case 'cluster':
      return {
        value: n === 0 ? null : m / n,
        numerator: m,
        denominator: n,
        ...clusterLimits(group, [...groups.values()]),
        n: recordsOf(group).length,
      };
    case 'rows':
      return { ...none, value: group.length, numerator: group.length, n: group.length };
    case 'sum':
    case 'stock':
      return { ...none, value: n, numerator: n, n };
    case 'median':
    case 'p90': {
      const days = group.flatMap((fact) => fact.days ?? []).sort((a, b) => a - b);
      return { ...none, value: quantile(days, id === 'median' ? 0.5 : 0.9), n: days.length };
    }
    default:
      return survivalNumbers(id, group, end);
  }
};

const quantile = (sorted: readonly number[], p: number): number | null => {
  if (sorted.length === 0) return null;
  const at = (sorted.length - 1) * p;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
};

const z = 1.959963984540054;

const wilson = (m: number, n: number): { lower: number | null; upper: number | null } => {
  if (n === 0) return { lower: null, upper: null };
  const p = m / n;
  const half = (z * Math.sqrt((p * (1 - p) + (z * z) / (4 * n)) / n)) / (1 + (z * z) / n);
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  return { lower: m === 0 ? 0 : middle - half, upper: m === n ? 1 : middle + half };
};

const recordsOf = (group: readonly Fact[]): { m: number; n: number }[] => {
  const records = new Map<number, { m: number; n: number }>();
  for (const { record, good, total } of group) {
    const so = records.get(record) ?? { m: 0, n: 0 };
    records.set(record, { m: so.m + good, n: so.n + total });
  }
  return [...records.values()];
};

/** Variance of Σm/Σn over clusters. */
const variance = (records: readonly { m: number; n: number }[]): number => {
  const k = records.length;
  const total = sum(records, ({ n }) => n);
  const p = sum(records, ({ m }) => m) / total;
  return ((k / (k - 1)) * sum(records, ({ m, n }) => (m - p * n) ** 2)) / total ** 2;
};

const clusterLimits = (
  group: readonly Fact[],
  groups: readonly (readonly Fact[])[],
): { lower: number | null; upper: number | null } => {
  const records = recordsOf(group);
  const k = records.length;
  if (k < 2) return { lower: null, upper: null };
  const m = sum(records, (each) => each.m);
  const n = sum(records, (each) => each.n);
  if (k >= 10 && variance(records) > 0 && m < n) {
    const half = studentTQuantile(0.975, k - 1) * Math.sqrt(variance(records));
    return { lower: Math.max(0, m / n - half), upper: Math.min(1, m / n + half) };
  }
  const everything = groups.flatMap((each) => recordsOf(each));
  const total = sum(everything, (each) => each.n);
  const p = sum(everything, (each) => each.m) / total;
  const effect = Math.max(1, variance(everything) / ((p * (1 - p)) / total));
  return wilson(m / effect, n / effect);
};

const survivalNumbers = (id: string, group: readonly Fact[], end: number): Numbers => {
  const subjects = group.map(({ start, event, until }) => {
    const watched = Math.min(until, end);
    const died = event !== null && event <= watched;
    return { time: ((died ? event : watched) - start!) / 86_400_000, died };
  });
  const events = subjects.filter(({ died }) => died).length;
  const base = { numerator: events, denominator: subjects.length, n: subjects.length };
  const steps = stepsOf(subjects);
  if (id === 'km') {
    const reach = (of: (step: Step) => number): number | null => {
      const at = steps.findIndex((step) => of(step) <= 0.5 + 1e-8);
      const below = steps.findIndex((step) => of(step) < 0.5 - 1e-8);
      if (at < 0) return null;
      const until = below < 0 ? Math.max(...subjects.map(({ time }) => time)) : steps[below]!.time;
      return (steps[at]!.time + until) / 2;
    };
    // Limits that are not known (S = 0) reach nothing.
    return {
      value: reach((step) => step.s),
      lower: reach((step) => step.lower ?? Infinity),
      upper: reach((step) => step.upper ?? Infinity),
      ...base,
    };
  }
  if (subjects.every(({ time }) => time < 30) && !subjects.every(({ died }) => died)) {
    return { value: null, lower: null, upper: null, ...base };
  }
  const step = steps.findLast(({ time }) => time <= 30) ?? { s: 1, lower: 1, upper: 1 };
  const away = (limit: number | null): number | null => (limit === null ? null : 1 - limit);
  if (subjects.length === 0) return { value: null, lower: null, upper: null, ...base };
  return { value: 1 - step.s, lower: away(step.upper), upper: away(step.lower), ...base };
};

interface Step {
  readonly time: number;
  readonly s: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

const stepsOf = (subjects: readonly { time: number; died: boolean }[]): Step[] => {
  const times = [...new Set(subjects.filter(({ died }) => died).map(({ time }) => time))].sort((a, b) => a - b);
  let s = 1;
  let greenwood = 0;
  return times.map((time) => {
    const atRisk = subjects.filter((subject) => subject.time >= time).length;
    const deaths = subjects.filter((subject) => subject.died && subject.time === time).length;
    s *= 1 - deaths / atRisk;
    greenwood += deaths / (atRisk * (atRisk - deaths));
    if (atRisk === deaths) return { time, s: 0, lower: null, upper: null };
    const spread = (z * Math.sqrt(greenwood)) / Math.abs(Math.log(s));
    const limit = (sign: 1 | -1): number => Math.exp(-Math.exp(Math.log(-Math.log(s)) + sign * spread));
    return { time, s, lower: limit(1), upper: limit(-1) };
  });
};
