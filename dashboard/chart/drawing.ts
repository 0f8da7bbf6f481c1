import type { PlotOptions } from '@observablehq/plot';

/** A chart before it is drawn: what Plot shall paint, where the cursor may rest, and the same numbers as a table. */
export interface Drawing {
  readonly options: PlotOptions;
  /** In the order the arrow keys walk. */
  readonly spots: readonly Spot[];
  readonly table: ChartTable;
  /** Whether the spots lie in rows and columns: then the arrow keys go up and down as well. */
  readonly isGrid?: boolean;
}

/** A place on the chart that can be read out. */
export interface Spot {
  /** In units of the x scale; a Date on a time axis, a label on a band. */
  readonly x: number | Date | string;
  readonly y: number | string;
  /** `Aug 2026: 94.1 %, interval 92.9–95.2`. */
  readonly words: string;
}

export interface ChartTable {
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A cell as shown, and the number or text behind it for exports; null is not known. */
export interface Cell {
  readonly text: string;
  readonly raw: number | string | null;
}

/** The palette of app.css by meaning; a chart names no colour of its own. */
export const ink = {
  strong: 'var(--ink)',
  soft: 'var(--ink-2)',
  faint: 'var(--ink-3)',
  line: 'var(--line)',
  lineStrong: 'var(--line-strong)',
  accent: 'var(--bar)',
  improve: 'var(--improve)',
  concern: 'var(--concern)',
  common: 'var(--common)',
  target: 'var(--target)',
  band: 'var(--band)',
  spcCommon: 'var(--spc-common)',
  spcImprove: 'var(--spc-improve)',
  spcConcern: 'var(--spc-concern)',
  spcNeutral: 'var(--spc-neutral)',
  spcTarget: 'var(--spc-target)',
  paper: 'var(--card)',
  /** Things of one kind side by side: colours that mean nothing but which is which. */
  series: ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5', '--series-6'].map(
    (name) => `var(${name})`,
  ),
} as const;

/** What every chart shares: its size and its name. The face of its text is in app.css, under this class. */
export const frame = (width: number, height: number, label: string): PlotOptions => ({
  width,
  height,
  ariaLabel: label,
  className: 'plot',
});

/** Positions moved apart until each is at least `gap` from the next, keeping their order and their middle. */
export const spread = (positions: readonly number[], gap: number): readonly number[] => {
  const order = positions.map((_, index) => index).toSorted((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const placed = [...positions];
  for (let round = 0; round < 20; round++) {
    for (let at = 1; at < order.length; at++) {
      const [above = 0, below = 0] = [order[at - 1], order[at]];
      const short = gap - ((placed[below] ?? 0) - (placed[above] ?? 0));
      if (short <= 0.01) continue;
      placed[above] = (placed[above] ?? 0) - short / 2;
      placed[below] = (placed[below] ?? 0) + short / 2;
    }
  }
  return placed;
};
