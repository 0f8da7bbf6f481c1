import { expect, test } from 'vitest';
import { Nights } from '../support/nights.ts';

const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
const NIGHTS = Number(process.env.NIGHTS ?? 2);

test.each(seeds)(
  'a warehouse built night by night is the one built from scratch (seed %i)',
  async (seed) => {
    const nights = await Nights.of(seed, 6);
    try {
      let story = 'the first night';
      let byMonths = 0;
      for (let night = 0; night <= NIGHTS; night++) {
        const { release, step, scratch } = await nights.build();
        byMonths += release.models.filter(({ by }) => by === 'months').length;
        if (process.env.STORY) {
          const count = (by: string | null): number => release.models.filter((model) => model.by === by).length;
          console.log(
            `${story}: kept ${count(null)}, by units ${count('units')}, by months ${count('months')}, whole ${count('whole')}`,
          );
        }
        expect(await Nights.differences(step, scratch), story).toEqual([]);
        const untold = release.models.filter(({ by, why }) => by === 'whole' && why === null);
        if (night > 0) expect(untold, story).toEqual([]);
        story = `night ${night + 1}: ${nights.pass()}`;
      }
      // Otherwise no stock was put to the test.
      expect(byMonths).toBeGreaterThan(0);
    } finally {
      nights.end();
    }
  },
  600_000,
);

/** What holds the rows of encounters, accounts and documents: a day that brings none of them costs none of these. */
const LASTING = [
  'core.billing_turnaround',
  'core.casefinding',
  'core.chart_arrival',
  'core.coding_turnaround',
  'core.deficiency_due',
  'core.deficiency_policy',
  'core.delinquency_cohort',
  'core.document_due',
  'core.document_expected',
  'core.due_policy',
  'core.encounter',
  'core.feed_arrival',
  'core.query',
  'core.record_completion',
  'core.time_of_day',
  'core.transcription',
  'core.tumor',
  'mart.uncoded_flow',
];

test('a day on which nothing but time passes leaves every row of an encounter as it is; one that cannot be told says so', async () => {
  const nights = await Nights.of(1, 2);
  try {
    await nights.build();
    nights.wait(3);
    const { release, step, scratch } = await nights.build();
    expect(await Nights.differences(step, scratch)).toEqual([]);
    const built = new Map(release.models.map(({ name, by }) => [name, by]));
    expect(LASTING.filter((name) => built.get(name) !== null)).toEqual([]);
    expect(release.models.find(({ name }) => name === 'mart.coding_turnaround')).toMatchObject({
      by: 'whole',
      why: 'core.extract_as_of changed',
    });
    nights.spoil('coding_event');
    const spoilt = await nights.build();
    expect(await Nights.differences(spoilt.step, spoilt.scratch)).toEqual([]);
    expect(spoilt.release.models.find(({ name }) => name === 'core.coding_event')).toMatchObject({
      by: 'whole',
      why: expect.stringMatching(/^units that changed could not be looked for: [A-Z][A-Za-z /]+$/) as unknown,
    });
  } finally {
    nights.end();
  }
}, 600_000);
