import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogueOf, type Catalogue } from '../../warehouse/metric/catalogue.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { toJson } from '../../warehouse/query/text-formats.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';
import { findings } from './audit-finding.ts';
import { accuracy } from './code-accuracy.ts';
import { turnaround, uncodedOn } from './coding-turnaround.ts';
import { delinquency } from './delinquency.ts';
import { drawn } from './drawn.ts';
import { AS_OF, randomHospital } from './random-hospital.ts';
import { completion, incompleteOn, LAST_DAY, openOn, snapshotDays } from './record-completion.ts';
import { registry } from './registry.ts';

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe.each([1, 2, 3])('random hospital %i', (seed) => {
  const hospital = randomHospital(seed);
  let warehouse: Awaited<ReturnType<typeof buildInMemory>>;
  let catalogue: Catalogue;
  let reader: Awaited<ReturnType<typeof memoryReader>>;

  beforeAll(async () => {
    const source = `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${AS_OF}`;
    const raw = Object.fromEntries(Object.entries(hospital).map(([name, extract]) => [name, drawn(extract)]));
    warehouse = await buildInMemory({ raw: { source, ...raw } });
    reader = await memoryReader(warehouse.connection);
    catalogue = await catalogueOf(reader, [fileURLToPath(new URL('../../sql/metric', import.meta.url))]);
  });
  afterAll(() => warehouse.close());

  /** The warehouse's answers by metric: in total, or of one facility. */
  const asked = async (expected: Readonly<Record<string, unknown>>, facility?: string | null, asOf?: string) => {
    const view = readViewState({
      metrics: Object.keys(expected),
      ...(facility === undefined ? {} : { where: { facility: [facility ?? ''] } }),
      ...(asOf === undefined ? {} : { asOf }),
    });
    const found = toJson(await answer(reader, catalogue, view)).rows;
    return Object.fromEntries(found.map(({ metric, value }) => [metric, value]));
  };

  const agree = async (expected: Readonly<Record<string, number | null>>, facility?: string | null, asOf?: string) => {
    const found = await asked(expected, facility, asOf);
    for (const [metric, value] of Object.entries(expected))
      if (value === null || Number.isNaN(value)) expect(found[metric], metric).toBeNull();
      else expect(found[metric], metric).toBeCloseTo(value, 9);
  };

  test('no promise is broken', () => {
    const broken = warehouse.asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0);
    // Some encounters are drawn without their facility, which the gate would refuse.
    expect(broken.map(({ name }) => name)).toEqual(['encounter_has_facility']);
  });

  test.each([undefined, 'north', 'south', 'silent', null])('code accuracy (%s)', async (facility) => {
    const here = (sample: 'random' | 'focused') =>
      findings(hospital, sample).filter((one) => facility === undefined || one.facility === facility);
    await agree(accuracy(here('random')), facility);
    await agree({ code_accuracy_auditor_focused: accuracy(here('focused')).code_accuracy_auditor }, facility);
  });

  test.each([undefined, 'north', 'south', 'silent', null])('record completion (%s)', async (facility) => {
    await agree(completion(hospital, facility), facility);
  });

  test.each([undefined, 'north', 'south', 'silent', null])('delinquency (%s)', async (facility) => {
    await agree(delinquency(hospital, LAST_DAY, facility), facility);
  });

  test('stocks, at every month’s end', async () => {
    for (const day of snapshotDays(hospital)) {
      const { delinquency_rate, delinquency_rate_previous_month, delinquent_records } = delinquency(hospital, day);
      await agree(
        {
          ...{ delinquency_rate, delinquency_rate_previous_month, delinquent_records },
          ...{ open_deficiencies: openOn(hospital, day), incomplete_records: incompleteOn(hospital, day) },
        },
        undefined,
        iso(day),
      );
    }
  });

  test.each([undefined, 'north', 'south', 'silent', null])('coding turnaround (%s)', async (facility) => {
    await agree(turnaround(hospital, facility), facility);
  });

  test('DNFC on every day', async () => {
    const found = await rows(
      warehouse.connection,
      `select stock_date::varchar as day, availability, sum(uncoded_count) as n from mart.dnfc_day group by all`,
    );
    const stock = new Map(found.map(({ day, availability, n }) => [`${day} ${availability}`, n]));
    for (let day = LAST_DAY - 200; day <= LAST_DAY; day++)
      expect({
        available: stock.get(`${iso(day)} available`),
        unavailable: stock.get(`${iso(day)} unavailable`),
      }).toEqual(uncodedOn(hospital, day));
    await agree(
      {
        dnfc_count:
          uncodedOn(hospital, LAST_DAY, 'north').available + uncodedOn(hospital, LAST_DAY, 'north').unavailable,
      },
      'north',
    );
  });

  test.each([undefined, 'north', 'south'])('registry (%s)', async (facility) => {
    await agree(registry(hospital, facility), facility);
  });
});
