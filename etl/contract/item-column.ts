import { readFileSync } from 'node:fs';
import type { ContractColumn } from './contract.ts';

/**
 * Columns of text that a fact table names in its column `xmlId`, one a row, described by its column `name`.
 *
 * The table is plain CSV with quotes around cells that hold a comma; no cell holds a line break.
 */
export const readItemColumns = (file: string): readonly ContractColumn[] =>
  readItemTable(file).map((at) => ({
    name: at('xmlId'),
    type: 'text',
    required: false,
    unlessPrivacy: [],
    values: null,
    pattern: null,
    identifier: kindOf(at('identifier')),
    describes: at('name') || null,
  }));

/** The rows of such a table, each as a function from column name to cell; empty for a cell or column that is not there. */
export const readItemTable = (file: string): readonly ((column: string) => string)[] => {
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/).map(cells);
  return rows.map((row) => (column) => row[header?.indexOf(column) ?? -1] ?? '');
};

const kindOf = (text: string): ContractColumn['identifier'] =>
  text === 'surrogate' || text === 'date' || text === 'geography' || text === 'age' ? text : null;

const cells = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
