import * as Plot from '@observablehq/plot';
import { formatValue, type Unit } from '../data/format.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted, labelRow, labelWidth } from './label.ts';

export interface BarsInput {
  /** In the order they are drawn, from the top. */
  readonly items: readonly { readonly label: string; readonly value: number | null }[];
  readonly label: string;
  /** What one bar is, as the first column's name. */
  readonly first: string;
  readonly unit: Unit;
  readonly width: number;
}

/** Counts by category as bars from zero, each with its number at its end. */
export const bars = ({ items, label, first, unit, width }: BarsInput): Drawing => {
  const left = labelWidth(
    items.map((item) => item.label),
    width * 0.42,
  );
  const text = (item: BarsInput['items'][number]) => formatValue(item.value, unit);
  const known = items.filter((item) => item.value !== null);
  return {
    options: {
      ...frame(width, items.length * labelRow + 8, `${label} by ${first.toLowerCase()}`),
      marginLeft: left,
      marginRight: 64,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, domain: [0, Math.max(1e-9, ...known.map((item) => item.value ?? 0))] },
      y: {
        type: 'band',
        domain: items.map((item) => item.label),
        label: null,
        tickSize: 0,
        tickFormat: (name: string) => fitted(name, left),
        padding: 0.3,
      },
      marks: [
        Plot.barX(known, { x: 'value', y: 'label', fill: ink.accent, rx: 1.5 }),
        Plot.text(items, {
          x: (item: BarsInput['items'][number]) => item.value ?? 0,
          y: 'label',
          text,
          textAnchor: 'start',
          dx: 6,
          fill: ink.strong,
        }),
      ],
    },
    spots: known.map((item) => ({ x: item.value ?? 0, y: item.label, words: `${item.label}: ${text(item)}` })),
    table: {
      columns: [
        { label: first, numeric: false },
        { label, numeric: true },
      ],
      rows: items.map((item) => [
        { text: item.label, raw: item.label },
        { text: text(item), raw: item.value },
      ]),
    },
  };
};
