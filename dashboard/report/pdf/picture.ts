import SVGtoPDF from 'svg-to-pdfkit';
import { ink } from '../../chart/drawing.ts';
import type { Painted } from '../painted.ts';
import { onPaper } from '../palette.ts';
import { faceName, type Weight } from './faces.ts';
import type { Pen } from './pen.ts';
import { drawSigns } from './signs.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Paints SVG text into a document; every fault of it is thrown: a chart with a part left out is none. */
export const paintSvg = (doc: PDFKit.PDFDocument, svg: string, { x, y, width, height }: Spot): void => {
  SVGtoPDF(doc, onPaper(svg), x, y, {
    ...{ width, height, assumePt: true, preserveAspectRatio: 'xMinYMin meet' },
    fontCallback: (family: string) => (family.startsWith('plex-') ? family : faceName('latin', 400)),
    warningCallback: (fault: string) => {
      throw new Error(`a chart cannot be put on paper: ${fault}`);
    },
  });
};

const weightOf = (text: Element): Weight => {
  const weight = text.closest('[font-weight]')?.getAttribute('font-weight') ?? '400';
  return weight === 'bold' || Number(weight) >= 600 ? 600 : Number(weight) >= 500 ? 500 : 400;
};

/** Names the part of the font that each stretch of a text is set in. */
const setFaces = (text: Element, pen: Pen): void => {
  const leaves = text.children.length > 0 ? [...text.querySelectorAll('tspan')] : [text];
  text.setAttribute('xml:space', 'preserve');
  for (const leaf of leaves) {
    const runs = pen.split(leaf.textContent, weightOf(leaf));
    leaf.textContent = '';
    for (const run of runs) {
      const span = leaf.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'tspan');
      span.setAttribute('font-family', run.face);
      span.textContent = run.text;
      leaf.append(span);
    }
  }
};

/** A painted chart as SVG text whose words are set in embedded fonts. */
export const chartSvg = ({ svg }: Painted, pen: Pen): string => {
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('font-size', '12');
  svg.setAttribute('color', ink.soft);
  for (const text of svg.querySelectorAll('text')) {
    drawSigns(text, (words, size) => pen.lengthOf(words, { size }));
    setFaces(text, pen);
  }
  for (const title of [...svg.querySelectorAll('title')]) title.remove();
  return svg.outerHTML.replaceAll('currentColor', ink.soft);
};
