import { expect, test } from 'vitest';
import { shownEnds } from '../../../dashboard/data/interval.ts';

test('an interval of a share of a whole ends where the whole does', () => {
  expect(shownEnds({ value: 0.98, lower: 0.969, upper: 1.003 }, 'share')).toEqual({ lower: 0.969, upper: 1 });
  expect(shownEnds({ value: 0.01, lower: -0.02, upper: 0.04 }, 'share')).toEqual({ lower: 0, upper: 0.04 });
  expect(shownEnds({ value: 1, lower: 0.8, upper: 1 }, 'share')).toEqual({ lower: 0.8, upper: 1 });
});

test('a value beyond the whole, and any other unit, keeps its ends', () => {
  expect(shownEnds({ value: 1.1, lower: 0.95, upper: 1.2 }, 'share')).toEqual({ lower: 0.95, upper: 1.2 });
  expect(shownEnds({ value: -0.1, lower: -0.3, upper: 0.1 }, 'share')).toEqual({ lower: -0.3, upper: 0.1 });
  expect(shownEnds({ value: 3, lower: 2, upper: 4 }, 'days')).toEqual({ lower: 2, upper: 4 });
  expect(shownEnds({ value: 0.5, lower: null, upper: null }, 'share')).toEqual({ lower: null, upper: null });
});
