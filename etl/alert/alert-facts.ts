import type { Alert, AlertGrain } from '../../dashboard/store/alert.ts';
import type { Annotation } from '../../dashboard/store/annotation.ts';
import type { Catalogue } from '../../warehouse/metric/catalogue.ts';
import type { Metric, Target, Unit } from '../../warehouse/metric/metric.ts';
import type { Reader } from '../../warehouse/open.ts';
import { answer, type Answer } from '../../warehouse/query/answer.ts';
import { addDays, addGrains, addMonths, dayAfter } from '../../warehouse/additive/calendar.ts';
import { cell, columnNamed } from '../../warehouse/query/column-table.ts';
import { readTargets, scopeDimension, targetInForce } from '../../warehouse/query/dated-target.ts';
import { releaseFacts } from '../../warehouse/query/release-facts.ts';
import { reachOf } from '../../warehouse/query/standings.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import type { PeriodValue } from '../../warehouse/statistics/control-series.ts';
import { rebaseDays } from '../../warehouse/statistics/rebase.ts';

/** One complete period of the metric of an alert. */
export interface AlertPeriod extends PeriodValue {
  /** First day, ISO. */
  readonly period: string;
  /** The value is withheld: it rests on too few. */
  readonly suppressed: boolean;
}

/** What one release holds that an alert is judged by. */
export interface AlertFacts {
  readonly label: string;
  readonly unit: Unit;
  readonly better: Metric['better'];
  /** Complete periods, oldest first; the last is the last complete one. Of a threshold or a target that one alone. */
  readonly periods: readonly AlertPeriod[];
  /** The target in force on the last day of the last period; null where there is none, or none is asked for. */
  readonly target: Target | null;
  /** Days that limits are computed anew from, ascending. */
  readonly rebases: readonly string[];
}

/** Months up to the last complete one that limits come from: those that the page of a metric begins with. */
const signalMonths = 24;

type Asked = Pick<Alert, 'metric' | 'where' | 'when' | 'grain'>;

/**
 * What an alert is judged by in a release, or a sentence on why it cannot be asked: releases gain and lose metrics.
 *
 * @throws as an answer, where the release itself cannot be read
 */
export const alertFacts = async (
  reader: Reader,
  catalogue: Catalogue,
  alert: Asked,
  annotations: readonly Annotation[],
): Promise<AlertFacts | string> => {
  const metric = catalogue.metrics.find(({ id }) => id === alert.metric);
  const why = metric === undefined ? 'This release has no metric of this id.' : unfit(metric, alert);
  if (metric === undefined || why !== null) return why ?? '';
  const facts = await releaseFacts(reader);
  const through = reachOf(facts, metric, null);
  if (through === null) return `It is not known yet which ${alert.grain} is complete.`;
  const span = alertSpan(through, facts.completeThrough ?? through, alert);
  const answered = await answer(
    reader,
    catalogue,
    readViewState({ metrics: [metric.id], grain: alert.grain, where: alert.where, from: span.from, to: span.to }),
  );
  const [{ notKnown } = {}] = answered.metrics;
  if (notKnown !== undefined) return `It is not known in this release: ${notKnown}`;
  return {
    label: metric.label,
    unit: metric.unit,
    better: metric.better,
    periods: periodsOf(answered, span.last),
    target: alert.when.kind === 'target' ? await targetOf(reader, metric, alert, addDays(span.to, -1)) : null,
    rebases: rebaseDays(annotations, alert),
  };
};

const unfit = (metric: Metric, { where, grain }: Asked): string | null => {
  const foreign = Object.keys(where).filter((id) => !Object.hasOwn(metric.dimensions, id));
  if (foreign.length > 0) return `${metric.label} is not kept by ${foreign.join(', ')} in this release.`;
  return metric.grains.includes(grain) ? null : `${metric.label} is not kept by ${grain} in this release.`;
};

/** The days an alert asks of. */
export interface AlertSpan {
  /** First day asked for. */
  readonly from: string;
  /** The day after the last complete period. */
  readonly to: string;
  /** First day of the last complete period. */
  readonly last: string;
}

/**
 * The last complete period of a metric; of a signal, with those before it that the page of the metric draws.
 *
 * @param through last complete day of the metric, ISO
 * @param ofRelease last complete day of the release, which decides where its pages begin
 */
export const alertSpan = (
  through: string,
  ofRelease: string,
  { grain, when }: Pick<Asked, 'grain' | 'when'>,
): AlertSpan => {
  const to = startOf(dayAfter(through), grain);
  const last = addGrains(to, grain, -1);
  if (when.kind !== 'signal') return { from: last, to, last };
  const from = firstDrawn(ofRelease, grain);
  return { from: from < last ? from : last, to, last };
};

/** The first period that the page of a metric draws: the first whole one of its months. */
const firstDrawn = (through: string, grain: AlertGrain): string => {
  const month = addMonths(startOf(dayAfter(through), 'month'), -signalMonths);
  const start = startOf(month, grain);
  return start === month ? start : addGrains(start, grain, 1);
};

/** The first day of the period that holds a day; weeks begin on Monday. */
const startOf = (day: string, grain: AlertGrain): string =>
  grain === 'month' ? `${day.slice(0, 7)}-01` : addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** As answered, which is as drawn; the last complete period stands in it though nothing is known of it. */
const periodsOf = ({ table }: Answer, last: string): readonly AlertPeriod[] => {
  const at = (name: string, row: number) => cell(columnNamed(table, name), row);
  const number = (name: string, row: number) => at(name, row) as number | null;
  const periods = Array.from({ length: table.rows }, (_, row): AlertPeriod => ({
    period: String(at('period', row)),
    value: number('value', row),
    numerator: number('numerator', row),
    denominator: number('denominator', row),
    suppressed: at('suppressed', row) === true,
  }));
  if (periods.at(-1)?.period === last) return periods;
  return [...periods, { period: last, value: null, numerator: null, denominator: null, suppressed: false }];
};

/** One facility alone brings its own target, as on its page. */
const targetOf = async (reader: Reader, metric: Metric, { where }: Asked, day: string): Promise<Target | null> => {
  const kept = where[scopeDimension] ?? [];
  const scope = kept.length === 1 && kept[0] !== '' ? kept[0]! : null;
  const connection = await reader.connect();
  try {
    return targetInForce(await readTargets(connection), metric, scope, day);
  } finally {
    connection.closeSync();
  }
};
