import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type Asked, type Asking } from '../support/ask.ts';
import { cdi } from './cdi.ts';
import { denials } from './denial.ts';
import { mpi } from './mpi.ts';
import { productivity } from './productivity.ts';
import type { Row } from './random-hospital.ts';
import {
  AS_OF,
  POLICY_DAYS,
  POLICY_HOURS,
  randomOperations,
  REASONS,
  WORK_UNITS,
  type Operations,
} from './random-operations.ts';
import { roi } from './roi.ts';

const drawn = (extract: readonly Row[]): string => {
  if (extract.length === 0) return '';
  const columns = Object.keys(extract[0]!);
  return [columns, ...extract.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.join(' | '))
    .join('\n');
};

const rawOf = (all: Operations, asOf = AS_OF): Record<string, string> => ({
  source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}\n other | UTC | false | ${asOf}`,
  metric_setting: drawn([
    { name: 'query_policy_hours', value: POLICY_HOURS },
    ...Object.entries(POLICY_DAYS).map(([kind, days]) => ({ name: `roi_policy_days.${kind}`, value: days })),
  ]),
  work_unit: drawn(Object.entries(WORK_UNITS).map(([patient_class, units]) => ({ patient_class, units }))),
  reason_map: drawn(REASONS),
  ...Object.fromEntries(Object.entries(all).flatMap(([name, rows]) => (rows.length > 0 ? [[name, drawn(rows)]] : []))),
});

const HOSPITALS = 1000;
const byFacility = (all: Operations, asOf: string) => (facility: string) => ({
  ...cdi(all, facility, asOf),
  ...denials(all, facility, asOf),
  ...roi(all, facility, asOf),
  ...productivity(all, facility),
});

/** The answers of metrics, one group a key: metric → group → value; a group without a row is not known. */
const answersBy = async (asking: Asking, metrics: readonly string[], dimension: string, view: Asked = {}) => {
  const found = new Map(metrics.map((metric) => [metric, new Map<unknown, unknown>()]));
  for (const row of await asking.rows(metrics, { by: [dimension], ...view }))
    found.get(String(row.metric))!.set(row[dimension], row.value);
  return (metric: string, group: string): unknown => found.get(metric)!.get(group) ?? null;
};

const METRICS = Object.keys(byFacility(randomOperations(1, 1), AS_OF)('f0'));
const INDEX_METRICS = ['duplicate_error_rate', 'duplicate_creation_rate', 'overlays', 'overlaps'];
/** The mean adds days to the hundred-millionth. */
const digitsOf = (metric: string): number => (metric === 'roi_turnaround_mean' ? 7 : 9);

const agree = (found: unknown, expected: number | null, metric: string, group: string): void => {
  if (expected === null || Number.isNaN(expected)) expect(found, `${metric} of ${group}`).toBeNull();
  else expect(found, `${metric} of ${group}`).toBeCloseTo(expected, digitsOf(metric));
};

describe('a thousand random small hospitals', () => {
  const all = randomOperations(7, HOSPITALS);
  let asking: Asking;
  beforeAll(async () => {
    asking = await ask(rawOf(all));
  }, 120_000);
  afterAll(() => asking.close());

  test('no promise that would keep the release back is broken', () => {
    const fatal = asking.warehouse.asserts.filter(({ severity }) => severity === 'fatal').map(({ name }) => name);
    expect(asking.findings.filter((name) => fatal.includes(name))).toEqual([]);
  });

  test('queries, denials, requests and productivity are what plain loops make of them', async () => {
    const found = await answersBy(asking, METRICS, 'facility');
    const oracle = byFacility(all, AS_OF);
    const known = new Map(METRICS.map((metric) => [metric, 0]));
    for (let i = 0; i < HOSPITALS; i++) {
      for (const [metric, value] of Object.entries(oracle(`f${i}`))) {
        agree(found(metric, `f${i}`), value, metric, `f${i}`);
        if (value !== null && !Number.isNaN(value)) known.set(metric, known.get(metric)! + 1);
      }
    }
    // An agreement that nothing is known would be worth nothing.
    for (const [metric, count] of known) expect(count, metric).toBeGreaterThan(HOSPITALS / 5);
  }, 120_000);

  test('patient indexes are what plain loops make of them', async () => {
    const found = await answersBy(asking, INDEX_METRICS, 'patient_index');
    for (let i = 0; i < HOSPITALS; i++)
      for (const [metric, value] of Object.entries(mpi(all, `m${i}`)))
        agree(found(metric, `m${i}`), value, metric, `m${i}`);
  }, 120_000);
});
