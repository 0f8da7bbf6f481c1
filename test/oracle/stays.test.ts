import { afterAll, beforeAll, expect, test } from 'vitest';
import { answersBy, askOf, type AskingOf } from '../support/ask.ts';
import { casefinding } from './casefinding.ts';
import { drgSteps } from './drg-journey.ts';
import { drawn } from './drawn.ts';
import { randomStays, type Stays } from './random-stays.ts';

const hospitals = randomStays(1000);

const extract = (name: keyof Stays): string => drawn(hospitals.flatMap((hospital) => hospital[name]));

let asking: AskingOf;
beforeAll(async () => {
  const metrics = [casefinding, drgSteps].flatMap((measure) => Object.keys(measure(hospitals[0]!)));
  asking = await askOf(metrics, {
    source: 'source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-04-01 00:00:00',
    encounter: extract('encounter'),
    encounter_code: extract('encounter_code'),
    encounter_drg: extract('encounter_drg'),
    tumor: extract('tumor'),
  });
}, 120_000);
afterAll(() => asking.close());

test.each([
  ['casefinding', casefinding],
  ['the DRG journey', drgSteps],
] as const)(
  '%s of a thousand random small hospitals',
  async (_name, measure: (of: Stays) => Record<string, number | null>) => {
    const found = await answersBy(asking, Object.keys(measure(hospitals[0]!)), 'facility');
    let known = 0;
    for (const hospital of hospitals) {
      const facility = String(hospital.encounter[0]!.facility_id);
      for (const [metric, value] of Object.entries(measure(hospital))) {
        // A count of nothing has no row.
        const answered = found(metric, facility) ?? (value === 0 ? 0 : null);
        if (value === null) expect(answered, `${metric} ${facility}`).toBeNull();
        else expect(answered, `${metric} ${facility}`).toBeCloseTo(value, 9);
        if (value) known++;
      }
    }
    expect(known).toBeGreaterThan(500);
  },
);
