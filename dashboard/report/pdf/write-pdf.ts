import { setImmediate as breathe } from 'node:timers/promises';
import { ink } from '../../chart/drawing.ts';
import { aboutHead, aboutRow, definitionWords, doubtWords, standsOn } from '../words.ts';
import type { FactsPart, FigurePart, Report, ReportPage, TablePart } from '../report.ts';
import { placeFigures } from './figure.ts';
import { Paper, type PaperSize } from './paper.ts';
import { leading, type Look } from './pen.ts';
import { placeTable } from './table.ts';

const h1: Look = { size: 18, weight: 600, colour: ink.strong };
const words: Look = { size: 9, colour: ink.soft };
const line: Look = { size: 9.5, colour: ink.strong };
const foot: Look = { size: 6.8, colour: ink.faint };

/** Names at the left, what is said of each beside them. */
const placeFacts = (paper: Paper, { title, entries }: FactsPart): void => {
  const name: Look = { size: 8, weight: 500, colour: ink.faint };
  const text: Look = { size: 8, colour: ink.strong };
  const indent = 76;
  const step = text.size * leading;
  paper.need(60);
  paper.words('H2', title, { size: 10.5, weight: 600, colour: ink.strong }, 3);
  for (const [key, said] of entries) {
    const lines = paper.pen.lines(said, paper.width - indent, text);
    paper.need(Math.min(lines.length, 3) * step + 3);
    const top = paper.y;
    paper.tagged('P', () => paper.pen.write(key, paper.left, top, name));
    const element = paper.open('P');
    for (const each of lines) {
      paper.need(step);
      const y = paper.y;
      element.add(() => paper.pen.write(each, paper.left + indent, y, text));
      paper.y += step;
    }
    element.end();
    paper.y += 3;
  }
  paper.y += 10;
};

const placePage = (paper: Paper, page: ReportPage): void => {
  paper.section(page.title);
  paper.words('H1', page.title, h1, 1);
  paper.words('P', page.words, words, 6);
  if (page.headline !== null) paper.words('P', page.headline, { size: 22, weight: 600, colour: ink.strong }, 1);
  for (const each of page.lines) paper.words('P', each, line, 3);
  paper.y += 8;
  let figures: FigurePart[] = [];
  const flush = (): void => {
    placeFigures(paper, figures);
    figures = [];
  };
  for (const part of page.parts) {
    if (part.kind === 'figure') {
      figures.push(part);
      continue;
    }
    flush();
    if (part.kind === 'facts') placeFacts(paper, part);
    else if (part.only !== 'data') placeTable(paper, part);
  }
  flush();
};

/** The last page: by which definitions all of it is counted, and what its checks found. */
const placeAbout = (paper: Paper, { about }: Report): void => {
  paper.section('About this report');
  paper.words('H1', 'About this report', h1, 1);
  paper.words('P', standsOn(about), words, 3);
  paper.words('P', about.privacy, words, 12);
  const rows = about.metrics.map((metric) => ({
    group: null,
    cells: aboutRow(metric).map((text) => ({ text, raw: text })),
  }));
  const table: TablePart = {
    ...{ kind: 'table', title: 'Definitions and checks', note: '' },
    table: {
      columns: aboutHead.map((label) => ({ label, numeric: false })),
      ...{ rows, foot: null, claimed: about.metrics.length },
    },
  };
  placeTable(paper, table);
};

/** A report as PDF 1.7, tagged, with its fonts inside; the same bytes for the same release. */
export const writePdf = async (report: Report, size: PaperSize): Promise<Uint8Array<ArrayBuffer>> => {
  const { about, title } = report;
  const paper = new Paper(size, { title, subject: standsOn(about), at: new Date(about.builtAt) });
  /** What each sheet of paper says beneath: that of the page it belongs to. */
  const feet: string[] = [];
  const sheets = (): number => paper.doc.bufferedPageRange().count;
  for (const page of report.pages) {
    // Drawing keeps the process to itself: between two pages a server answers others.
    await breathe();
    placePage(paper, page);
    const said = [definitionWords(about, page), doubtWords(about, page)].filter((part) => part !== '').join(' · ');
    while (feet.length < sheets()) feet.push(said);
  }
  placeAbout(paper, report);
  const { pen } = paper;
  paper.onEach((number, count) => {
    const end = paper.left + paper.width;
    const step = foot.size * leading;
    let y = paper.bottom + 14;
    paper.doc
      .moveTo(paper.left, y - 5)
      .lineTo(end, y - 5)
      .lineWidth(0.5)
      .stroke('#cfcac1');
    const page = `page ${number} of ${count}`;
    pen.write(page, end, y, { ...foot, weight: 500 }, 'right');
    pen.write(title, paper.left, y, { ...foot, weight: 500 });
    y += step;
    for (const said of [feet[number - 1] ?? '', standsOn(about), about.privacy])
      for (const each of said === '' ? [] : pen.lines(said, paper.width, foot)) {
        pen.write(each, paper.left, y, foot);
        y += step;
      }
  });
  return paper.finish();
};
