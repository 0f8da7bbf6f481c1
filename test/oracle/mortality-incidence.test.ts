import { expect, onTestFinished, test } from 'vitest';
import { askOf } from '../support/ask.ts';
import { drawn } from './drawn.ts';
import { mortalityIncidence, randomCases } from './mortality-incidence.ts';

test.each([1, 2, 3])(
  'deaths and cases by site and year, random registry %i',
  async (seed) => {
    const abstracts = randomCases(seed);
    const { rows, close } = await askOf(['mortality_incidence_ratio'], { tumor: drawn(abstracts) });
    onTestFinished(close);
    const found = await rows(['mortality_incidence_ratio'], { grain: 'year', by: ['cancer_site'] });
    const counts = found.map(({ period, cancer_site: site, numerator, denominator }) => [
      `${String(period).slice(0, 4)} ${String(site)}`,
      { deaths: numerator, cases: denominator },
    ]);
    const expected = mortalityIncidence(abstracts);
    expect(expected.size).toBeGreaterThan(30);
    // A site and year with neither is asked of, and has no row behind it.
    expect(Object.fromEntries(counts.filter(([, one]) => (one as { cases: unknown }).cases !== null))).toEqual(
      Object.fromEntries(expected),
    );
  },
  60_000,
);
