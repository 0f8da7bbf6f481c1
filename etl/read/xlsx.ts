import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import { HeldError } from '../error.ts';
import { countRows, readSheet, type SheetFlaw, type SheetRow } from './xlsx-sheet.ts';
import { readWorkbook, type Workbook } from './xlsx-workbook.ts';
import { unzip, ZipError, type ZipFlaw } from '../zip.ts';

/** Which sheet of a workbook is read: the one named, else the one named as a contract, else the only one. */
export interface SheetChoice {
  readonly named: string | null;
  readonly contracts: readonly string[];
}

/** What to read, and where to. */
export interface XlsxRequest {
  readonly file: string;
  /** What messages call it. */
  readonly name: string;
  readonly isGzip: boolean;
  readonly connection: DuckDBConnection;
  /** Name of the table to make. */
  readonly table: string;
  readonly sheet: SheetChoice;
}

/** What was read. */
export interface XlsxResult {
  /** Names in the sheet's first row, in order. */
  readonly columns: readonly string[];
  /** Number of each record's row on the sheet. */
  readonly lines: readonly number[];
}

/**
 * Reads one sheet of a workbook into a DuckDB table of text: a row per row that holds anything, below the one with the
 * columns' names, and `_record`, its number from 1.
 *
 * Cells of dates are ISO text, numbers as people wrote them, texts as they stand, leading zeros too. Formulas are
 * their last value.
 *
 * @throws HeldError naming file, row and rule
 */
export const loadXlsx = async (request: XlsxRequest): Promise<XlsxResult> => {
  const { name, connection, table } = request;
  const { rows, counted, sheet } = await contentOf(request);
  if (counted !== rows.length)
    throw new HeldError(
      `${name} sheet ${sheet} is held by rule records-reconcile: it holds ${counted} rows, but ${rows.length} could be read`,
      'Open it, save it again as .xlsx, and send that.',
    );
  const [header, ...records] = rows;
  if (header === undefined)
    throw new HeldError(
      `${name} sheet ${sheet} is held by rule empty: it has no row`,
      'A sheet without records still has the names of its columns.',
    );
  const columns = headerOf(header);
  refuseStray(name, columns, records);
  await fill(connection, table, columns, records);
  return { columns, lines: records.map(({ line }) => line) };
};

const headerOf = ({ cells }: SheetRow): readonly string[] =>
  Array.from({ length: Math.max(...cells.keys()) + 1 }, (_, column) => cells.get(column) ?? '');

/** @throws HeldError where a value stands to the right of the last column that has a name */
const refuseStray = (name: string, columns: readonly string[], records: readonly SheetRow[]): void => {
  const stray = records.find(({ cells }) => [...cells.keys()].some((column) => column >= columns.length));
  if (stray)
    throw new HeldError(
      `${name} row ${stray.line} is held by rule too-many-columns: a value stands to the right of the last column that has a name`,
      'Take it out, or give its column a name.',
    );
};

const contentOf = async (
  request: XlsxRequest,
): Promise<{ rows: readonly SheetRow[]; counted: number; sheet: string }> => {
  const { name } = request;
  try {
    // Pictures and the like are left where they are.
    const { entries: parts } = await unzip(bytesOf(request), (entry) => /\.(xml|rels)$/.test(entry));
    const workbook = readWorkbook(parts);
    if (workbook === null) throw new Error('no workbook');
    const sheet = sheetOf(name, workbook, request.sheet);
    const content = parts.get(workbook.sheets.get(sheet)!)!;
    const { rows, flaw } = readSheet(content, workbook);
    if (flaw) throw flawError(name, sheet, flaw);
    return { rows, counted: countRows(content, workbook), sheet };
  } catch (error) {
    if (error instanceof HeldError) throw error;
    if (error instanceof ZipError) throw archiveError(name, error.flaw);
    throw new HeldError(
      `${name} is held by rule no-workbook: it is a zip archive, but no workbook that can be read`,
      'Save it as an Excel workbook (.xlsx).',
    );
  }
};

/** How files begin that Excel encrypts, or wrote before 2007. */
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');

const bytesOf = ({ file, name, isGzip }: XlsxRequest): Buffer => {
  const found = readFileSync(file);
  const bytes = isGzip ? gunzipSync(found) : found;
  if (bytes.subarray(0, 8).equals(compound))
    throw new HeldError(
      `${name} is held by rule encrypted-workbook: it is protected by a password, or of the form before 2007`,
      'Save it without a password as an Excel workbook (.xlsx).',
    );
  if (bytes.length < 22 || bytes.readUInt16BE(0) !== 0x504b)
    throw new HeldError(
      `${name} is held by rule no-workbook: it is no Excel workbook`,
      'Save it as an Excel workbook (.xlsx), or mend `format` of its source.',
    );
  return bytes;
};

const sheetOf = (name: string, { sheets }: Workbook, { named, contracts }: SheetChoice): string => {
  const names = [...sheets.keys()];
  const [first] = names;
  const wanted = named === null ? contracts : [named];
  const found = names.find((one) => wanted.some((each) => each.toLowerCase() === one.toLowerCase()));
  if (found !== undefined) return found;
  if (named === null && first !== undefined && names.length === 1) return first;
  const are = names.slice(0, 12).map((one) => `\`${one}\``);
  throw new HeldError(
    `${name} is held by rule no-such-sheet: it has no sheet ${wanted.map((one) => `\`${one}\``).join(' or ')}, but ${are.join(', ')}`,
    'Name the sheet with `sheet` of its source in himsight.yaml.',
  );
};

const archives: Readonly<Record<ZipFlaw, readonly [says: string, mend: string]>> = {
  'torn-zip': ['breaks off before its end', 'Transfer it again, whole.'],
  'damaged-zip': ['is damaged: its contents are not those it was made of', 'Transfer it again.'],
  'encrypted-zip': ['is encrypted', 'Save it without a password.'],
  'unsafe-zip': ['holds a path that leads out of it', 'Save it again with a program for workbooks.'],
  'oversized-zip': ['unpacks to more than half a gigabyte', 'Send it as CSV.'],
};

const archiveError = (name: string, flaw: ZipFlaw): HeldError =>
  new HeldError(`${name} is held by rule ${flaw}: it ${archives[flaw][0]}`, archives[flaw][1]);

const flaws: Readonly<Record<SheetFlaw['kind'], readonly [says: string, mend: string]>> = {
  'merged-cells': ['cells are merged there, so that a row has no value of its own', 'Unmerge them and fill each cell.'],
  'error-cell': ['a formula there came to an error such as #N/A', 'Mend the formula, or write the value.'],
  'formula-without-value': ['a formula there has never been computed', 'Open it in Excel, and save it.'],
  'no-such-date': ['a cell of dates holds a number that is no day', 'Write the date anew.'],
};

const flawError = (name: string, sheet: string, { kind, line }: SheetFlaw): HeldError =>
  new HeldError(`${name} sheet ${sheet} row ${line} is held by rule ${kind}: ${flaws[kind][0]}`, flaws[kind][1]);

const fill = async (
  connection: DuckDBConnection,
  table: string,
  columns: readonly string[],
  records: readonly SheetRow[],
): Promise<void> => {
  // Names that are twins or empty are refused or held by others; here they need only be columns.
  const defined = columns.map((column, i) => `${identifier(nameIn(columns, column, i))} varchar`);
  await connection.run(`create or replace table ${identifier(table)} (${[...defined, '_record bigint'].join(', ')})`);
  const appender = await connection.createAppender(table);
  for (const [i, { cells }] of records.entries()) {
    for (const column of columns.keys()) {
      const value = cells.get(column);
      if (value === undefined) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.appendBigInt(BigInt(i + 1));
    appender.endRow();
  }
  appender.closeSync();
};

const nameIn = (columns: readonly string[], column: string, at: number): string => {
  const isPlain = column !== '' && columns.findIndex((one) => one.toLowerCase() === column.toLowerCase()) === at;
  return isPlain ? column : `_unnamed_${at}`;
};
