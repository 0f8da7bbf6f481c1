import { describe, expect, test } from 'vitest';
import {
  evidenceWords,
  judgedMetric,
  judgedWords,
  moreWords,
  standingOf,
  targetWords,
  verdictOf,
  windowWords,
} from '../../../dashboard/data/standing.ts';
import { aMetric, aStanding } from '../support.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('policy status in words', () => {
  test.each([
    [{ policy: 'met' }, 'meets target', true],
    [{ policy: 'not met' }, 'does not meet target', false],
    [{ policy: 'no value' }, 'no value to judge', null],
    [{ policy: 'not judged' }, 'not judged', null],
    [{ policy: 'not judged', target: null }, 'no target set', null],
  ] as const)('%o', (part, words, good) => {
    expect(verdictOf(aStanding(part))).toEqual({ words, good });
  });

  test('while it is fetched there are none', () => {
    expect(verdictOf(null)).toEqual({ words: '', good: null });
  });
});

describe('evidence in words, and what would decide', () => {
  test.each([
    ['above', 0, 'clearly above', ''],
    ['below', 0, 'clearly below', ''],
    ['undecided', 43, 'not yet decided', '≈ 43 more audits'],
    ['undecided', 1, 'not yet decided', '≈ 1 more audit'],
    ['undecided', null, 'not yet decided', ''],
    [null, null, '', ''],
  ] as const)('%s, %d more', (evidence, moreAudits, words, more) => {
    const standing = aStanding({ evidence, moreAudits });
    expect(evidenceWords(standing)).toBe(words);
    expect(moreWords(standing, aMetric())).toBe(more);
  });

  test('what is not audited is records', () => {
    const standing = aStanding({ evidence: 'undecided', moreAudits: 1200 });
    expect(moreWords(standing, aMetric({ page: 'registry' }))).toBe('≈ 1,200 more records');
    expect(moreWords(null, aMetric())).toBe('');
  });
});

test('the window by its first and last month', () => {
  expect(windowWords(aStanding())).toBe('Jul 2025 – Jun 2026');
  expect(windowWords(aStanding({ windowFrom: '2026-06-01' }))).toBe('Jun 2026');
  expect(windowWords(aStanding({ windowFrom: null, windowTo: null }))).toBe('');
});

test('what was judged, as a sentence', () => {
  const standing = aStanding({ value: 0.941, lower: 0.93, upper: 0.952, label: 'house target', citation: 'Plan 4' });
  expect(plain(judgedWords(standing, aMetric()))).toBe(
    '94.1 % (93.0–95.2) over Jul 2025 – Jun 2026; target at least 95 %: house target; Plan 4',
  );
  const unknown = aStanding({ windowFrom: null, windowTo: null, target: null, label: null, direction: null });
  expect(judgedWords(unknown, aMetric())).toBe('How far the data reach is not known');
  expect(plain(targetWords(aStanding({ direction: null }), aMetric()))).toBe('95 %');
  expect(plain(targetWords(aStanding({ direction: 'at_most', target: 3 }), aMetric({ unit: 'days' })))).toBe(
    'at most 3 d',
  );
});

test('the target a metric is shown with is the one it was judged by', () => {
  expect(judgedMetric(aMetric(), aStanding({ target: 0.9, label: 'north', facility: 'n' })).target).toEqual({
    value: 0.9,
    label: 'north',
    citation: null,
    direction: 'at_least',
  });
  expect(judgedMetric(aMetric(), aStanding({ target: null }))).toEqual(aMetric());
  expect(judgedMetric(aMetric(), null)).toEqual(aMetric());
});

test('each metric finds its own', () => {
  const rows = [aStanding({ metric: 'other' }), aStanding({ value: 0.5 })];
  expect(standingOf(rows, aMetric())?.value).toBe(0.5);
  expect(standingOf(rows, aMetric({ id: 'none' }))).toBeNull();
  expect(standingOf(null, aMetric())).toBeNull();
  expect(standingOf(rows, null)).toBeNull();
});
