import * as Plot from '@observablehq/plot';
import type { RateRow } from '../data/registry-answer.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted, labelRow, labelWidth } from './label.ts';
import { rateTable, rateText, rateWords } from './rate-words.ts';
import { axisFor, tickText } from './scale.ts';

export interface RatesByGroupInput {
  /** In the order they are drawn, from the top; the total among them. */
  readonly rows: readonly RateRow[];
  readonly label: string;
  /** What one group is: `County`. */
  readonly first: string;
  /** Whether the rates are adjusted for age. */
  readonly adjusted: boolean;
  readonly width: number;
}

/** More than this cannot be compared by eye; the table has them all. */
export const rateGroupsMost = 24;

/** Rates side by side on their limits, the total as a line through them; a group withheld says so in its row. */
export const ratesByGroup = ({ rows, label, first, adjusted, width }: RatesByGroupInput): Drawing => {
  const items = rows.filter(({ isTotal }) => !isTotal).slice(0, rateGroupsMost);
  const total = adjusted ? (rows.find(({ isTotal }) => isTotal)?.value ?? null) : null;
  const labels = items.map((item) => item.label);
  const left = labelWidth(labels, width * 0.38);
  const values = items.flatMap(({ value, lower, upper }) => [value, lower, upper]);
  const axis = axisFor([...values, total], 'index', width < 420 ? 3 : 5);
  const shown = items.filter(({ value }) => value !== null);
  const withheld = items.filter((item) => item.withheld !== null);
  const line = { stroke: ink.soft, strokeOpacity: 0.55, strokeWidth: 2.5, strokeLinecap: 'round' } as const;
  const y = 'label';
  return {
    options: {
      ...frame(width, items.length * labelRow + 60, label),
      ...{ marginLeft: left, marginRight: 56, marginTop: total === null ? 8 : 22, marginBottom: 34 },
      x: {
        ...{ domain: [...axis.domain], ticks: [...axis.ticks], label: null, tickSize: 0 },
        tickFormat: (tick: number) => tickText(tick, 'index', axis),
      },
      y: {
        ...{ type: 'band', domain: labels, label: null, tickSize: 0, padding: 0.2 },
        tickFormat: (one: string) => fitted(one, left),
      },
      marks: [
        Plot.gridX(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        ...(total === null
          ? []
          : [
              Plot.ruleX([total], { stroke: ink.accent, strokeDasharray: '5 3' }),
              Plot.text([`all ${rateText(total)}`], { x: [total], frameAnchor: 'top', dy: -14, fill: ink.accent }),
            ]),
        Plot.link(shown, { x1: 'lower', x2: 'upper', y1: y, y2: y, ...line }),
        Plot.dot(shown, { x: 'value', y, r: 4.5, fill: ink.strong, stroke: ink.paper }),
        Plot.text(shown, {
          ...{ y, frameAnchor: 'right', textAnchor: 'end', dx: 52, fill: ink.strong, fontWeight: 600 },
          text: (row: RateRow) => rateText(row.value),
        }),
        Plot.text(withheld, {
          ...{ y, frameAnchor: 'left', textAnchor: 'start', dx: 6, fill: ink.faint },
          text: (row: RateRow) => shortly(row),
        }),
      ],
    },
    spots: items.map((row) => ({ x: row.value ?? axis.domain[0], y: row.label, words: rateWords(row) })),
    table: rateTable(rows, first, adjusted),
  };
};

/** The reason as there is room for it; the cursor and the table have it whole. */
const shortly = ({ withheld }: RateRow): string => withheld?.split(',')[0] ?? '';
