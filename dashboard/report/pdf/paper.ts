import PDFDocument from 'pdfkit';
import { ink } from '../../chart/drawing.ts';
import { onPaper } from '../palette.ts';
import { leading, Pen, type Look } from './pen.ts';

export const papers = ['letter', 'a4'] as const;
export type PaperSize = (typeof papers)[number];

/** Around what is printed, in points. */
const margin = { top: 40, side: 42, bottom: 66 } as const;

/** What a document says of itself. */
export interface Said {
  readonly title: string;
  readonly subject: string;
  /** When what it shows was made: the release's own time, so that the same release gives the same bytes. */
  readonly at: Date;
}

/** A part of what a reader is told of a document's structure (PDF 1.7, 14.8.4). */
export type Tag = 'Sect' | 'H1' | 'H2' | 'P' | 'Figure' | 'Table' | 'TR' | 'TH' | 'TD' | 'Caption';

/** A document that is filled from the top down, page after page. Positions are in points from the top left corner. */
export class Paper {
  readonly pen: Pen;
  readonly left = margin.side;
  /** Where the next thing goes. */
  y = margin.top;
  #section: PDFKit.PDFStructureElement;
  readonly #root: PDFKit.PDFStructureElement;
  readonly #bytes: Promise<Uint8Array<ArrayBuffer>>;

  constructor(size: PaperSize, { title, subject, at }: Said) {
    const doc = new PDFDocument({
      ...{ size: size === 'a4' ? 'A4' : 'LETTER', autoFirstPage: false, bufferPages: true, margin: 0 },
      ...{ pdfVersion: '1.7', subset: 'PDF/UA', tagged: true, lang: 'en-US', displayTitle: true },
      info: {
        Title: title,
        Subject: subject,
        Creator: 'Himsight',
        Producer: 'Himsight',
        CreationDate: at,
        ModDate: at,
      },
    } as unknown as PDFKit.PDFDocumentOptions);
    const chunks: Buffer[] = [];
    this.#bytes = new Promise((resolve, reject) => {
      doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      doc.on('error', reject);
    });
    this.pen = new Pen(doc);
    this.#root = doc.struct('Document');
    doc.addStructure(this.#root);
    this.#section = this.#root;
  }

  get doc(): PDFKit.PDFDocument {
    return this.pen.doc;
  }
  get width(): number {
    return this.doc.page.width - 2 * margin.side;
  }
  get bottom(): number {
    return this.doc.page.height - margin.bottom;
  }
  /** Points that are left on this page. */
  get room(): number {
    return this.bottom - this.y;
  }

  /** Begins a section on a new page of its own. */
  section(title: string): void {
    this.#section = this.doc.struct('Sect', { title });
    this.#root.add(this.#section);
    this.page();
  }

  page(): void {
    this.doc.addPage();
    this.y = margin.top;
  }

  /** A new page where so much does not fit on this one. */
  need(height: number): boolean {
    if (height <= this.room) return false;
    this.page();
    return true;
  }

  /** A part of the section's structure that holds others; end it when they are in. */
  open(tag: Tag): PDFKit.PDFStructureElement {
    const element = this.doc.struct(tag);
    this.#section.add(element);
    return element;
  }

  /** Paints something that the structure tells of. */
  tagged(tag: Tag, paint: () => void, within = this.#section, options: { readonly alt?: string } = {}): void {
    within.add(this.doc.struct(tag, options, paint));
  }

  /** Paints something that only decorates: rules, bands. */
  decorate(paint: () => void): void {
    this.doc.markContent('Artifact');
    paint();
    this.doc.endMarkedContent();
  }

  rule(y: number, colour: string = ink.line, width = 0.6): void {
    this.decorate(() => {
      this.doc
        .moveTo(this.left, y)
        .lineTo(this.left + this.width, y)
        .lineWidth(width)
        .strokeColor(onPaper(colour))
        .stroke();
    });
  }

  /** Words over as many lines as they need, moving on to the next page where this one ends. */
  words(tag: Tag, text: string, look: Look, after = 0): void {
    const step = look.size * leading;
    const lines = this.pen.lines(text, this.width, look);
    const paragraph = this.open(tag);
    for (const line of lines) {
      this.need(step);
      const top = this.y;
      paragraph.add(() => this.pen.write(line, this.left, top, look));
      this.y += step;
    }
    paragraph.end();
    this.y += after;
  }

  /** Paints something on each page, once all are there. */
  onEach(paint: (number: number, count: number) => void): void {
    const { count } = this.doc.bufferedPageRange();
    for (let at = 0; at < count; at++) {
      this.doc.switchToPage(at);
      this.decorate(() => paint(at + 1, count));
    }
  }

  /** All of it as a file. */
  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    this.#root.end();
    this.doc.end();
    return this.#bytes;
  }
}
