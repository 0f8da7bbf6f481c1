import { expect, onTestFinished, test } from 'vitest';
import { addDays, daysAsked, defaultPeriod, isFilling, nextPeriod, spanOf } from '../../../dashboard/data/period.ts';
import type { Alert } from '../../../dashboard/store/alert.ts';
import { alertFacts, alertSpan } from '../../../etl/alert/alert-facts.ts';
import { judgeAlerts } from '../../../etl/alert/judge-alerts.ts';
import type { Catalogue } from '../../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../../warehouse/open.ts';
import { openLibrary } from '../../dashboard/server/library.ts';

type Asked = Pick<Alert, 'metric' | 'where' | 'when' | 'grain'>;

const days: Asked = { metric: 'loan_days', where: {}, when: { kind: 'target' }, grain: 'month' };

/** A library of three loans of two days each on 1 March 2025, whose data reach to a day. */
const opened = async (completeThrough: string | null) => {
  const library = openLibrary();
  onTestFinished(() => library.parts.served.close());
  await library.publish(3, { completeThrough });
  await library.parts.served.look();
  const onRelease = <T>(ask: (reader: Reader, catalogue: Catalogue) => Promise<T>): Promise<T | null> =>
    library.parts.served.use(({ reader, ready }) => ask(reader, ready.catalogue));
  const factsOf = (asked: Partial<Asked> = {}) =>
    onRelease((reader, catalogue) => alertFacts(reader, catalogue, { ...days, ...asked }, []));
  return { onRelease, factsOf };
};

const march = { period: '2025-03-01', value: 2, numerator: 6, denominator: 3, suppressed: false };
const none = { value: null, numerator: null, denominator: null, suppressed: false };

test.each([
  ['2025-03-31', [march]],
  ['2025-04-29', [march]],
  ['2025-04-30', [{ period: '2025-04-01', ...none }]],
  ['2025-03-30', [{ period: '2025-02-01', ...none }]],
])('complete through %s, an alert is asked of the last month that is', async (through, periods) => {
  const { factsOf } = await opened(through);
  expect(await factsOf()).toMatchObject({ label: 'Days a loan', unit: 'days', better: 'lower', periods });
});

test('only an alert on a target is held against one', async () => {
  const { factsOf } = await opened('2025-04-01');
  expect(await factsOf()).toMatchObject({ target: { value: 2, direction: 'at_most' } });
  expect(await factsOf({ when: { kind: 'threshold', side: 'above', value: 1 } })).toMatchObject({ target: null });
  expect(await factsOf({ when: { kind: 'signal', rules: 'anhoej' } })).toMatchObject({ periods: [march] });
  expect(await factsOf({ where: { branch: ['n'] } })).toMatchObject({ periods: [march] });
  expect(await factsOf({ where: { branch: ['s'] } })).toMatchObject({ periods: [{ value: null }] });
});

test.each([
  [{ metric: 'none' }, 'This release has no metric of this id.'],
  [{ where: { colour: ['red'] } }, 'Days a loan is not kept by colour in this release.'],
  [{ grain: 'week' }, 'Days a loan is not kept by week in this release.'],
] as const)(
  'what a release does not have is a sentence, and no value of a filter stands in it: %o',
  async (asked, says) => {
    const { factsOf } = await opened('2025-04-01');
    expect(await factsOf(asked as Partial<Asked>)).toBe(says);
  },
);

test('a release that does not say how far it reaches is a sentence', async () => {
  const { factsOf } = await opened(null);
  expect(await factsOf()).toBe('It is not known yet which month is complete.');
});

test.each(['month', 'week'] as const)(
  'a signal by %s is asked of the periods that the page of a metric draws',
  (grain) => {
    const when = { kind: 'signal', rules: 'making-data-count' } as const;
    for (let i = 0; i < 400; i++) {
      const through = addDays('2025-12-20', i);
      const span = spanOf(defaultPeriod, { asOf: `${addDays(through, 1)}T04:00:00`, completeThrough: through });
      const { from } = daysAsked(span, grain);
      let last = from;
      while (!isFilling(nextPeriod(last, grain), grain, through)) last = nextPeriod(last, grain);
      expect(alertSpan(through, through, { grain, when })).toEqual({ from, last, to: nextPeriod(last, grain) });
      const late = addDays(through, -45);
      expect(alertSpan(late, through, { grain, when }).from).toBe(from);
      expect(isFilling(alertSpan(late, through, { grain, when }).to, grain, late)).toBe(true);
    }
  },
);

test('one alert that cannot be asked leaves the others be', async () => {
  const { onRelease } = await opened('2025-04-01');
  const troubles: unknown[] = [];
  const alert = { ...days, id: '0123abcd', name: 'a', author: 'x', at: '2026-01-01T00:00:00Z' };
  const broken = { ...alert, where: null } as unknown as Alert;
  const verdicts = await onRelease((reader, catalogue) =>
    judgeAlerts([broken, alert], { reader, catalogue, annotations: [], onTrouble: (error) => troubles.push(error) }),
  );
  expect(verdicts?.[0]).toMatchObject({ state: 'unjudged', says: expect.stringContaining('failed on our side') });
  expect(verdicts?.[1]?.says).toBe(
    'Days a loan, March 2025: 2 d; that meets the target of 2 d or less (customary 2 days).',
  );
  expect(troubles).toHaveLength(1);
});
