import type { Cell } from '../chart/drawing.ts';
import type { ShownTable } from '../data/work-table.ts';

/** Marks and buttons are no part of what a table says. */
const unsaid = '[aria-hidden="true"], .no-print, script, style';

/** The words of an element as they are read: one blank between pieces, nothing that is for the eye alone. */
const wordsOf = (element: Element): string => {
  const copy = element.cloneNode(true) as Element;
  for (const each of copy.querySelectorAll(unsaid)) each.remove();
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  const pieces: string[] = [];
  while (walker.nextNode() !== null) pieces.push(walker.currentNode.nodeValue ?? '');
  return pieces.join(' ').replaceAll(/\s+/g, ' ').trim();
};

/** `1,234.5`, `−3`, `94.1 %` → the number, a share as 0 to 1; null of any other text. */
export const shownNumber = (text: string): number | null => {
  const [, digits, percent] = /^([−-]?[\d,]*\.?\d+)\s*(%)?$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits.replaceAll(',', '').replace('−', '-'));
  // A share of 94.1 % is 0.941, not 0.9409999999999999.
  return percent === undefined ? number : Number((number / 100).toPrecision(12));
};

/** A cell as it is shown; `data-raw` has the number it is shown from, where a table gives it. */
const cellOf = (element: Element): Cell => {
  const text = wordsOf(element);
  const raw = element.getAttribute('data-raw');
  if (raw !== null) return { text, raw: raw === '' ? null : Number(raw) };
  if (text === '' || text === '–') return { text, raw: null };
  return { text, raw: element.classList.contains('n') ? (shownNumber(text) ?? text) : text };
};

const cellsOf = (row: HTMLTableRowElement): readonly Cell[] =>
  [...row.cells].flatMap((one) => [cellOf(one), ...Array.from({ length: one.colSpan - 1 }, () => empty)]);
const empty: Cell = { text: '', raw: null };

/** A line that names the lines after it: `th` over several columns. */
const isHeading = (row: HTMLTableRowElement): boolean => row.cells[0]?.getAttribute('scope') === 'rowgroup';

/**
 * A table of the page, read off the page: what a file of it holds is what it shows. Lines that head others become a column
 * before them.
 */
export const readTable = (table: HTMLTableElement): ShownTable => {
  const [head] = [...(table.tHead?.rows ?? [])].slice(-1);
  const columns = (head ? cellsOf(head) : []).map(({ text }, at) => ({
    label: text,
    numeric: head?.cells[at]?.classList.contains('n') ?? false,
  }));
  const rows: (readonly Cell[])[] = [];
  const groups: string[] = [];
  let group = '';
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
    if (isHeading(row)) {
      group = wordsOf(row.cells[0]!);
      if (row.cells.length === 1) continue;
    }
    // What unfolds under a line is no line of the table.
    if (row.cells.length === 1 && columns.length > 1) continue;
    rows.push(cellsOf(row));
    groups.push(group);
  }
  const [last] = [...(table.tFoot?.rows ?? [])];
  const foot = last === undefined ? null : cellsOf(last);
  if (group === '') return { columns, rows, foot };
  return {
    columns: [{ label: 'Group', numeric: false }, ...columns],
    rows: rows.map((cells, at) => [{ text: groups[at]!, raw: groups[at]! }, ...cells]),
    foot: foot === null ? null : [empty, ...foot],
  };
};
