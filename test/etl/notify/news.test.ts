import { expect, test } from 'vitest';
import { newsFor } from '../../../etl/notify/news.ts';
import type { Told } from '../../../etl/notify/told.ts';
import type { Trouble } from '../../../etl/notify/trouble.ts';

const held: Trouble = {
  ...{ id: 'held:labs', kind: 'held', source: 'labs', since: '2026-09-01T02:00:00.000Z', run: 'r1' },
  ...{ says: 'labs.csv is held by rule x.', mend: 'Mend it.', command: 'quarantine --source labs' },
};
const told = (
  at: string,
  state: Told['state'],
  outcome: Told['outcome'] = 'delivered',
  channel: Told['channel'] = 'smtp',
): Told => ({
  ...{
    at: `${at}.000Z`,
    trouble: 'held:labs',
    kind: 'held',
    source: 'labs',
    state,
    channel,
    outcome,
    tries: 1,
    why: null,
  },
});
const states = (troubles: readonly Trouble[], lines: readonly Told[], now: string, config = {}) =>
  newsFor('smtp', troubles, lines, config, new Date(`${now}Z`)).news.map(
    ({ state, trouble }) => `${state} ${trouble.id}`,
  );

const began = told('2026-09-01T02:05:00', 'begins');

test('a trouble is told when it begins, not every night, and when it is over', () => {
  expect(states([held], [], '2026-09-01T02:05:00')).toEqual(['begins held:labs']);
  expect(states([held], [began], '2026-09-02T02:05:00')).toEqual([]);
  expect(states([], [began], '2026-09-03T02:05:00')).toEqual(['ends held:labs']);
  const over = [began, told('2026-09-03T02:05:00', 'ends')];
  expect(states([], over, '2026-09-04T02:05:00')).toEqual([]);
  expect(states([held], over, '2026-09-05T02:05:00')).toEqual(['begins held:labs']);
});

test('what lasts is told again after as many days as asked, to the second', () => {
  expect(states([held], [began], '2026-09-08T02:04:59')).toEqual([]);
  expect(states([held], [began], '2026-09-08T02:05:00')).toEqual(['lasts held:labs']);
  expect(states([held], [began], '2026-09-02T02:05:00', { remind_days: 1 })).toEqual(['lasts held:labs']);
  const reminded = [began, told('2026-09-08T02:05:00', 'lasts')];
  expect(states([held], reminded, '2026-09-15T02:04:59')).toEqual([]);
});

test('what could not be delivered is told again an hour later, then two, and never every minute', () => {
  const once = [told('2026-09-01T02:05:00', 'begins', 'failed')];
  expect(states([held], once, '2026-09-01T03:04:59')).toEqual([]);
  expect(states([held], once, '2026-09-01T03:05:00')).toEqual(['begins held:labs']);
  const twice = [...once, told('2026-09-01T03:05:00', 'begins', 'failed')];
  expect(states([held], twice, '2026-09-01T05:04:59')).toEqual([]);
  expect(states([held], twice, '2026-09-01T05:05:00')).toEqual(['begins held:labs']);
  const often = Array.from({ length: 20 }, () => told('2026-09-01T03:05:00', 'begins', 'failed'));
  expect(states([held], often, '2026-09-02T03:04:59')).toEqual([]);
  expect(states([held], often, '2026-09-02T03:05:00')).toEqual(['begins held:labs']);
});

test('what began and ended without anybody hearing of it is not told at all', () => {
  expect(states([], [told('2026-09-01T02:05:00', 'begins', 'failed')], '2026-09-02T02:05:00')).toEqual([]);
});

test('each channel is told by itself: one that hung makes the other hear nothing twice', () => {
  const lines = [began, told('2026-09-01T02:05:00', 'begins', 'failed', 'webhook')];
  expect(states([held], lines, '2026-09-02T02:05:00')).toEqual([]);
  expect(newsFor('webhook', [held], lines, {}, new Date('2026-09-02T02:05:00Z')).news).toHaveLength(1);
});

test('only what is asked for is told; a recovery nobody asked for still makes the next time new', () => {
  expect(states([held], [], '2026-09-01T02:05:00', { on: ['failure'] })).toEqual([]);
  const { news, unasked } = newsFor('smtp', [], [began], { on: ['held'] }, new Date('2026-09-03T02:05:00Z'));
  expect([news, unasked.map(({ state }) => state)]).toEqual([[], ['ends']]);
  const lines = [began, told('2026-09-03T02:05:00', 'ends', 'unasked')];
  expect(states([held], lines, '2026-09-04T02:05:00', { on: ['held'] })).toEqual(['begins held:labs']);
});

test('a clock that goes back tells nothing twice', () => {
  expect(states([held], [began], '2026-08-20T02:05:00')).toEqual([]);
});
