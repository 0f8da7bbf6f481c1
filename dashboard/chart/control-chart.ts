import { wordsOn } from '../data/annotation.ts';
import { formatPeriod, formatValue } from '../data/format.ts';
import { controlChartMarks } from './control-chart-marks.ts';
import { judge, type Verdict } from '../../warehouse/statistics/control-verdict.ts';
import { controlMargin, possible, type ControlChartInput, type PeriodPoint } from './control-point.ts';
import { frame, type ChartTable, type Drawing } from './drawing.ts';
import { axisFor, tickText } from './scale.ts';
import { timeAxis } from './time-axis.ts';
import { at } from './trend-point.ts';

const tableOf = ({ points, unit, grain, label, remarks = [] }: ControlChartInput, { marks }: Verdict): ChartTable => {
  const number = (value: number | null) => ({ text: formatValue(value, unit), raw: value });
  const text = (words: string) => ({ text: words, raw: words });
  return {
    columns: [
      { label: 'Period', numeric: false },
      { label, numeric: true },
      { label: 'Centre line', numeric: true },
      { label: 'Lower limit', numeric: true },
      { label: 'Upper limit', numeric: true },
      { label: 'Kind of variation', numeric: false },
      { label: 'Signal', numeric: false },
      ...(remarks.length > 0 ? [{ label: 'Annotations', numeric: false }] : []),
    ],
    rows: points.map((point, i) => [
      { text: formatPeriod(point.period, grain), raw: point.period },
      number(point.value),
      number(point.centre),
      number(point.lower),
      number(point.upper),
      text(point.value === null ? '' : (marks[i]?.type ?? '')),
      text(marks[i]?.cause ?? ''),
      ...(remarks.length > 0 ? [text(wordsOn(remarks, point.period))] : []),
    ]),
  };
};

const wordsOf = (point: PeriodPoint, input: ControlChartInput, cause: string, type: string): string => {
  const value = `${formatPeriod(point.period, input.grain)}: ${formatValue(point.value, input.unit)}`;
  // Without a centre line nothing was judged.
  const kind = point.centre === null ? 'no limits yet' : cause === '' ? 'common cause' : `${type}: ${cause}`;
  const said = wordsOn(input.remarks ?? [], point.period);
  return [`${value}, ${kind}`, said].filter((part) => part !== '').join(' · ');
};

/** Values over time between the limits that chance alone keeps to, judged by one named set of rules. */
export const controlChart = (input: ControlChartInput): Drawing => {
  const { points, unit, label, chart, width, height = 320 } = input;
  const verdict = judge(points, input, input.starts);
  const lines = points.flatMap(({ value, centre, lower, upper }) => [
    value,
    centre,
    possible(lower, input),
    possible(upper, input),
  ]);
  const axis = axisFor([...lines, input.target], unit);
  return {
    options: {
      ...frame(width, height, `${label}, ${chart} by ${verdict.rules.name}`),
      marginTop: controlMargin.top,
      marginRight: controlMargin.right,
      marginBottom: controlMargin.bottom,
      marginLeft: controlMargin.left,
      x: timeAxis(
        points.map(({ period }) => period),
        input.grain,
        width - controlMargin.left - controlMargin.right,
      ),
      y: {
        domain: [...axis.domain],
        ticks: [...axis.ticks],
        label: null,
        tickSize: 0,
        tickFormat: (tick: number) => tickText(tick, unit, axis),
      },
      marks: controlChartMarks(input, verdict, axis, height),
    },
    spots: points.flatMap((point, i) => {
      const { cause, type } = verdict.marks[i]!;
      return point.value === null
        ? []
        : [{ x: at(point.period), y: point.value, words: wordsOf(point, input, cause, type) }];
    }),
    table: tableOf(input, verdict),
  };
};
