import { completeFor } from '../data/answer.ts';
import { facilityRows, type FacilityCell, type FacilityRow } from '../data/facility-row.ts';
import { formatMonth, formatValue } from '../data/format.ts';
import { overTime } from '../data/scope.ts';
import { verdictOf } from '../data/standing.ts';
import type { Desk } from './desk.ts';
import { indicatorsOn, scopeWords, type IndicatorPageInput } from './indicators.ts';
import { PageError } from './page-error.ts';
import type { ReportCell, ReportColumn, ReportPage } from './report.ts';

/** One column of numbers of a facility, or of all together. */
interface Place {
  readonly label: string;
  readonly cellOf: (row: FacilityRow) => FacilityCell | null;
}

const data = (raw: string | null): ReportCell => ({ text: raw ?? '', raw });

/** A number with how it stands, and of a month before the newest which; behind it the same for a spreadsheet. */
const cellsAt = ({ cellOf }: Place, row: FacilityRow, newest: string): readonly ReportCell[] => {
  const cell = cellOf(row);
  if (cell === null) return [{ text: '', raw: null }, data(null), data(null)];
  const { latest, standing } = cell;
  const { good, words } = verdictOf(standing);
  const judged = good === null || latest === null ? '' : good ? 'meets' : 'does not meet';
  const period = latest?.period ?? null;
  const month = period !== null && period < newest ? formatMonth(period) : '';
  return [
    {
      ...{ text: formatValue(latest?.value, row.metric.unit), raw: latest?.value ?? null },
      small: [judged, month].filter((part) => part !== '').join('\n'),
      ...(good === false ? { tone: 'concern' as const } : {}),
    },
    data(period),
    data(judged === '' ? null : words),
  ];
};

const columnsOf = ({ label }: Place): readonly ReportColumn[] => [
  { label, numeric: true },
  { label: `${label}: month`, numeric: false, only: 'data' },
  { label: `${label}: status`, numeric: false, only: 'data' },
];

/**
 * The scorecard by facility: the latest complete month of each indicator, all facilities side by side.
 *
 * @throws PageError where no indicator is kept by facility, or the release names none
 */
export const facilityPage = async (desk: Desk, input: IndicatorPageInput): Promise<ReportPage> => {
  const { path, address, scope, title, metrics } = input;
  const { fitting, indicators, lines } = await indicatorsOn(desk, input);
  const split = fitting.filter(({ dimensions }) => dimensions.includes('facility'));
  const kept = scope.where.facility ?? [];
  const facilities = (desk.catalogue.dimensions.find(({ id }) => id === 'facility')?.values ?? []).filter(
    ({ value }) => kept.length === 0 || kept.includes(value),
  );
  if (split.length === 0 || facilities.length === 0)
    throw new PageError(['None of its indicators is kept by facility, or the release names no facility.']);
  const answer = await desk.values(overTime(scope, split, 'month', 'none', ['facility']));
  const standings = await desk.standings(
    split.map(({ id }) => id),
    scope.where,
    true,
  );
  const rows = facilityRows(fitting, answer, standings, (metric) => completeFor(answer, metric, scope.through));
  const together = new Map(indicators.map((one) => [one.metric.id, one]));
  const places: readonly Place[] = [
    {
      label: 'All',
      cellOf: ({ metric }) => ({
        latest: together.get(metric.id)?.latest ?? null,
        standing: together.get(metric.id)?.standing ?? null,
      }),
    },
    ...facilities.map(({ value, label }) => ({
      label,
      cellOf: ({ cells }: FacilityRow) =>
        cells === null ? null : (cells.get(value) ?? { latest: null, standing: null }),
    })),
  ];
  const newest = answer.rows.reduce(
    (last, { period, value }) =>
      value !== null && period !== null && period > last && period <= scope.span.through ? period : last,
    '',
  );
  return {
    ...{ address: path, title, words: scopeWords(desk, scope, address), headline: null, lines },
    parts: [
      {
        kind: 'table',
        title: 'Indicators by facility',
        note: 'The latest complete month of each; whether it meets the target in force there is judged over the window of its policy.',
        table: {
          columns: [
            { label: 'Area', numeric: false, only: 'data' },
            { label: 'Indicator', numeric: false },
            { label: 'Metric', numeric: false, only: 'data' },
            ...places.flatMap(columnsOf),
          ],
          rows: rows.map((row) => {
            const { metric, cells } = row;
            const help = cells === null ? `${metric.help} · not kept by facility` : metric.help;
            const head = [data(metric.subject), { ...data(metric.label), small: help }, data(metric.id)];
            return {
              group: metric.subject,
              cells: [...head, ...places.flatMap((place) => cellsAt(place, row, newest))],
            };
          }),
          ...{ foot: null, claimed: fitting.length },
        },
      },
    ],
    metrics: metrics.map(({ id }) => id),
  };
};
