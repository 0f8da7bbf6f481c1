import { expect, test } from 'vitest';
import { controlFigure } from '../../../dashboard/chart/control-figure.ts';
import { noRemarks } from '../../../dashboard/data/annotation.ts';
import { indicatorOf } from '../../../dashboard/data/indicator.ts';
import { addMonths } from '../../../dashboard/data/period.ts';
import { assuranceWords, signalOf, variationWords } from '../../../dashboard/data/signal.ts';
import { seeded } from '../../support/seeded.ts';
import { aCatalogue, aMetric, anAnswer, aRow } from '../support.ts';

const monthly = (values: readonly (number | null)[]) =>
  values.map((value, i) => aRow({ period: addMonths('2024-09-01', i), value }));
/** Ten around 4, then ten around 8. */
const jumped = [4, 5, 4, 3, 4, 5, 4, 3, 4, 4, 8, 9, 8, 7, 8, 9, 8, 7, 8, 8];
const days = aMetric({ unit: 'days', better: 'lower' });
const under = (value: number) => ({ value, label: '', citation: null, direction: 'at_most' as const });

test('without a rebase the step is a signal; with one it is the new usual, and the target is held against the new limits', () => {
  const metric = { ...days, target: under(6) };
  // Around 6: mean moving range, the step screened out, 17/18; σ 2.66 · 17/18 / 3 = 0.84, and 8 lies 2.4 of them above.
  const before = signalOf(metric, monthly(jumped), []);
  expect([before.variation, variationWords(before)]).toEqual(['concern', 'concern: 2 in 3 above centre']);
  const after = signalOf(metric, monthly(jumped), [addMonths('2024-09-01', 10)]);
  // Around 8: mean moving range (1+1+1+1+1+1+1+1+0)/9, limits 2.66 of it away: 5.6 to 10.4
  expect([after.variation, after.assurance]).toEqual(['common cause', 'inconsistent']);
  expect(signalOf({ ...days, target: under(5) }, monthly(jumped), [addMonths('2024-09-01', 10)]).assurance).toBe(
    'consistently failing',
  );
  expect(signalOf({ ...days, target: under(11) }, monthly(jumped), [addMonths('2024-09-01', 10)]).assurance).toBe(
    'consistently passing',
  );
});

test('too few periods, at all or since a rebase, tell nothing', () => {
  const words = 'too few periods to tell signal from noise';
  for (const signal of [
    signalOf(days, monthly(jumped.slice(0, 7)), []),
    signalOf(days, monthly(jumped), [addMonths('2024-09-01', 13)]),
  ])
    expect([signal.variation, signal.assurance, variationWords(signal), assuranceWords(signal)]).toEqual([
      null,
      null,
      words,
      '',
    ]);
});

test('the scorecard and the page of the indicator never disagree, on 200 random series with random rebases', () => {
  const random = seeded(11);
  const scope = {
    ...{
      span: { from: '2024-09-01', to: '2026-10-01', through: '2026-08-31', isEndChosen: false },
      through: '2026-08-31',
    },
    ...{ where: {}, problems: [] },
  };
  const seen = new Set<string | null>();
  for (let trial = 0; trial < 200; trial++) {
    const values = Array.from({ length: 24 }, (_, i) => {
      if (random() < 0.05) return null;
      return 10 + random() * 3 + (i > 12 ? Math.round(random()) * 4 : 0);
    });
    const answer = anAnswer(monthly(values));
    const metric = { ...days, target: under(9 + random() * 8) };
    const rebases = random() < 0.5 ? [] : [addMonths('2024-09-01', 1 + Math.floor(random() * 20))];
    const { signal } = indicatorOf(metric, answer, 'month', '2026-08-31', null, rebases);
    const { drawing } = controlFigure({
      ...{ catalogue: aCatalogue([metric]), scope, metric, answer, grain: 'month', rules: 'making-data-count' },
      remarks: { ...noRemarks, rebases },
    });
    const rows = drawing?.(640).table.rows.filter((cells) => cells[1]?.raw !== null) ?? [];
    const [centre, , , kind, cause] = (rows.at(-1) ?? []).slice(2).map(({ text }) => text);
    const onPage = centre === '–' ? null : kind;
    expect([signal?.variation, signal?.cause]).toEqual([onPage, onPage === null ? '' : cause]);
    seen.add(signal?.variation ?? null);
  }
  expect([...seen].sort()).toEqual(['common cause', 'concern', 'improvement', null].sort());
});

test('a month that is complete and not known yet is passed over: the icon is of the last value there is', () => {
  const known = signalOf(days, monthly(jumped), []);
  expect(signalOf(days, monthly([...jumped, null]), [])).toEqual(known);
  expect(known.variation).toBe('concern');
  // Where nothing is known since the rebase there is nothing to tell.
  expect(signalOf(days, monthly([...jumped, null]), [addMonths('2024-09-01', 20)]).variation).toBeNull();
});

test('while nobody knows what was recorded no signal is told', () => {
  expect(indicatorOf(days, anAnswer(monthly(jumped)), 'month', '2026-08-31').signal).toBeNull();
});
