import { dateText, plainNumber } from './xlsx-value.ts';
import { readPart } from './xlsx-part.ts';
import { unescaped, type Workbook } from './xlsx-workbook.ts';

/** A row of a sheet that holds anything: its number on the sheet, from 1, and its texts by column, from 0. */
export interface SheetRow {
  readonly line: number;
  readonly cells: ReadonlyMap<number, string>;
}

/** A cell or range that no row of a table can be made of. */
export interface SheetFlaw {
  readonly kind: 'merged-cells' | 'error-cell' | 'formula-without-value' | 'no-such-date';
  readonly line: number;
}

export interface SheetContent {
  readonly rows: readonly SheetRow[];
  readonly flaw: SheetFlaw | null;
}

/** A cell being read. */
interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: number;
  hasFormula: boolean;
  value: string;
  inline: string;
}

/** Reads one sheet: every cell as text, dates as ISO text, numbers as people wrote them; rows without a value are none. */
export const readSheet = (content: Buffer, workbook: Workbook): SheetContent => {
  const rows: SheetRow[] = [];
  let flaw: SheetFlaw | null = null;
  let line = 0;
  let next = 0;
  let cells = new Map<number, string>();
  let cell: OpenCell | null = null;
  let into: 'value' | 'inline' | null = null;
  let isSpoken = false;
  const refuse = (kind: SheetFlaw['kind'], at = line): void => {
    flaw ??= { kind, line: at };
  };
  readPart(content, {
    open: ({ name, attributes }) => {
      if (name === 'row') {
        line = attributes.r === undefined ? line + 1 : Number(attributes.r);
        cells = new Map();
        next = 0;
      } else if (name === 'c') {
        const column = attributes.r === undefined ? next : columnOf(attributes.r);
        next = column + 1;
        const style = Number(attributes.s ?? 0);
        cell = { column, type: attributes.t ?? 'n', style, hasFormula: false, value: '', inline: '' };
      } else if (name === 'mergeCell') refuse('merged-cells', Number(/[0-9]+/.exec(attributes.ref ?? '')?.[0] ?? 1));
      else if (name === 'f' && cell) cell.hasFormula = true;
      if (name === 'rPh') isSpoken = true;
      into = name === 'v' ? 'value' : name === 't' && !isSpoken ? 'inline' : null;
    },
    text: (text) => {
      if (cell && into) cell[into] += text;
    },
    close: (name) => {
      if (name === 'v' || name === 't') into = null;
      if (name === 'rPh') isSpoken = false;
      if (name === 'c' && cell) {
        const text = textOf(cell, workbook, refuse);
        if (text !== null) cells.set(cell.column, text);
        cell = null;
      }
      if (name === 'row' && cells.size > 0) rows.push({ line, cells });
    },
  });
  return { rows, flaw };
};

/** The text of a cell; null where it is empty. */
const textOf = (
  { type, value, inline, style, hasFormula }: OpenCell,
  { texts, dateStyles, is1904 }: Workbook,
  refuse: (kind: SheetFlaw['kind']) => void,
): string | null => {
  if (type === 'inlineStr') return inline === '' ? null : unescaped(inline);
  if (type === 'e') {
    refuse('error-cell');
    return null;
  }
  if (value === '') {
    if (hasFormula && type !== 'str') refuse('formula-without-value');
    return null;
  }
  if (type === 's') {
    const shared = texts[Number(value)];
    return shared === undefined || shared === '' ? null : shared;
  }
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type === 'str') return unescaped(value);
  if (type === 'd') return value.replace('T', ' ');
  if (!dateStyles.has(style)) return plainNumber(value);
  const date = dateText(value, is1904);
  if (date === null) refuse('no-such-date');
  return date;
};

/** Column of a cell's place (`AB12` is in column 27), from 0. */
const columnOf = (place: string): number => {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(place)?.[0] ?? 'A') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
};

/**
 * Rows that hold a value, counted on the text of the part without any parser: the second opinion.
 *
 * A shared text that is empty counts as none, as it does for the reader.
 */
export const countRows = (content: Buffer, { texts }: Pick<Workbook, 'texts'>): number => {
  const xml = content.toString('utf8').replaceAll(/<!--.*?-->/gs, '');
  let count = 0;
  for (const [, row] of xml.matchAll(/<(?:\w+:)?row\b[^>]*(?<!\/)>(.*?)<\/(?:\w+:)?row>/gs))
    if (holdsValue(row!, texts)) count += 1;
  return count;
};

const holdsValue = (row: string, texts: readonly string[]): boolean =>
  [...row.matchAll(/<(?:\w+:)?c\b([^>]*(?<!\/))>(.*?)<\/(?:\w+:)?c>/gs)].some(([, attributes, inside]) => {
    const value = /<(?:\w+:)?(?:v|t)\b[^>]*(?<!\/)>(?:<!\[CDATA\[)?([^<]+)/.exec(inside!)?.[1];
    if (value === undefined || /\bt=["']e["']/.test(attributes!)) return false;
    return !/\bt=["']s["']/.test(attributes!) || (texts[Number(value)] ?? '') !== '';
  });
