import * as Plot from '@observablehq/plot';
import type { PointType } from '../../warehouse/statistics/making-data-count-rules.ts';
import { formatTarget, formatValue } from '../data/format.ts';
import type { Verdict } from '../../warehouse/statistics/control-verdict.ts';
import { controlMargin as margin, possible, type ControlChartInput, type PeriodPoint } from './control-point.ts';
import { ink, spread } from './drawing.ts';
import { remarkMarks } from './remark-marks.ts';
import type { Axis } from './scale.ts';
import { at } from './trend-point.ts';

/** Colour, form and the letter for it in text: a kind of variation is told by form as well as by colour. */
const looks = {
  'common cause': { colour: ink.spcCommon, symbol: 'circle', sign: '●' },
  improvement: { colour: ink.spcImprove, symbol: 'diamond', sign: '◆' },
  concern: { colour: ink.spcConcern, symbol: 'square', sign: '■' },
  'neutral high': { colour: ink.spcNeutral, symbol: 'triangle', sign: '▲' },
  'neutral low': { colour: ink.spcNeutral, symbol: 'triangle2', sign: '▼' },
} as const satisfies Readonly<Record<PointType, { colour: string; symbol: Plot.SymbolType; sign: string }>>;

const x = (point: PeriodPoint) => at(point.period);

/** A limit holds around its point, so it changes half way to the next. */
const stepped = (input: ControlChartInput, name: 'lower' | 'upper' | 'centre', dashes: string): Plot.Markish => {
  const y = (point: PeriodPoint) => (possible(point[name], input) === point[name] ? point[name] : null);
  // Each part between rebases is a line of its own.
  const { starts = [] } = input;
  const parts = input.points.map((_, i) => starts.filter((start) => start <= i).length);
  return Plot.lineY(input.points, {
    x,
    y,
    ...(starts.length > 0 ? { z: parts } : {}),
    curve: 'step',
    stroke: ink.soft,
    strokeWidth: 1,
    strokeDasharray: dashes,
    className: name,
  });
};

interface Named {
  readonly y: number;
  readonly text: string;
  readonly fill: string;
}

/** A limit that no share can reach is not drawn; its name stands at the end of the axis. */
const limitText = (y: number, input: ControlChartInput): string => {
  const end = possible(y, input);
  return end === y ? formatValue(y, input.unit) : `${y > end ? 'above' : 'below'} ${formatTarget(end, input.unit)}`;
};

const namedLines = (input: ControlChartInput): readonly Named[] => {
  const { points, unit, target, rules, chart } = input;
  const last = points.at(-1);
  const line = (y: number | null | undefined, name: string, fill: string): readonly Named[] =>
    y === null || y === undefined ? [] : [{ y: possible(y, input), text: `${name} ${limitText(y, input)}`, fill }];
  const isMedian = rules === 'anhoej' && /run/i.test(chart);
  return [
    ...line(last?.upper, 'upper', ink.soft),
    ...line(last?.centre, isMedian ? 'median' : 'mean', ink.soft),
    ...line(last?.lower, 'lower', ink.soft),
    ...(target === null ? [] : [{ y: target, text: `target ${formatTarget(target, unit)}`, fill: ink.spcTarget }]),
  ];
};

/** The names of the lines at their ends, kept from lying on each other. */
const lineNames = (input: ControlChartInput, axis: Axis, height: number): readonly Plot.Markish[] => {
  const [low, high] = axis.domain;
  const pixel = (y: number) => margin.top + ((high - y) / (high - low)) * (height - margin.top - margin.bottom);
  const names = namedLines(input);
  const wanted = names.map(({ y }) => pixel(y));
  const placed = spread(wanted, 14);
  return names.map(({ y, text, fill }, i) =>
    Plot.text([text], {
      ...{ y: [y], frameAnchor: 'right', textAnchor: 'start', dx: 8, dy: placed[i]! - wanted[i]!, fill, fontSize: 11 },
    }),
  );
};

/** Pixels. */
const captionHeight = 11;

/** Which chart, which rules and their version, what the forms mean, what the rules say of the whole. */
const captions = ({ chart, width }: ControlChartInput, { rules, words, marks }: Verdict): readonly Plot.Markish[] => {
  const seen = (Object.keys(looks) as PointType[]).filter((type) => marks.some((mark) => mark.type === type));
  const key = seen.map((type) => `${looks[type].sign} ${type}`).join('  ');
  const line = (text: string, dy: number, fill: string): Plot.Markish =>
    Plot.text([text], {
      ...{ frameAnchor: 'top-left', textAnchor: 'start', dy, fill, fontSize: captionHeight },
      // What does not fit is in the table.
      ...{ lineWidth: (width - margin.left) / captionHeight, textOverflow: 'ellipsis' },
    });
  return [
    line(`${chart} · ${rules.name}, ${rules.version}`, -54, ink.soft),
    line(words, -40, ink.soft),
    line(key, -26, ink.faint),
  ];
};

/** All that is painted, from the back to the front. */
export const controlChartMarks = (
  input: ControlChartInput,
  verdict: Verdict,
  axis: Axis,
  height: number,
): Plot.Markish[] => {
  const { points, target, width } = input;
  const dots = points.flatMap((point, i) => (point.value === null ? [] : [{ ...point, ...verdict.marks[i]! }]));
  const kinds = Map.groupBy(dots, ({ type }) => type);
  return [
    Plot.gridY(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
    ...(target === null ? [] : [Plot.ruleY([target], { stroke: ink.spcTarget, strokeDasharray: '5 3' })]),
    stepped(input, 'centre', 'none'),
    stepped(input, 'lower', '4 3'),
    stepped(input, 'upper', '4 3'),
    Plot.lineY(points, { x, y: 'value', stroke: ink.spcCommon, strokeWidth: 1.5, className: 'value' }),
    ...[...kinds].map(([type, group]) => {
      const { colour, symbol } = looks[type];
      const r = type === 'common cause' ? 3 : 4.5;
      return Plot.dot(group, { x, y: 'value', r, symbol, fill: colour, stroke: ink.paper, strokeWidth: 0.75 });
    }),
    ...remarkMarks({
      remarks: input.remarks ?? [],
      periods: points.map(({ period }) => period),
      plotWidth: width - margin.left - margin.right,
    }),
    ...lineNames(input, axis, height),
    ...captions(input, verdict),
  ];
};
