import { UserError } from '../../warehouse/error.ts';
import { headerNames } from '../read/csv.ts';
import type { PublishedText } from './parsed-table.ts';

/** One line of a text file. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** Lines that hold anything. @throws UserError for an empty file */
export const linesOf = ({ name, text }: PublishedText): readonly Line[] => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, i) => ({ number: i + 1, text: line }))
    .filter((line) => line.text.trim() !== '');
  if (lines.length > 0) return lines;
  throw new UserError(`${name} is empty.`, { mend: 'Download it again; a copy broken off leaves 0 bytes.' });
};

/** A mistake in a line. The line's text is not quoted. */
export const lineError = (name: string, line: number, says: string, mend: string): UserError =>
  new UserError(`${name}:${line}: ${says}`, { mend });

/** Rows of a delimited file under a header, by the names wanted. */
export interface Records {
  /** Which of the names wanted the header has. */
  readonly has: (key: string) => boolean;
  readonly rows: readonly { readonly line: number; readonly of: (key: string) => string }[];
}

/**
 * Reads a file with a header line, columns apart by tabs or commas.
 *
 * @param wanted key → the header names it goes by, compared without case and outer spaces
 * @param needed keys that must be there
 * @param what the file should have been, for messages
 * @param isRow tells a row from a note below the table, by its first column; by default every line is a row
 * @throws UserError where a needed column is missing, or a line has fewer columns than the header
 */
export const recordsOf = (
  file: PublishedText,
  wanted: Readonly<Record<string, readonly string[]>>,
  needed: readonly string[],
  what: string,
  isRow: (first: string) => boolean = () => true,
): Records => {
  const lines = linesOf(file);
  const isHeader = ({ text }: Line): boolean =>
    needed.every((key) => find(namesOf(text, delimiterIn(text)), wanted[key]!) >= 0);
  // Published tables open with a title or two.
  const head = lines.slice(0, 10).findIndex(isHeader);
  if (head < 0)
    throw lineError(
      file.name,
      lines[0]!.number,
      `this is not ${what}: no header with ${needed.map((key) => `\`${wanted[key]![0]}\``).join(', ')}.`,
      'Name the file as it was published, under the kind it belongs to.',
    );
  const delimiter = delimiterIn(lines[head]!.text);
  const names = namesOf(lines[head]!.text, delimiter);
  const at = new Map(Object.entries(wanted).map(([key, aliases]) => [key, find(names, aliases)]));
  const width = Math.max(...[...at.values()]) + 1;
  return {
    has: (key) => at.get(key)! >= 0,
    rows: lines.slice(head + 1).flatMap((line) => {
      const cells = cellsOf(line.text, delimiter);
      if (cells.every((cell) => cell === '') || !isRow(cells[0] ?? '')) return [];
      if (cells.length < width)
        throw lineError(
          file.name,
          line.number,
          `${cells.length} columns where the header has ${names.length}.`,
          'Download the file again; a line is broken off.',
        );
      return [{ line: line.number, of: (key: string) => cells[at.get(key)!] ?? '' }];
    }),
  };
};

const delimiterIn = (text: string): string => (text.includes('\t') ? '\t' : ',');
const cellsOf = (text: string, delimiter: string): readonly string[] =>
  headerNames(text, delimiter).map((cell) => cell.trim());
const namesOf = (text: string, delimiter: string): readonly string[] =>
  cellsOf(text, delimiter).map((name) => name.toLowerCase());
const find = (names: readonly string[], aliases: readonly string[]): number =>
  names.findIndex((name) => aliases.some((alias) => alias.toLowerCase() === name));
