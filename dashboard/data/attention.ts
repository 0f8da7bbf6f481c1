import { capital, countWord, formatChange, formatMonth, formatTarget, formatValue } from './format.ts';
import type { Indicator } from './indicator.ts';
import { verdictOf, windowWords } from './standing.ts';

/** One thing worth looking at, and the metric whose page shows it. */
export interface Phrase {
  readonly metric: string;
  readonly label: string;
  /** Goes on after the label: `at 21.6 % over Jul 2025 – Jun 2026 is above its 15 % target`. */
  readonly text: string;
}

export interface Attention {
  /** `Two indicators need attention:` or, with nothing to list, a whole sentence. */
  readonly lead: string;
  readonly phrases: readonly Phrase[];
  /** What is left out of the list, as a sentence; empty when nothing is. */
  readonly rest: string;
}

/** The most phrases that still read as one line. */
const most = 3;

/** `10.5 pts worse`: the size of a change that is of concern; empty otherwise. */
const worse = ({ metric, latest, meaning }: Indicator): string =>
  meaning === 'concern' ? `${formatChange(Math.abs(latest?.change ?? 0), metric.unit).replace('+', '')} worse` : '';

/** @param newest the latest month of any indicator: a value of an earlier one says which */
const phraseOf = (indicator: Indicator, since: string, newest: string): Phrase => {
  const { metric, latest, standing } = indicator;
  const named = { metric: metric.id, label: metric.label };
  const month = latest?.period && latest.period < newest ? ` in ${formatMonth(latest.period)}` : '';
  const lately = `${formatValue(latest?.value, metric.unit)}${month}`;
  if (standing === null || verdictOf(standing).good !== false)
    return { ...named, text: `at ${lately} is ${worse(indicator)} than ${since}` };
  const side = standing.direction === 'at_least' ? 'below' : 'above';
  const sure = standing.evidence === side ? 'clearly ' : '';
  const target = formatTarget(standing.target, metric.unit);
  const tail = worse(indicator) === '' ? '' : `, and lately ${worse(indicator)} than ${since}`;
  const judged = `at ${formatValue(standing.value, metric.unit)} over ${windowWords(standing)}`;
  return { ...named, text: `${judged} is ${sure}${side} its ${target} target${tail}` };
};

/** Missing the target and still getting worse weighs most, then what is settled by its interval, then the rest. */
const weight = ({ standing, meaning }: Indicator): number =>
  (verdictOf(standing).good === false ? 4 : 0) +
  (meaning === 'concern' ? 2 : 0) +
  (standing?.evidence === 'undecided' ? 0 : 1);

/**
 * The line of plain words on top of the scorecard.
 *
 * @param since what the change is taken against, in words: `12 months before`
 */
export const attentionTo = (indicators: readonly Indicator[], since: string): Attention => {
  const known = indicators.filter((indicator) => indicator.latest !== null);
  if (known.length === 0)
    return { lead: 'No indicator has a value in this period and under these filters.', phrases: [], rest: '' };
  const worrying = known
    .filter(({ standing, meaning }) => verdictOf(standing).good === false || meaning === 'concern')
    .toSorted((a, b) => weight(b) - weight(a));
  const judged = known.filter(({ standing }) => verdictOf(standing).good !== null).length;
  if (worrying.length === 0) {
    return {
      lead: `Nothing needs attention: ${countWord(judged)} of ${countWord(judged)} targets are met.`,
      phrases: [],
      rest: '',
    };
  }
  const verb = worrying.length === 1 ? 'indicator needs' : 'indicators need';
  const newest = known.map(({ latest }) => latest?.period ?? '').reduce((a, b) => (a > b ? a : b));
  const left = worrying.length - most;
  return {
    lead: `${capital(countWord(worrying.length))} ${verb} attention:`,
    phrases: worrying.slice(0, most).map((indicator) => phraseOf(indicator, since, newest)),
    rest: left > 0 ? `and ${countWord(left)} more below` : '',
  };
};
