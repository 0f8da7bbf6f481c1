import * as Plot from '@observablehq/plot';
import { formatValue, type Unit } from '../data/format.ts';
import { comparedMarks, comparedNumbers, comparedWords, type Compared } from './before-mark.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted, labelRow, labelWidth } from './label.ts';

export interface BarsInput {
  /** In the order they are drawn, from the top. */
  readonly items: readonly {
    readonly label: string;
    readonly value: number | null;
    /** Where any is chosen, the others step back. */
    readonly isChosen?: boolean;
  }[];
  readonly label: string;
  /** What one bar is, as the first column's name. */
  readonly first: string;
  readonly unit: Unit;
  /** Whether each bar also says what share of all it and those above it are: a Pareto chart. */
  readonly running?: boolean;
  readonly compared?: Compared | undefined;
  readonly width: number;
}

type Item = BarsInput['items'][number];

/** What share of the sum each item and those before it make; nothing where the sum is none. */
const runningShares = (items: readonly Item[]): ReadonlyMap<Item, number> => {
  const total = items.reduce((sum, item) => sum + (item.value ?? 0), 0);
  let so = 0;
  return new Map(total > 0 ? items.map((item) => [item, (so += item.value ?? 0) / total]) : []);
};

/** Counts by category as bars from zero, each with its number at its end. */
export const bars = ({ items, label, first, unit, running = false, compared, width }: BarsInput): Drawing => {
  const left = labelWidth(
    items.map((item) => item.label),
    width * 0.42,
  );
  const shares = runningShares(items);
  const shareOf = (item: Item): string => {
    const share = running ? (shares.get(item) ?? null) : null;
    return share === null ? '' : formatValue(share, 'share', 0);
  };
  const text = (item: Item) => formatValue(item.value, unit);
  const said = (item: Item) => [text(item), shareOf(item)].filter((part) => part !== '').join(' · ');
  const known = items.filter((item) => item.value !== null);
  const isAnyChosen = items.some((item) => item.isChosen);
  const fill = (item: Item) => (isAnyChosen && !item.isChosen ? ink.common : ink.accent);
  return {
    options: {
      ...frame(width, items.length * labelRow + 8, `${label} by ${first.toLowerCase()}`),
      marginLeft: left,
      marginRight: running ? 104 : 64,
      marginTop: 4,
      marginBottom: 4,
      x: {
        axis: null,
        domain: [
          0,
          Math.max(
            1e-9,
            ...[...known.map(({ value }) => value), ...comparedNumbers(compared)].map((value) => value ?? 0),
          ),
        ],
      },
      y: {
        type: 'band',
        domain: items.map((item) => item.label),
        label: null,
        tickSize: 0,
        tickFormat: (name: string) => fitted(name, left),
        padding: 0.3,
      },
      marks: [
        Plot.barX(known, { x: 'value', y: 'label', fill: isAnyChosen ? fill : ink.accent, rx: 1.5 }),
        ...comparedMarks(
          compared,
          items.map((item) => item.label),
        ),
        Plot.text(items, {
          x: (item: Item) => Math.max(item.value ?? 0, compared?.values.get(item.label) ?? 0),
          y: 'label',
          text: said,
          textAnchor: 'start',
          dx: 6,
          fill: ink.strong,
        }),
      ],
    },
    spots: known.map((item) => ({
      x: item.value ?? 0,
      y: item.label,
      words: `${item.label}: ${text(item)}${comparedWords(compared, item.label, unit)}${running ? `, with those above ${shareOf(item)}` : ''}`,
    })),
    table: {
      columns: [
        { label: first, numeric: false },
        { label, numeric: true },
        ...(running ? [{ label: 'With those above', numeric: true }] : []),
      ],
      rows: items.map((item) => [
        { text: item.label, raw: item.label },
        { text: text(item), raw: item.value },
        ...(running ? [{ text: shareOf(item), raw: shares.get(item) ?? null }] : []),
      ]),
    },
  };
};
