import { expect, test } from 'vitest';
import { rebaseWords, remarksOn, wordsOn } from '../../../dashboard/data/annotation.ts';
import { rebaseStarts } from '../../../warehouse/statistics/rebase.ts';
import type { Annotation } from '../../../dashboard/store/annotation.ts';

const aNote = (part: Partial<Annotation> = {}): Annotation => ({
  ...{ id: '01234abc', metric: 'm', where: {}, period: '2026-03-01', kind: 'note', text: 'Two coders left' },
  ...{ author: 'R. Okafor', at: '2026-04-02T08:00:00.000Z' },
  ...part,
});
const periods = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'];
const series = { metric: 'm', where: {}, grain: 'month', periods };
const idsOf = (found: { placed: readonly { annotation: Annotation }[] }) =>
  found.placed.map(({ annotation: { id } }) => id);

test('remarks are numbered in the order of the points, then of writing', () => {
  const found = remarksOn(
    [
      aNote({ id: 'c', period: '2026-04-01' }),
      aNote({ id: 'b', at: '2026-05-01T00:00:00Z' }),
      aNote({ id: 'a', at: '2026-04-01T00:00:00Z' }),
    ],
    series,
  );
  expect(found.placed.map(({ number, period, annotation: { id } }) => [number, period, id])).toEqual([
    [1, '2026-03-01', 'a'],
    [2, '2026-03-01', 'b'],
    [3, '2026-04-01', 'c'],
  ]);
});

test('a day stands on the period that holds it, at any grain; a day of no period drawn stands elsewhere', () => {
  const all = [aNote({ id: 'in', period: '2026-03-17' }), aNote({ id: 'out', period: '2025-12-31' })];
  const found = remarksOn(all, series);
  expect([found.placed[0]?.period, idsOf(found), found.elsewhere.map(({ id }) => id)]).toEqual([
    '2026-03-01',
    ['in'],
    ['out'],
  ]);
  const weeks = { ...series, grain: 'week', periods: ['2026-03-09', '2026-03-16'] };
  expect(remarksOn(all, weeks).placed[0]?.period).toBe('2026-03-16');
  // A period that is missing among those drawn holds nothing.
  expect(idsOf(remarksOn(all, { ...series, periods: ['2026-02-01', '2026-04-01'] }))).toEqual([]);
});

test('a note holds for all within its filters, and for nothing beside them', () => {
  const north = aNote({ where: { facility: ['north'] } });
  const shown = (where: Annotation['where']) => remarksOn([north], { ...series, where }).placed.length;
  expect(shown({ facility: ['north'] })).toBe(1);
  expect(shown({ facility: ['north'], service: ['surgery'] })).toBe(1);
  expect(shown({})).toBe(0);
  expect(shown({ facility: ['south'] })).toBe(0);
  expect(shown({ facility: ['north', 'south'] })).toBe(0);
  expect(remarksOn([aNote({ metric: 'other' })], series).placed).toEqual([]);
  const two = aNote({ where: { facility: ['a', 'b'] } });
  expect(remarksOn([two], { ...series, where: { facility: ['b', 'a'] } }).placed).toHaveLength(1);
});

test('a rebase moves the limits of its very series alone; elsewhere it is a note', () => {
  const whole = aNote({ kind: 'rebase' });
  expect(remarksOn([whole], series)).toMatchObject({ rebases: ['2026-03-01'], placed: [{ isRebase: true }] });
  const north = remarksOn([whole], { ...series, where: { facility: ['north'] } });
  expect(north).toMatchObject({ rebases: [], placed: [{ isRebase: false }] });
});

test('what was taken back stands on no chart and moves no limits', () => {
  const back = aNote({ kind: 'rebase', retired: { author: 'A. Li', at: '2026-04-03T08:00:00.000Z' } });
  expect(remarksOn([back], series)).toEqual({ placed: [], elsewhere: [], retired: [back], rebases: [] });
});

test('limits begin anew with the first point that begins on the day or after it', () => {
  expect(rebaseStarts(periods, ['2026-03-01'])).toEqual([2]);
  expect(rebaseStarts(periods, ['2026-02-02', '2026-03-01'])).toEqual([2]);
  expect(rebaseStarts(periods, ['2025-06-01', '2026-01-01', '2026-04-02'])).toEqual([]);
});

test('the words say what, who and when, shortened where a chart has no room', () => {
  const text = `${'x'.repeat(200)} end`;
  const { placed } = remarksOn([aNote({ kind: 'rebase' }), aNote({ text, period: '2026-04-01' })], series);
  expect(wordsOn(placed, '2026-03-01')).toBe('1, limits anew: Two coders left (R. Okafor)');
  expect(wordsOn(placed, '2026-04-01')).toMatch(/^2: x{139}… \(R\. Okafor\)$/);
  expect(wordsOn(placed, '2026-01-01')).toBe('');
  expect(rebaseWords(placed, 'month')).toBe(
    'limits computed anew from Mar 2026, recorded by R. Okafor on 2 Apr 2026: Two coders left',
  );
});
