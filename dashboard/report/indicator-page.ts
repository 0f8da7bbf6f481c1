import { makingDataCountRules } from '../../warehouse/statistics/making-data-count-rules.ts';
import { unfitSentence } from '../data/catalogue.ts';
import { trustOf } from '../data/trust.ts';
import type { Desk } from './desk.ts';
import { indicatorTable } from './indicator-table.ts';
import { indicatorsOn, scopeWords, type IndicatorPageInput } from './indicators.ts';
import type { ReportPage } from './report.ts';

/** What the icons of a table mean, and by whose rules. */
const signalNote = `Signals by ${makingDataCountRules.name} (${makingDataCountRules.version}): diamond improvement, square concern, triangle change without a better side, disc chance alone; the band is the control limits, against the dashed line of the target.`;

/** The scorecard, or the indicators of one subject: one row a metric. @throws PageError where none has a value */
export const indicatorPage = async (desk: Desk, input: IndicatorPageInput): Promise<ReportPage> => {
  const { path, address, scope, title, metrics } = input;
  const { indicators, throughOf, lines } = await indicatorsOn(desk, input);
  return {
    ...{ address: path, title, words: scopeWords(desk, scope, address), headline: null, lines },
    parts: [
      {
        kind: 'table',
        title: 'Indicators',
        note: signalNote,
        table: indicatorTable({
          indicators,
          throughOf: ({ metric }) => throughOf(metric),
          through: scope.through,
          trust: trustOf(desk.checks),
          noteOf: ({ metric }) =>
            unfitSentence(desk.catalogue, metric, scope.where) ??
            (Object.keys(scope.where).length > 0
              ? 'Nothing of this period fits the filters.'
              : 'Nothing is known for this period; a source that feeds it would fill the row.'),
          compares: address.compare !== 'none',
        }),
      },
    ],
    metrics: metrics.map(({ id }) => id),
  };
};
