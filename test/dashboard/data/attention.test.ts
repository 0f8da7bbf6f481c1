import { expect, test } from 'vitest';
import { attentionTo } from '../../../dashboard/data/attention.ts';
import { indicatorOf } from '../../../dashboard/data/indicator.ts';
import type { Row } from '../../../dashboard/data/answer.ts';
import type { Standing } from '../../../warehouse/query/standings.ts';
import { aMetric, anAnswer, aRow, aStanding } from '../support.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const indicator = (id: string, row: Partial<Row>, standing: Partial<Standing>) =>
  indicatorOf(
    aMetric({ id, label: id }),
    anAnswer([aRow({ metric: id, period: '2026-08-01', ...row })]),
    'month',
    '2026-08-31',
    aStanding({ metric: id, ...standing }),
  );

const fine = indicator('fine', { value: 0.9 }, { value: 0.97, policy: 'met', evidence: 'above' });
const low = indicator(
  'low',
  { value: 0.9, lower: 0.88, upper: 0.92, compareValue: 0.96, change: -0.06 },
  { value: 0.91, policy: 'not met', evidence: 'below' },
);
const unsure = indicator('unsure', { value: 0.97 }, { value: 0.94, policy: 'not met', evidence: 'undecided' });

test('what misses its target, is sure of it and gets worse comes first', () => {
  const attention = attentionTo([fine, unsure, low], '12 months before');
  expect(attention.lead).toBe('Two indicators need attention:');
  expect(attention.phrases.map((phrase) => phrase.metric)).toEqual(['low', 'unsure']);
  expect(plain(attention.phrases[0]?.text ?? '')).toBe(
    'at 91.0 % over Jul 2025 – Jun 2026 is clearly below its 95 % target, and lately 6.0 pts worse than 12 months before',
  );
  expect(plain(attention.phrases[1]?.text ?? '')).toBe('at 94.0 % over Jul 2025 – Jun 2026 is below its 95 % target');
});

test('a target of at most is missed above', () => {
  const high = indicator('high', { value: 9 }, { value: 0.2, target: 0.15, direction: 'at_most', policy: 'not met' });
  expect(plain(attentionTo([high], 'before').phrases[0]?.text ?? '')).toContain('is above its 15 % target');
});

test('what only got worse says its month where that is an earlier one', () => {
  const old = indicator(
    'old',
    { period: '2026-03-01', value: 0.9, lower: 0.88, upper: 0.92, compareValue: 0.96, change: -0.06 },
    { value: 0.96, policy: 'met' },
  );
  const texts = attentionTo([fine, old], 'before').phrases.map((phrase) => plain(phrase.text));
  expect(texts).toEqual(['at 90.0 % in Mar 2026 is 6.0 pts worse than before']);
});

test('the line stays a line: three phrases and how many are left', () => {
  const many = [1, 2, 3, 4, 5].map((n) => indicator(`low ${n}`, { value: 0.9 }, { value: 0.9, policy: 'not met' }));
  expect(attentionTo(many, 'before')).toMatchObject({
    lead: 'Five indicators need attention:',
    rest: 'and two more below',
  });
});

test('all is well, in words', () => {
  expect(attentionTo([fine], 'before').lead).toBe('Nothing needs attention: one of one targets are met.');
  expect(attentionTo([], 'before').lead).toBe('No indicator has a value in this period and under these filters.');
});
