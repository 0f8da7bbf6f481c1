import { formatDay, formatInterval, formatValue } from '../data/format.ts';
import { indicatorCells, type IndicatorRows } from '../data/indicator-sheet.ts';
import type { Indicator } from '../data/indicator.ts';
import type { IsoDate } from '../data/period.ts';
import { evidenceWords, moreWords, targetWords, verdictOf } from '../data/standing.ts';
import type { ReportCell, ReportColumn, ReportTable, Tone } from './report.ts';
import { bulletPicture, signalPicture, sparkPicture } from './small-picture.ts';

/** What the table of a report is made of. */
export interface ReportRows extends IndicatorRows {
  /** How far the release is complete. */
  readonly through: IsoDate;
  /** Why one has no value. */
  readonly noteOf: (indicator: Indicator) => string;
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

const toneOf = ({ meaning }: Indicator): Tone =>
  meaning === 'improvement' || meaning === 'concern' ? meaning : 'quiet';

const cellsOf = (indicator: Indicator, input: ReportRows): readonly ReportCell[] => {
  const { metric, latest, standing, meaning, signal } = indicator;
  const { unit } = metric;
  const said = indicatorCells(indicator, input);
  const verdict = verdictOf(standing);
  const good: Tone = verdict.good === null ? 'quiet' : verdict.good ? 'improvement' : 'concern';
  const isJudged = standing !== null && standing.target !== null;
  const judged = isJudged ? `${formatValue(standing.value, unit)}, ${targetWords(standing, metric)}` : '';
  const better = { improvement: 'better', concern: 'worse', common: 'by chance', unknown: '' }[meaning];
  const trust = input.trust.get(metric.id);
  const through = input.throughOf(indicator);
  const isKnown = latest !== null;
  const more: Readonly<Record<string, Partial<ReportCell>>> = {
    Indicator: { small: metric.help },
    Latest: { isStrong: true, small: isKnown ? formatInterval(latest, unit) : '' },
    'Interval and target': isKnown
      ? words('', { picture: bulletPicture(indicator) })
      : words(input.noteOf(indicator).replaceAll('`', ''), { tone: 'quiet' }),
    Change: { tone: toneOf(indicator), small: isKnown && latest.change !== null ? better : '' },
    'By month': isKnown ? { picture: sparkPicture(indicator) } : {},
    Signal: isKnown && signal !== null ? { picture: signalPicture(signal) } : {},
    Status: {
      tone: good,
      small: isKnown ? lined(judged, evidenceWords(standing), moreWords(standing, metric)) : '',
    },
    Checks: {
      tone: (trust?.broken ?? 0) > 0 ? 'concern' : 'quiet',
      // Most are complete as far as the release is: only what lags is told.
      small: isKnown && through < input.through ? `complete through ${formatDay(through)}` : '',
    },
    'Complete through': isKnown ? { tone: 'quiet' } : {},
  };
  return columns
    .filter(({ isCompared }) => input.compares || isCompared !== true)
    .map(({ label }) => ({ ...words(''), ...said.get(label), ...more[label] }));
};

/** The table of the scorecard and of the pages of a subject: the same words as the screen's, and its numbers for a spreadsheet. */
export const indicatorTable = (input: ReportRows): ReportTable => ({
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
