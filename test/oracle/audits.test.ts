import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type Asking } from '../support/ask.ts';
import { agreement } from './audit-agreement.ts';
import { drgMeasures, isDrgKept } from './audit-drg.ts';
import { findings, type Finding } from './audit-finding.ts';
import { levelsOf, parts } from './audit-part.ts';
import { coverage, rebuttals, weighted } from './audit-process.ts';
import { accuracy } from './code-accuracy.ts';
import { drawn } from './drawn.ts';
import { randomAudits, type Audited } from './random-audits.ts';
import type { Row } from './random-hospital.ts';
import type { Pairing } from './worksheet.ts';

type Values = Readonly<Record<string, number | null>>;

/** Every audit measure of every hospital, in plain loops. */
const expectedOf = (audits: Audited, pairing: Pairing): Map<string, Values> => {
  const found = { random: findings(audits, 'random', pairing), focused: findings(audits, 'focused', pairing) };
  const byEncounter = new Map(audits.encounter.map((one) => [one.encounter_id, one]));
  const facilityOf = (audit: Row): string => String(byEncounter.get(audit.encounter_id)?.facility_id);
  const here = {
    random: Map.groupBy(found.random, ({ facility }) => facility),
    focused: Map.groupBy(found.focused, ({ facility }) => facility),
    review: Map.groupBy(audits.audit_review, facilityOf),
    encounter: Map.groupBy(audits.encounter, ({ facility_id }) => facility_id),
  };
  const sheets = Map.groupBy(audits.audit_code, ({ audit_id }) => audit_id);
  const drgs = Map.groupBy(audits.encounter_drg, ({ encounter_id }) => encounter_id);
  const events = Map.groupBy(audits.coding_event, ({ encounter_id }) => encounter_id);
  const drgsOf = (encounter: unknown): readonly Row[] => drgs.get(encounter as string) ?? [];
  const levels = levelsOf(audits.encounter_code, audits.cc_code);
  const tellsOf = (facility: string) => ({
    modifier: [...(here.random.get(facility) ?? []), ...(here.focused.get(facility) ?? [])].some(({ before }) =>
      before.some(({ modifier }) => modifier > 0),
    ),
    abstract: (here.review.get(facility) ?? [])
      .flatMap(({ audit_id }) => sheets.get(audit_id) ?? [])
      .some(({ error_type }) =>
        ['px_date_changed', 'px_provider_changed', 'consult_provider_changed'].includes(String(error_type)),
      ),
  });
  return new Map(
    audits.encounter.map(({ facility_id }): [string, Values] => {
      const facility = String(facility_id);
      const random: Finding[] = here.random.get(facility) ?? [];
      const focused: Finding[] = here.focused.get(facility) ?? [];
      const encounters = here.encounter.get(facility) ?? [];
      const reviews = here.review.get(facility) ?? [];
      const own = {
        ...audits,
        audit_review: reviews,
        audit_code: reviews.flatMap((one) => sheets.get(one.audit_id) ?? []),
      };
      const aside = accuracy(focused);
      return [
        facility,
        {
          ...accuracy(random),
          ...parts(random, {
            ...{ sheets, levels, weights: audits.score_weight, tells: tellsOf(facility) },
            drgOf: (one) => isDrgKept(one, drgsOf(one.audit.encounter_id)),
          }),
          ...drgMeasures(random, drgsOf, audits.blended_rate),
          ...agreement(own, facilityOf, facility),
          ...rebuttals(random),
          ...coverage(
            encounters,
            encounters.flatMap((one) => events.get(one.encounter_id) ?? []),
            random,
            random.length + focused.length > 0,
          ),
          ...weighted(random),
          code_accuracy_auditor_focused: aside.code_accuracy_auditor,
          error_free_records_focused: aside.error_free_records,
          drg_accuracy_focused: drgMeasures(focused, drgsOf, []).drg_accuracy,
        },
      ];
    }),
  );
};

const cases: readonly (readonly [Pairing, number, number])[] = [
  ['category', 1, 1000],
  ['explicit_link', 2, 100],
  ['net_count', 3, 100],
];

describe.each(cases)('%s, random hospitals of seed %i: %i of them', (pairing, seed, hospitals) => {
  const audits = randomAudits(seed, hospitals);
  const expected = expectedOf(audits, pairing);
  let asked: Asking;
  beforeAll(async () => {
    const raw = Object.fromEntries(Object.entries(audits).map(([name, extract]) => [name, drawn(extract)]));
    asked = await ask({ ...raw, metric_setting: `name | value\npairing | ${pairing}` });
  }, 120_000);
  afterAll(() => asked.close());

  test('no fatal promise is broken', () => {
    expect(asked.asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0)).toEqual([]);
  });

  test.each(Object.keys(expected.values().next().value!))('%s', async (metric) => {
    const answered = await asked.view({ metrics: [metric], by: ['facility'] });
    const found = new Map(answered.map(({ facility, value }) => [String(facility), value as number | null]));
    const wrong = [...expected].filter(([facility, values]) => {
      const [mine, theirs] = [values[metric] ?? null, found.get(facility) ?? null];
      return mine === null || theirs === null ? mine !== theirs : Math.abs(mine - theirs) > 1e-9;
    });
    expect(wrong.map(([facility, values]) => [facility, values[metric], found.get(facility)])).toEqual([]);
    expect([...expected.values()].filter((values) => values[metric] !== null).length).toBeGreaterThan(hospitals / 50);
  });
});
