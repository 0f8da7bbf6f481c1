import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answersBy, ask, type Asking } from '../support/ask.ts';
import { cdi } from './cdi.ts';
import { denials } from './denial.ts';
import { mpi } from './mpi.ts';
import { productivity } from './productivity.ts';
import { AS_OF, drawnOperations, randomOperations, type Operations } from './random-operations.ts';
import { roi } from './roi.ts';

const HOSPITALS = 1000;
const byFacility = (all: Operations, asOf: string) => (facility: string) => ({
  ...cdi(all, facility, asOf),
  ...denials(all, facility, asOf),
  ...roi(all, facility, asOf),
  ...productivity(all, facility),
});

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
    asking = await ask(drawnOperations(all));
  }, 600_000);
  afterAll(() => asking.close());

  test('no promise that would keep the release back is broken', () => {
    const fatal = asking.asserts.filter(({ severity }) => severity === 'fatal').map(({ name }) => name);
    expect(Object.keys(asking.broken).filter((name) => fatal.includes(name))).toEqual([]);
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
  }, 600_000);

  test('patient indexes are what plain loops make of them', async () => {
    const found = await answersBy(asking, INDEX_METRICS, 'patient_index');
    for (let i = 0; i < HOSPITALS; i++)
      for (const [metric, value] of Object.entries(mpi(all, `m${i}`)))
        agree(found(metric, `m${i}`), value, metric, `m${i}`);
  }, 600_000);
});
