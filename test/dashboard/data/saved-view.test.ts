import { expect, test } from 'vitest';
import { atRelease, freshnessWords, pageWords, standingViews } from '../../../dashboard/data/saved-view.ts';
import type { SavedView } from '../../../dashboard/store/saved-view.ts';

const aView = (part: Partial<SavedView>): SavedView => ({
  ...{ id: '01234abc', name: 'x', address: '/explore', author: 'x', at: '2026-04-02T08:00:00.000Z' },
  ...part,
});

test('the newest stands first, and what was taken back nowhere', () => {
  const back = aView({ id: 'b', retired: { author: 'x', at: '2026-04-03T08:00:00.000Z' } });
  expect(standingViews([aView({ id: 'a' }), back, aView({ id: 'c' })]).map(({ id }) => id)).toEqual(['c', 'a']);
});

test('an address is frozen and made live again without losing anything else of it', () => {
  const live = '/explore?metric=m&service=a%2Cb&service=';
  const frozen = atRelease(live, 'r1');
  expect(new URL(frozen, 'http://x').searchParams.get('release')).toBe('r1');
  expect(atRelease(frozen, 'r2')).toBe(atRelease(live, 'r2'));
  expect(atRelease(frozen, null)).toBe(live);
  expect(atRelease('/explore?release=r1', null)).toBe('/explore');
});

test('how fresh its numbers are, and which page it opens, in words', () => {
  const releases = [{ id: 'r1', builtAt: '2026-09-02T04:10:00.000Z' }];
  expect(freshnessWords('/explore?metric=m', releases)).toBe('always the newest numbers');
  expect(freshnessWords('/explore?metric=m&release=r1', releases)).toMatch(/^frozen at [12] Sep 2026/);
  expect(freshnessWords('/explore?release=r0', releases)).toContain('does not stand any more');
  expect(['/explore?metric=m', '/kpi/x', '/', '/data-quality', '/nowhere'].map(pageWords)).toEqual([
    'Explore',
    'Indicator',
    'Scorecard',
    'Data quality',
    'Scorecard',
  ]);
});
