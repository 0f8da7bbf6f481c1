import type { Cell, ChartTable, Drawing } from '../chart/drawing.ts';
import type { IsoDate } from '../data/period.ts';

/** A report before it is written in any form: each page is a state of the product. */
export interface Report {
  /** What it is called on the command line, and in the name of a file. */
  readonly name: string;
  readonly title: string;
  readonly pages: readonly ReportPage[];
  readonly about: About;
}

/** What every number of a report stands on. */
export interface About {
  readonly release: string;
  /** When it was built, ISO 8601, UTC. */
  readonly builtAt: string;
  /** As of when its extracts speak; null where none says so. */
  readonly asOf: string | null;
  readonly completeThrough: IsoDate;
  /** How private the data are, as a sentence. */
  readonly privacy: string;
  /** The metrics of all pages, each once, in the order they come. */
  readonly metrics: readonly AboutMetric[];
}

export interface AboutMetric {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  /** The version of its definition. */
  readonly version: string;
  /** Of its own sources; null = not known. */
  readonly completeThrough: IsoDate | null;
  readonly definition: string;
  /** Checks that guard it and had something to examine, and what the broken ones ask, the worst first. */
  readonly checks: number;
  readonly broken: readonly string[];
}

export interface ReportPage {
  /** Where the screen shows the same. */
  readonly address: string;
  readonly title: string;
  /** Period, comparison and filters in words. */
  readonly words: string;
  /** The number that the page is about; null where it is about several. */
  readonly headline: string | null;
  /** What it says in plain words; none mostly. */
  readonly lines: readonly string[];
  readonly parts: readonly Part[];
  /** Ids of its metrics. */
  readonly metrics: readonly string[];
}

export type Part = FigurePart | TablePart | FactsPart;

export interface FigurePart {
  readonly kind: 'figure';
  readonly title: string;
  readonly note: string;
  readonly drawing: (width: number) => Drawing;
  /** Small ones stand two in a row. */
  readonly isSmall: boolean;
}

export interface TablePart {
  readonly kind: 'table';
  readonly title: string;
  readonly note: string;
  readonly table: ReportTable;
  /** `data`: in spreadsheets alone, since a figure shows it on paper. */
  readonly only?: 'data';
}

export interface FactsPart {
  readonly kind: 'facts';
  readonly title: string;
  readonly entries: readonly (readonly [name: string, text: string])[];
}

/** A table as it is printed, and as its cells go into a spreadsheet. */
export interface ReportTable {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly ReportRow[];
  /** The answer for all rows together; null where there is none. */
  readonly foot: readonly ReportCell[] | null;
  /** How many rows the answer behind it has to give: printed must be as many. */
  readonly claimed: number;
}

export interface ReportColumn {
  readonly label: string;
  readonly numeric: boolean;
  /** `page`: what only paper shows (a picture); `data`: what only a spreadsheet holds; both when left out. */
  readonly only?: 'page' | 'data';
}

export interface ReportRow {
  readonly cells: readonly ReportCell[];
  /** What it stands under; null where rows are not grouped. */
  readonly group: string | null;
}

/** What a cell says of its row beside its number; colour is never alone in saying it. */
export type Tone = 'improvement' | 'concern' | 'quiet';

export interface ReportCell extends Cell {
  /** Smaller, beneath. */
  readonly small?: string;
  readonly tone?: Tone;
  readonly isStrong?: boolean;
  /** Drawn in its place on paper. */
  readonly picture?: Picture;
}

/** A drawing by hand: shapes of one small chart, colours by their names in app.css. */
export interface Picture {
  readonly svg: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Width on paper, in points. */
  readonly points: number;
  /** The same in words. */
  readonly words: string;
}

/** A chart's own table as one of a report. */
export const reportTable = ({ columns, rows }: ChartTable): ReportTable => ({
  columns,
  rows: rows.map((cells) => ({ cells, group: null })),
  foot: null,
  claimed: rows.length,
});
