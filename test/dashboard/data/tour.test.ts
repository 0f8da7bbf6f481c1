import { expect, test } from 'vitest';
import { readProgress, tourOf } from '../../../dashboard/data/tour.ts';
import { misread, readAddress, writeAddress } from '../../../dashboard/data/url.ts';
import { stories } from '../../../etl/demo/story.ts';

const all = [...stories.map(({ id }) => id), 'bad-rows'];

test('the tour has five to seven steps of stories that the demo tells, each in one sentence or two', () => {
  const steps = tourOf(all);
  expect(steps.length).toBeGreaterThanOrEqual(5);
  expect(steps.length).toBeLessThanOrEqual(7);
  for (const { story, text } of steps) {
    expect(all).toContain(story);
    expect(text.length).toBeLessThan(180);
  }
});

test('each step is an address as the pages write it, so that it is known again', () => {
  for (const { href } of tourOf(all)) {
    const { pathname, search } = new URL(href, 'http://any');
    expect(misread(search, pathname)).toEqual([]);
    expect(writeAddress(readAddress(pathname, search))).toBe(href);
  }
});

test('only what happened is shown, and nothing in a hospital that is none', () => {
  expect(tourOf(['new-coder', 'unheard-of']).map(({ story }) => story)).toEqual(['new-coder']);
  expect(tourOf([])).toEqual([]);
});

test.each([
  [null, 'new'],
  ['done', 'done'],
  ['0', 0],
  ['6', 6],
  ['-1', 'new'],
  ['soon', 'new'],
])('%s is read as %s', (text, progress) => expect(readProgress(text)).toBe(progress));
