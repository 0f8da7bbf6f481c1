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
