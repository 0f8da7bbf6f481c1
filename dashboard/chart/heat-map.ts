import * as Plot from '@observablehq/plot';
import { formatCount } from '../data/format.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted } from './label.ts';

/** A field of the map that holds something; the others are empty. */
export interface HeatCell {
  readonly row: string;
  readonly column: string;
  readonly value: number;
  /** `encounters, 2 Sep 2026: 3,120 rows`. */
  readonly words: string;
  /** Marked by a frame and a dot besides its colour. */
  readonly isMarked?: boolean;
}

export interface HeatMapInput {
  /** In the order shown, from the top and from the left. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly HeatCell[];
  readonly label: string;
  /** What a row and a column is called in the table. */
  readonly rowLabel: string;
  readonly columnLabel: string;
  readonly valueLabel: string;
  /** How a value is written; whole counts unless told otherwise. */
  readonly format?: (value: number) => string;
  /** The value whose colour is weakest: 0 of counts, else the least there is. */
  readonly low?: number;
  /** `concern` where a high value is bad. */
  readonly tone?: 'accent' | 'concern';
  readonly width: number;
}

const rowHeight = 24;
/** Least width of a field that has room for its number. */
const numberWidth = 46;
/** Pixels of a letter at this size, and between two names. */
const letter = 6.6;
const gap = 8;

/**
 * How strong the colour of a value is: none of zero, else 0.12–1 by its square root, so that small values are seen beside
 * large ones; of values that are no counts by where they lie between the least and the greatest.
 */
const strength = (value: number, most: number, low: number): number => {
  if (low === 0) return value <= 0 ? 0 : 0.12 + 0.88 * Math.sqrt(value / most);
  return 0.12 + 0.78 * (most > low ? (value - low) / (most - low) : 0.5);
};

/** Counts over two things at once, one field for each pair; read row by row with the arrow keys. */
export const heatMap = (input: HeatMapInput): Drawing => {
  const { rows, columns, cells, label, width, format = formatCount, tone = 'accent', low = 0 } = input;
  const left = Math.min(150, Math.max(64, ...rows.map((name) => name.length * 7 + 10)));
  const field = (width - left - 8) / Math.max(1, columns.length);
  const most = Math.max(low, ...cells.map((cell) => cell.value));
  const nameWidth = Math.max(...columns.map((name) => name.length)) * letter + gap;
  const every = Math.ceil(nameWidth / Math.max(1, field));
  const fill = tone === 'concern' ? ink.concern : ink.accent;
  const marked = cells.filter((cell) => cell.isMarked === true);
  return {
    isGrid: true,
    options: {
      ...frame(width, rows.length * rowHeight + 26, label),
      marginLeft: left,
      marginRight: 8,
      marginTop: 22,
      marginBottom: 4,
      x: {
        type: 'band',
        domain: [...columns],
        axis: 'top',
        label: null,
        tickSize: 0,
        padding: 0.06,
        tickFormat: (name: string, index: number) => (index % every === 0 ? name : ''),
      },
      y: {
        type: 'band',
        domain: [...rows],
        label: null,
        tickSize: 0,
        padding: 0.08,
        tickFormat: (name: string) => fitted(name, left),
      },
      marks: [
        Plot.cell(
          rows.flatMap((row) => columns.map((column) => ({ row, column }))),
          { x: 'column', y: 'row', fill: ink.band, fillOpacity: 0.45 },
        ),
        Plot.cell(cells, {
          x: 'column',
          y: 'row',
          fill,
          fillOpacity: (cell: HeatCell) => strength(cell.value, most, low),
        }),
        Plot.cell(marked, { x: 'column', y: 'row', fill: 'none', stroke: ink.strong, strokeWidth: 1.5 }),
        ...(field >= numberWidth
          ? [
              Plot.text(cells, {
                x: 'column',
                y: 'row',
                text: (cell: HeatCell) => format(cell.value),
                fill: (cell: HeatCell) => (strength(cell.value, most, low) > 0.72 ? ink.paper : ink.strong),
              }),
            ]
          : []),
      ],
    },
    spots: inReadingOrder(input).map((cell) => ({ x: cell.column, y: cell.row, words: cell.words })),
    table: {
      columns: [
        { label: input.rowLabel, numeric: false },
        { label: input.columnLabel, numeric: false },
        { label: input.valueLabel, numeric: true },
      ],
      rows: inReadingOrder(input).map((cell) => [
        { text: cell.row, raw: cell.row },
        { text: cell.column, raw: cell.column },
        { text: format(cell.value), raw: cell.value },
      ]),
    },
  };
};

const inReadingOrder = ({ rows, columns, cells }: HeatMapInput): readonly HeatCell[] => {
  const place = (cell: HeatCell) => rows.indexOf(cell.row) * columns.length + columns.indexOf(cell.column);
  return cells.toSorted((a, b) => place(a) - place(b));
};
