import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askOf, type AskingOf } from '../support/ask.ts';
import { drawn } from './drawn.ts';
import { backlogDays, backlogOn, followUpDue, LAST_DAY, randomAbstracts, stageGroups } from './registry-desk.ts';

const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

describe.each([1, 2, 3])('random registry %i', (seed) => {
  const abstracts = randomAbstracts(seed);
  let asked: AskingOf;
  beforeAll(async () => {
    asked = await askOf(['registry_cases', 'abstracting_backlog', 'follow_up_due'], {
      source: 'source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-09-01 00:00:00',
      tumor: drawn(abstracts),
    });
  }, 60_000);
  afterAll(() => asked.close());

  test('AJCC stage groups', async () => {
    expect(await asked.by('registry_cases', 'ajcc_stage_group')).toEqual(stageGroups(abstracts));
  });

  test('the backlog at every month’s end, and by age on the last day', async () => {
    const found = await asked.rows(['abstracting_backlog'], { grain: 'month', from: null, to: iso(LAST_DAY + 1) });
    const expected = new Map(
      backlogDays().map((day) => [`${iso(day).slice(0, 7)}-01`, sum(backlogOn(abstracts, day))]),
    );
    expect(new Map(found.map(({ period, value }) => [String(period), value]))).toEqual(expected);
    expect(expected.size).toBe(37);
    expect(await asked.by('abstracting_backlog', 'case_age')).toEqual(backlogOn(abstracts, LAST_DAY));
  });

  test('follow-up due and delinquent', async () => {
    const expected = followUpDue(abstracts);
    expect(sum(expected)).toBeGreaterThan(20);
    expect(await asked.by('follow_up_due', 'follow_up_state')).toEqual(expected);
  });
});
