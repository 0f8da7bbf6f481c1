import { onPaper } from '../palette.ts';
import { embedFaces, type Splitter, type Weight } from './faces.ts';

/** How words look on paper. */
export interface Look {
  /** In points. */
  readonly size: number;
  readonly weight?: Weight;
  /** A name of `ink`. */
  readonly colour: string;
}

/** Height of a line over the size of its letters. */
export const leading = 1.32;

/** Writes words of several parts of a font where it is told to, and knows how long they are. */
export class Pen {
  readonly doc: PDFKit.PDFDocument;
  readonly split: Splitter;
  /** Lengths at size 1 by weight and word: the same words stand in many rows. */
  readonly #lengths = new Map<string, number>();

  constructor(doc: PDFKit.PDFDocument) {
    this.doc = doc;
    this.split = embedFaces(doc);
  }

  /** In points. */
  lengthOf(text: string, { size, weight = 400 }: Pick<Look, 'size' | 'weight'>): number {
    const key = `${weight}${text}`;
    const known = this.#lengths.get(key) ?? this.#measured(text, weight);
    this.#lengths.set(key, known);
    return known * size;
  }

  #measured(text: string, weight: Weight): number {
    return this.split(text, weight).reduce(
      (sum, run) => sum + this.doc.font(run.face).fontSize(100).widthOfString(run.text) / 100,
      0,
    );
  }

  /** The text on lines no longer than `width`; a word longer than that is broken. */
  lines(text: string, width: number, look: Look): readonly string[] {
    return text.split('\n').flatMap((paragraph) => this.#wrapped(paragraph, width, look));
  }

  #wrapped(text: string, width: number, look: Look): readonly string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.lengthOf(longer, look) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      line = '';
      for (const letter of word) {
        if (line !== '' && this.lengthOf(line + letter, look) > width) {
          lines.push(line);
          line = '';
        }
        line += letter;
      }
    }
    if (line !== '' || lines.length === 0) lines.push(line);
    return lines;
  }

  /** Writes one line with its top at `y`; `x` is its left end, or its right one where it is aligned so. */
  write(text: string, x: number, y: number, look: Look, align: 'left' | 'right' = 'left'): void {
    const { size, weight = 400, colour } = look;
    let at = align === 'left' ? x : x - this.lengthOf(text, look);
    this.doc.fillColor(onPaper(colour));
    for (const run of this.split(text, weight)) {
      this.doc.font(run.face).fontSize(size);
      this.doc.text(run.text, at, y, { lineBreak: false });
      at += this.doc.widthOfString(run.text);
    }
  }
}
