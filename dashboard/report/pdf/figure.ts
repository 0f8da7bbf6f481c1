import { ink } from '../../chart/drawing.ts';
import { chartWords, painted, type Painted } from '../painted.ts';
import type { FigurePart } from '../report.ts';
import type { Paper } from './paper.ts';
import { chartSvg, paintSvg } from './picture.ts';
import { leading, type Look } from './pen.ts';

/** Pixels of a chart that spans the page, and of one that spans half of it: its letters come out at about 8 points. */
const pixels = { wide: 780, small: 390 } as const;
const gap = 16;

const title: Look = { size: 10.5, weight: 600, colour: ink.strong };
const note: Look = { size: 7.5, colour: ink.faint };

/** A chart before it has a place. */
interface Ready {
  readonly part: FigurePart;
  readonly painted: Painted;
  readonly alt: string;
  readonly notes: readonly string[];
  /** Of the chart and of all, in points. */
  readonly chartHeight: number;
  readonly height: number;
}

const readied = (paper: Paper, part: FigurePart, width: number): Ready => {
  const drawing = part.drawing(part.isSmall ? pixels.small : pixels.wide);
  const chart = painted(drawing, 'clip');
  const notes = part.note === '' ? [] : paper.pen.lines(part.note, width, note);
  const chartHeight = (chart.height / chart.width) * width;
  const head = (title.size + notes.length * note.size) * leading + 5;
  const alt = chartWords(part.title, part.note, drawing);
  return { part, painted: chart, alt, notes, chartHeight, height: head + chartHeight };
};

const place = (paper: Paper, ready: Ready, x: number, y: number, width: number): void => {
  let top = y;
  const { pen } = paper;
  paper.tagged('H2', () => pen.write(ready.part.title, x, top, title));
  top += title.size * leading;
  for (const line of ready.notes) {
    paper.tagged('P', () => pen.write(line, x, top, note));
    top += note.size * leading;
  }
  top += 5;
  const svg = chartSvg(ready.painted, pen);
  const spot = { x, y: top, width, height: ready.chartHeight };
  paper.tagged('Figure', () => paintSvg(paper.doc, svg, spot), undefined, { alt: ready.alt });
};

/** Charts from the top down; small ones two in a row. One that is higher than a page is made as high as one. */
export const placeFigures = (paper: Paper, parts: readonly FigurePart[]): void => {
  for (let at = 0; at < parts.length;) {
    const [first, second] = [parts[at], parts[at + 1]];
    if (first === undefined) return;
    const row = first.isSmall && second?.isSmall === true ? [first, second] : [first];
    at += row.length;
    // A small chart that is left over stands under its like.
    const width = first.isSmall ? (paper.width - gap) / 2 : paper.width;
    const ready = row.map((part) => readied(paper, part, width));
    const height = Math.max(...ready.map((one) => one.height));
    paper.need(height);
    const fit = Math.min(1, paper.room / height);
    ready.forEach((one, index) => {
      const scaled = { ...one, chartHeight: one.chartHeight * fit };
      place(paper, scaled, paper.left + index * (width + gap), paper.y, width * (fit < 1 ? fit : 1));
    });
    paper.y += height * fit + gap;
  }
};
