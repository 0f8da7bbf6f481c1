import { controlFigure } from '../chart/control-figure.ts';
import { funnelFigure } from '../chart/funnel-figure.ts';
import { rankingFigure, rankingQuestion } from '../chart/ranking-figure.ts';
import { survivalFigure } from '../chart/survival-figure.ts';
import { trendFigure } from '../chart/trend-figure.ts';
import { remarksOn, type Remarks } from '../data/annotation.ts';
import { completeFor } from '../data/answer.ts';
import { findMetric, unfit, unfitSentence, type Metric } from '../data/catalogue.ts';
import { formatDay } from '../data/format.ts';
import { indicatorOf } from '../data/indicator.ts';
import { kpiParts } from '../data/kpi.ts';
import { compareWords, inTotal, overTime, type Scope } from '../data/scope.ts';
import { judgedMetric, standingOf } from '../data/standing.ts';
import { trustOf } from '../data/trust.ts';
import type { Address } from '../data/url.ts';
import { definitionFacts } from './definition.ts';
import type { Desk } from './desk.ts';
import { headlineOf } from './headline.ts';
import { figureParts } from './figure-parts.ts';
import { scopeWords } from './indicators.ts';
import { PageError, refuse } from './page-error.ts';
import type { Part, ReportPage } from './report.ts';

/** Charts first, then what the number is, then all tables. */
const inOrder = (parts: readonly Part[], definition: Part): readonly Part[] => [
  ...parts.filter(({ kind }) => kind !== 'table'),
  definition,
  ...parts.filter(({ kind }) => kind === 'table'),
];

/** What people said of the periods drawn, by the numbers of the marks. */
const remarkFacts = ({ placed }: Remarks): readonly Part[] =>
  placed.length === 0
    ? []
    : [
        {
          kind: 'facts',
          title: 'Annotations',
          entries: placed.map(({ number, isRebase, annotation: { period, text, author } }) => [
            `${number} · ${formatDay(period)}`,
            `${isRebase ? 'Limits computed anew: ' : ''}${text} (${author})`,
          ]),
        },
      ];

const metricOf = (desk: Desk, name: string | null): Metric => {
  const metric =
    findMetric(desk.catalogue, name) ?? desk.catalogue.metrics.find(({ code }) => code === name?.toUpperCase());
  if (metric === undefined)
    throw new PageError(['The catalogue of this release has no such indicator.'], '`himsight metrics` lists them.');
  return metric;
};

/**
 * The page of one metric: over time, between its limits, by what it is kept by, its numbers and its definition.
 *
 * @throws PageError where the metric is not known, not kept by these filters, or without any value
 */
export const kpiPage = async (desk: Desk, path: string, address: Address, scope: Scope): Promise<ReportPage> => {
  const { catalogue } = desk;
  const given = metricOf(desk, address.subject);
  const unfitting = unfitSentence(catalogue, given, scope.where);
  if (unfitting !== null) throw new PageError([`${given.label}: ${unfitting}`]);
  const { offered, grain, by, other, funnelBy } = kpiParts(given, address);
  refuse(offered.length === 0 ? [`${given.label} is kept day by day alone, and has no page of its own to print.`] : []);
  const asked = new URLSearchParams(path.split('?')[1] ?? '');
  refuse([
    ...(asked.has('grain') && asked.get('grain') !== grain ? [`${given.label} is not kept by that grain.`] : []),
    ...(address.by !== null && address.by !== by
      ? [`${given.label} is not kept by the dimension of the breakdown.`]
      : []),
  ]);

  const answer = await desk.values(overTime(scope, [given], grain, address.compare));
  const standing = standingOf(await desk.standings([given.id], scope.where), given);
  const metric = judgedMetric(given, standing);
  const indicator = indicatorOf(given, answer, grain, completeFor(answer, given, scope.through), standing);
  if (answer.rows.every(({ value }) => value === null))
    throw new PageError([`${given.label} has no value in this period and under these filters.`]);

  const periods = answer.rows.flatMap(({ period }) => (period === null ? [] : [period])).toSorted();
  const series = { metric: metric.id, where: scope.where, grain, periods };
  const remarks = remarksOn(desk.annotations, series);
  const shared = { catalogue, scope, metric };
  const overTimeInput = { ...shared, answer, grain, remarks };
  const rankingBy = async (dimension: string) => {
    const answered = { ...shared, by: dimension, answer: await desk.values(rankingQuestion(scope, metric, dimension)) };
    return answered;
  };
  const [first, second] = [by === null ? null : await rankingBy(by), other === null ? null : await rankingBy(other)];
  const people = funnelBy === null || unfit(metric, scope.where).length > 0 ? null : await rankingBy(funnelBy);
  const curve = metric.kind.startsWith('km_') ? ((await desk.curves(inTotal(scope, [metric])))[0]?.points ?? []) : null;
  const isPaired = first !== null && second !== null;
  const parts: readonly Part[] = [
    ...figureParts(trendFigure({ ...overTimeInput, title: 'Over time', height: 250 }), { prints: true }),
    ...figureParts(controlFigure({ ...overTimeInput, rules: address.rules ?? 'making-data-count' })),
    ...remarkFacts(remarks),
    ...(curve === null
      ? []
      : figureParts(survivalFigure({ ...shared, points: curve, title: 'Done by day', mark: null }))),
    ...(first === null ? [] : figureParts(rankingFigure(first), { prints: true, isSmall: isPaired })),
    ...(second === null ? [] : figureParts(rankingFigure(second), { isSmall: isPaired })),
    ...(people === null ? [] : figureParts(funnelFigure(people))),
  ];
  return {
    ...{ address: path, title: metric.label, words: scopeWords(desk, scope, address) },
    ...headlineOf(indicator, grain, compareWords(address.compare, grain)),
    parts: inOrder(parts, definitionFacts(metric, trustOf(desk.checks).get(metric.id), desk.checks)),
    metrics: [metric.id],
  };
};
