import { expect, test } from 'vitest';
import type { AlertLine } from '../../../etl/alert/alert-ledger.ts';
import { firing } from '../../../etl/notify/firing.ts';

const states = { f: 'fires', q: 'quiet', u: 'unjudged' } as const;

/** One alert judged once a release: `qfu` was quiet in r0, fired in r1 and could not be judged in r2. */
const judged = (text: string, change: Partial<AlertLine> = {}): readonly AlertLine[] =>
  Array.from(text, (letter, i) => ({
    ...{ at: `2026-09-0${i + 1}T06:00:00.000Z`, release: `r${i}`, alert: '0123abcd', name: 'Long DNFB' },
    ...{ metric: 'dnfb_days', grain: 'month', filters: 0, period: '2026-08-01', value: 7 },
    ...{ state: states[letter as keyof typeof states], says: `It is ${letter}.` },
    ...change,
  }));
const config = { sources: [] };
const sinceOf = (text: string) => firing({ config }, judged(text), null).map(({ since }) => since?.slice(8, 10));

test.each([
  ['', []],
  ['q', []],
  ['u', []],
  ['f', ['01']],
  ['qff', ['02']],
  ['fqf', ['03']],
  ['ffq', []],
  ['fufu', ['01']],
  ['quf', ['03']],
  ['fqu', []],
])('an alert that was %s fires since %j', (text, since) => expect(sinceOf(text)).toEqual(since));

test('what cannot be judged any more goes on as it was, and says so', () => {
  expect(firing({ config }, judged('fu'), null)[0]?.says).toBe(
    'It is f. Release r0. In release r1 it could not be judged: It is u.',
  );
});

test('what was taken back is over; a store that cannot be read ends nothing', () => {
  const ids = (standing: ReadonlySet<string> | null) => firing({ config }, judged('f'), standing).map(({ id }) => id);
  expect(ids(new Set(['0123abcd']))).toEqual(['alert:0123abcd']);
  expect(ids(new Set())).toEqual([]);
  expect(ids(null)).toEqual(['alert:0123abcd']);
});

test.each([
  [{}, 'http://127.0.0.1:4180/kpi/dnfb_days, or http://127.0.0.1:4180/alerts for all alerts.'],
  [
    { url: 'https://him.example/sight/' },
    'https://him.example/sight/kpi/dnfb_days, or https://him.example/sight/alerts',
  ],
  [{ host: '10.0.0.7', port: 80 }, 'http://10.0.0.7:80/kpi/dnfb_days'],
  [{ host: '::1' }, 'http://[::1]:4180/kpi/dnfb_days'],
])('where to look is an address: %j', (server, mend) => {
  expect(firing({ config: { ...config, server } }, judged('f'), null)[0]?.mend).toContain(`Look at ${mend}`);
});

test('a filter is counted, not named', () => {
  const [one] = firing({ config }, judged('f', { filters: 2, grain: 'week' }), null);
  expect(one?.mend).toBe(
    'Look at http://127.0.0.1:4180/alerts; it is about a part of the metric, by 2 filters named there.',
  );
  expect(one?.command).toBe('explain dnfb_days');
});
