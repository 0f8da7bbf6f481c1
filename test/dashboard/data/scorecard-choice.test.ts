import { expect, test } from 'vitest';
import { addIndicator, chosenOf, moveArea, moveIndicator } from '../../../dashboard/data/scorecard-choice.ts';
import { readAddress, writeAddress } from '../../../dashboard/data/url.ts';
import { aCatalogue, aMetric } from '../support.ts';

const [a1, a2, b1, b2] = [
  aMetric({ id: 'a1', subject: 'A' }),
  aMetric({ id: 'a2', subject: 'A', scorecard: false }),
  aMetric({ id: 'b1', subject: 'B' }),
  aMetric({ id: 'b2', subject: 'B', scorecard: false }),
];
const yearly = aMetric({ id: 'yearly', label: 'Yearly', subject: 'C', grains: ['year'], scorecard: false });
const catalogue = aCatalogue([a1, a2, b1, b2, yearly]);
const ids = (metrics: readonly { readonly id: string }[]) => metrics.map(({ id }) => id).join(' ');

test('without a choice the usual stand, with one its own in its order', () => {
  expect(ids(chosenOf(catalogue, null).metrics)).toBe('a1 b1');
  expect(ids(chosenOf(catalogue, ['b2', 'a1', 'b2']).metrics)).toBe('b2 a1');
});

test('what a choice names in vain is a sentence, and the rest stands', () => {
  const { metrics, problems } = chosenOf(catalogue, ['b1', 'gone', 'yearly']);
  expect(ids(metrics)).toBe('b1');
  expect(problems).toEqual([
    '“gone”: this release has no such indicator, so the scorecard goes on without.',
    '“Yearly”: not kept by month, so it has no row on the scorecard.',
  ]);
  const many = chosenOf(
    catalogue,
    Array.from({ length: 10_000 }, (_, i) => `x${i}`),
  );
  expect(ids(many.metrics)).toBe('a1 b1');
  expect(many.problems.join(' ')).toMatch(
    /^10,000 of the indicators chosen are not in this release.*shown are the usual\.$/,
  );
});

test('an indicator moves within its area and stops at its edge; an area moves as a whole', () => {
  const chosen = [a1, a2, b1, b2];
  expect(ids(moveIndicator(chosen, 'a1', 1))).toBe('a2 a1 b1 b2');
  expect(ids(moveIndicator(chosen, 'a2', 1))).toBe('a1 a2 b1 b2');
  expect(ids(moveIndicator(chosen, 'b1', -1))).toBe('a1 a2 b1 b2');
  expect(ids(moveArea(chosen, 'B', -1))).toBe('b1 b2 a1 a2');
  expect(ids(moveArea(chosen, 'A', -1))).toBe('a1 a2 b1 b2');
});

test('an indicator is added at the end of its area, of a new area at the end', () => {
  expect(ids(addIndicator([a1, b1], a2))).toBe('a1 a2 b1');
  expect(ids(addIndicator([b1], a1))).toBe('b1 a1');
});

test('the choice goes through the address, whatever its ids', () => {
  const strange = ['a,b', 'ä&=+ ', '0', 'false'];
  const written = writeAddress({ ...readAddress('/', ''), kpis: strange });
  const { pathname, search } = new URL(written, 'http://any');
  expect(readAddress(pathname, search).kpis).toEqual(strange);
  expect(readAddress('/', '?facility=x').kpis).toBeNull();
});
