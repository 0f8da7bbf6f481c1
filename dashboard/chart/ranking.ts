import * as Plot from '@observablehq/plot';
import { formatTarget, formatValue } from '../data/format.ts';
import { shownEnds } from '../data/interval.ts';
import { comparedMarks, comparedNumbers, comparedWords, type Compared } from './before-mark.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted, labelRow, labelWidth } from './label.ts';
import { rankingTable, rankingWords, verdictOf, type RankingItem, type RankingTerms } from './ranking-words.ts';
import { axisFor, tickText } from './scale.ts';

export interface RankingInput extends RankingTerms {
  /** In the order they are drawn, from the top. Items without a value are named, not placed. */
  readonly items: readonly RankingItem[];
  /** How many are drawn; {@link rankingMost} unless told. */
  readonly most?: number;
  readonly compared?: Compared | undefined;
  readonly width: number;
}

/** More than this cannot be compared by eye; the table has them all. */
export const rankingMost = 24;

/** Colour only where the whole interval lies on one side of the target. */
const colourOf = (item: RankingItem, terms: RankingTerms): string => {
  const verdict = verdictOf(item, terms);
  if (verdict === null || verdict === 'undecided') return ink.strong;
  return verdict === 'meets' ? ink.improve : ink.concern;
};

const targetMarks = (target: number, { unit }: RankingTerms): readonly Plot.Markish[] => [
  Plot.ruleX([target], { stroke: ink.target, strokeDasharray: '5 3' }),
  Plot.text([`target ${formatTarget(target, unit)}`], {
    x: [target],
    frameAnchor: 'top',
    dy: -14,
    fill: ink.target,
    fontSize: 11,
  }),
];

const itemMarks = (items: readonly RankingItem[], input: RankingInput): readonly Plot.Markish[] => {
  const isAnyChosen = items.some((item) => item.isChosen);
  const colour = (item: RankingItem) => (isAnyChosen && !item.isChosen ? ink.common : colourOf(item, input));
  const placed = items.filter((item) => item.value !== null);
  const reaching = placed.filter((item) => item.lower !== null && item.upper !== null);
  const line = { stroke: colour, strokeOpacity: 0.55, strokeWidth: 2.5, strokeLinecap: 'round' } as const;
  const y = 'label';
  return [
    Plot.link(reaching, { x1: 'lower', x2: 'upper', y1: y, y2: y, ...line }),
    Plot.dot(placed, { x: 'value', y, r: 4.5, fill: colour, stroke: ink.paper }),
    Plot.text(items, {
      ...{ y, frameAnchor: 'right', textAnchor: 'end', dx: 60, fill: colour, fontWeight: 600 },
      text: (item: RankingItem) => formatValue(item.value, input.unit),
    }),
  ];
};

/** Values side by side as dots on their intervals, so that a difference can be told from doubt. */
export const ranking = (input: RankingInput): Drawing => {
  const { unit, target, width } = input;
  const items = input.items.slice(0, input.most ?? rankingMost).map((item) => ({ ...item, ...shownEnds(item, unit) }));
  const labels = items.map((item) => item.label);
  const left = labelWidth(labels, width * 0.38);
  const numbers = items.flatMap((item) => [item.value, item.lower, item.upper]);
  const axis = axisFor([...numbers, ...comparedNumbers(input.compared), target], unit, width < 420 ? 3 : 5);
  return {
    options: {
      ...frame(width, items.length * labelRow + 56, `${input.label} by ${input.first.toLowerCase()}`),
      ...{ marginLeft: left, marginRight: 64, marginTop: target === null ? 8 : 22, marginBottom: 34 },
      x: {
        ...{ domain: [...axis.domain], ticks: [...axis.ticks], label: null, tickSize: 0, clamp: true },
        tickFormat: (tick: number) => tickText(tick, unit, axis),
      },
      y: {
        ...{ type: 'band', domain: labels, label: null, tickSize: 0, padding: 0.2 },
        tickFormat: (label: string) => fitted(label, left),
      },
      marks: [
        Plot.gridX(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        ...(target === null ? [] : targetMarks(target, input)),
        ...comparedMarks(input.compared, labels),
        ...itemMarks(items, input),
      ],
    },
    spots: items
      .filter((item) => item.value !== null)
      .map((item) => ({
        x: item.value ?? 0,
        y: item.label,
        words: rankingWords(item, input) + comparedWords(input.compared, item.label, unit),
      })),
    table: rankingTable(input.items, input),
  };
};
