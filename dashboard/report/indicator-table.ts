import { formatChange, formatDay, formatInterval, formatMonth, formatTarget, formatValue } from '../data/format.ts';
import type { Indicator } from '../data/indicator.ts';
import type { IsoDate } from '../data/period.ts';
import { assuranceWords, variationWords } from '../data/signal.ts';
import { evidenceWords, moreWords, targetWords, verdictOf } from '../data/standing.ts';
import type { Trust } from '../data/trust.ts';
import type { ReportCell, ReportColumn, ReportTable, Tone } from './report.ts';
import { bulletPicture, signalPicture, sparkPicture } from './small-picture.ts';

/** What a table of indicators is made of. */
export interface IndicatorRows {
  /** In the order of the catalogue, which keeps subjects together. */
  readonly indicators: readonly Indicator[];
  readonly throughOf: (indicator: Indicator) => IsoDate;
  /** How far the release is complete. */
  readonly through: IsoDate;
  /** By metric id. */
  readonly trust: ReadonlyMap<string, Trust>;
  /** Why one has no value. */
  readonly noteOf: (indicator: Indicator) => string;
  /** Whether anything is compared. */
  readonly compares: boolean;
}

const columns: readonly (ReportColumn & { readonly isCompared?: boolean })[] = [
  { label: 'Area', numeric: false, only: 'data' },
  { label: 'Indicator', numeric: false },
  { label: 'Metric', numeric: false, only: 'data' },
  { label: 'Month', numeric: false, only: 'data' },
  { label: 'Latest', numeric: true },
  { label: 'Lower', numeric: true, only: 'data' },
  { label: 'Upper', numeric: true, only: 'data' },
  { label: 'Interval and target', numeric: false, only: 'page' },
  { label: 'Before', numeric: true, only: 'data', isCompared: true },
  { label: 'Change', numeric: true, isCompared: true },
  { label: 'By month', numeric: false, only: 'page' },
  { label: 'Signal', numeric: false, only: 'page' },
  { label: 'Variation', numeric: false, only: 'data' },
  { label: 'Assurance', numeric: false, only: 'data' },
  { label: 'Status', numeric: false },
  { label: 'Judged value', numeric: true, only: 'data' },
  { label: 'Target', numeric: true, only: 'data' },
  { label: 'Evidence', numeric: false, only: 'data' },
  { label: 'Checks', numeric: false },
  { label: 'Complete through', numeric: false, only: 'data' },
];

const words = (text: string, more: Partial<ReportCell> = {}): ReportCell => ({
  text,
  raw: text === '' ? null : text,
  ...more,
});

/** Each on a line of its own. */
const lined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');

const trustWords = (trust: Trust | undefined): string => {
  if (trust === undefined) return 'none apply';
  return trust.broken === 0 ? `all ${trust.run} pass` : `${trust.broken} of ${trust.run} fail`;
};

const toneOf = ({ meaning }: Indicator): Tone =>
  meaning === 'improvement' || meaning === 'concern' ? meaning : 'quiet';

const cellsOf = (indicator: Indicator, input: IndicatorRows): readonly ReportCell[] => {
  const { metric, latest, standing, meaning, signal } = indicator;
  const { unit } = metric;
  const number = (value: number | null | undefined, more: Partial<ReportCell> = {}): ReportCell => ({
    text: formatValue(value, unit),
    raw: value ?? null,
    ...more,
  });
  const verdict = verdictOf(standing);
  const good: Tone = verdict.good === null ? 'quiet' : verdict.good ? 'improvement' : 'concern';
  const isJudged = standing !== null && standing.target !== null;
  const judged = isJudged ? `${formatValue(standing.value, unit)}, ${targetWords(standing, metric)}` : '';
  const better = { improvement: 'better', concern: 'worse', common: 'by chance', unknown: '' }[meaning];
  const trust = input.trust.get(metric.id);
  const through = input.throughOf(indicator);
  const isKnown = latest !== null;
  const cells: readonly (ReportCell & { readonly isCompared?: boolean })[] = [
    words(metric.subject),
    words(metric.label, { small: metric.help }),
    words(metric.id),
    isKnown && latest.period !== null ? { text: formatMonth(latest.period), raw: latest.period } : words(''),
    number(latest?.value, {
      isStrong: true,
      small: isKnown ? formatInterval(latest, unit) : '',
    }),
    number(latest?.lower),
    number(latest?.upper),
    isKnown
      ? words('', { picture: bulletPicture(indicator) })
      : words(input.noteOf(indicator).replaceAll('`', ''), { tone: 'quiet' }),
    number(latest?.compareValue),
    {
      text: isKnown ? formatChange(latest.change, unit) : '',
      raw: latest?.change ?? null,
      tone: toneOf(indicator),
      small: isKnown && latest.change !== null ? better : '',
    },
    words('', isKnown ? { picture: sparkPicture(indicator) } : {}),
    words('', isKnown && signal !== null ? { picture: signalPicture(signal) } : {}),
    words(isKnown && signal !== null ? variationWords(signal) : ''),
    words(isKnown && signal !== null ? assuranceWords(signal) : ''),
    words(isKnown ? verdict.words : '', {
      tone: good,
      small: isKnown ? lined(judged, evidenceWords(standing), moreWords(standing, metric)) : '',
    }),
    number(standing?.target === null ? null : standing?.value),
    { text: formatTarget(metric.target?.value, unit), raw: metric.target?.value ?? null },
    words(isKnown ? evidenceWords(standing) : ''),
    words(isKnown ? trustWords(trust) : '', {
      tone: (trust?.broken ?? 0) > 0 ? 'concern' : 'quiet',
      // Most are complete as far as the release is: only what lags is told.
      small: isKnown && through < input.through ? `complete through ${formatDay(through)}` : '',
    }),
    isKnown ? { text: formatDay(through), raw: through, tone: 'quiet' } : words(''),
  ];
  return cells.filter((_, i) => input.compares || columns[i]?.isCompared !== true);
};

/** The table of the scorecard and of the pages of a subject: the same words as the screen's, and its numbers for a spreadsheet. */
export const indicatorTable = (input: IndicatorRows): ReportTable => ({
  columns: columns
    .filter(({ isCompared }) => input.compares || isCompared !== true)
    .map(({ label, numeric, only }) => ({ label, numeric, ...(only === undefined ? {} : { only }) })),
  rows: input.indicators.map((indicator) => ({
    cells: cellsOf(indicator, input),
    group: indicator.metric.subject,
  })),
  foot: null,
  claimed: input.indicators.length,
});
