import { strToU8, zipSync } from 'fflate';

/** A cell of a workbook: a number, a text, an ISO date, or null where nothing is known. */
export type WorkCell = number | string | null;

/** A table that becomes a sheet of its own: its head in the first row, so that it can be sorted and filtered as it is. */
export interface WorkTable {
  /** What the sheet is called; cut, and made its own, where a workbook asks for it. */
  readonly name: string;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly WorkCell[])[];
  /** Columns whose numbers are shares of 0–1, by their place: shown as percent, kept as they are. */
  readonly shares: ReadonlySet<number>;
  /** The answer for all rows together, as the last one; null where there is none. */
  readonly foot: readonly WorkCell[] | null;
}

/** What is said of a workbook on its first sheet, a line a pair. */
export type WorkAbout = readonly (readonly [name: string, text: string])[];

/** Sheets end here (ECMA-376, as Excel keeps it), and so does the text of a cell. */
export const mostRows = 1_048_576;
const mostLetters = 32_000;

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaging = 'http://schemas.openxmlformats.org/package/2006';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const escaped = (text: string): string =>
  text
    // Control characters and halves of surrogate pairs have no place in XML.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** In the order of `styles`. */
const style = { plain: 0, head: 1, date: 2, share: 3, wrapped: 4, foot: 5, footShare: 6 } as const;

const xf = (format: number, font: number, more = ''): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"${more === '' ? '/>' : ` applyAlignment="1">${more}</xf>`}`;

const styles =
  `<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="7">${xf(0, 0)}${xf(49, 1)}${xf(164, 0)}${xf(165, 0)}${xf(49, 0, '<alignment vertical="top" wrapText="1"/>')}${xf(0, 1)}${xf(165, 1)}</cellXfs></styleSheet>`;

/** A, B … Z, AA … of columns 0, 1 … */
const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

/** Days since the last of 1899, as spreadsheets count; null of text that is no date, or one before their calendar is right. */
const serialOf = (text: string): number | null => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1900-03-01') return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? null : Math.round(at / 86_400_000) + 25_569;
};

const textCell = (place: string, text: string, look: number): string =>
  // Inline text is never read as a formula, whatever it begins with.
  `<c r="${place}" s="${look}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const cellXml = (cell: WorkCell, place: string, isShare: boolean, isFoot: boolean): string => {
  if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) return '';
  const look = isFoot ? (isShare ? style.footShare : style.foot) : isShare ? style.share : style.plain;
  if (typeof cell === 'number') return `<c r="${place}" s="${look}"><v>${cell}</v></c>`;
  const serial = serialOf(cell);
  return serial === null
    ? textCell(place, cell, isFoot ? style.foot : style.plain)
    : `<c r="${place}" s="${style.date}"><v>${serial}</v></c>`;
};

/** As wide as its longest text, within what can be read. */
const widthOf = ({ rows, columns }: WorkTable, at: number): number => {
  const seen = rows.slice(0, 200).map((cells) => {
    const cell = cells[at] ?? null;
    return typeof cell === 'number' ? 10 : (cell?.length ?? 0);
  });
  return Math.min(48, Math.max(9, (columns[at]?.label.length ?? 0) + 1, ...seen.map((length) => length + 2)));
};

const sheetXml = (table: WorkTable): string => {
  const { columns, rows, shares, foot } = table;
  const line = (cells: readonly WorkCell[], number: number, isFoot = false): string =>
    `<row r="${number}">${cells.map((cell, at) => cellXml(cell, `${columnName(at)}${number}`, shares.has(at), isFoot)).join('')}</row>`;
  const first = columns.map(({ label }, at) => textCell(`${columnName(at)}1`, label, style.head)).join('');
  const widths = columns.map(
    (_, at) => `<col min="${at + 1}" max="${at + 1}" width="${widthOf(table, at)}" customWidth="1"/>`,
  );
  const last = `${columnName(Math.max(0, columns.length - 1))}${rows.length + 1}`;
  return (
    `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData><row r="1">${first}</row>` +
    rows.map((cells, at) => line(cells, at + 2)).join('') +
    (foot === null ? '' : line(foot, rows.length + 2, true)) +
    `</sheetData><autoFilter ref="A1:${last}"/></worksheet>`
  );
};

/** Long texts go on in the line below. */
const pieces = (text: string): readonly string[] =>
  text === '' ? [''] : (text.match(new RegExp(`[^]{1,${mostLetters}}`, 'gu')) ?? ['']);

const aboutXml = (about: WorkAbout): string => {
  const lines = about.flatMap(([name, text]) =>
    pieces(text).map((piece, at) => [at === 0 ? name : '', piece] as const),
  );
  const rows = lines.map(
    ([name, text], at) =>
      `<row r="${at + 1}">${textCell(`A${at + 1}`, name, style.head)}${textCell(`B${at + 1}`, text, style.wrapped)}</row>`,
  );
  return `<worksheet xmlns="${main}"><cols><col min="1" max="1" width="26" customWidth="1"/><col min="2" max="2" width="100" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`;
};

/** Names of sheets: none twice, none longer than 31 letters, none with what a workbook forbids. */
const sheetNames = (names: readonly string[]): readonly string[] => {
  const taken = new Set<string>(['about', 'history']);
  return names.map((name) => {
    const clean =
      name
        .replaceAll(/[[\]:*?/\\]/g, ' ')
        .replaceAll(/^'+|'+$/g, '')
        .trim() || 'Table';
    for (let number = 1; ; number++) {
      const end = number === 1 ? '' : ` (${number})`;
      // Half of a letter that the cut leaves is left out with all that XML cannot hold.
      const tried = clean.slice(0, 31 - end.length).trimEnd() + end;
      if (taken.has(tried.toLowerCase())) continue;
      taken.add(tried.toLowerCase());
      return tried;
    }
  });
};

/**
 * A workbook (Office Open XML, ECMA-376): a sheet a table, and `About` before them. The same bytes for the same tables on any
 * machine and day; nothing in it is a formula.
 *
 * @throws Error where a table has more rows than a sheet can hold: none is left out
 */
export const workbook = (about: WorkAbout, tables: readonly WorkTable[]): Uint8Array<ArrayBuffer> => {
  const over = tables.find(({ rows, foot }) => rows.length + (foot === null ? 1 : 2) > mostRows);
  if (over !== undefined)
    throw new Error(
      `A sheet holds ${mostRows} rows and the table has ${over.rows.length}; CSV or Parquet hold them all.`,
    );
  const names = ['About', ...sheetNames(tables.map(({ name }) => name))];
  const sheets = [aboutXml(about), ...tables.map(sheetXml)];
  const relation = (type: string, target: string, at: number) =>
    `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = (list: readonly string[]) =>
    `<Relationships xmlns="${packaging}/relationships">${list.join('')}</Relationships>`;
  const part = (name: string, type: string) => `<Override PartName="/xl/${name}" ContentType="${kind}.${type}+xml"/>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('workbook.xml', 'sheet.main')}${part('styles.xml', 'styles')}${sheets.map((_, at) => part(`worksheets/sheet${at + 1}.xml`, 'worksheet')).join('')}</Types>`,
    '_rels/.rels': relations([relation('officeDocument', 'xl/workbook.xml', 0)]),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><bookViews><workbookView activeTab="${Math.min(1, tables.length)}"/></bookViews><sheets>${names.map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, at) => relation('worksheet', `worksheets/sheet${at + 1}.xml`, at)),
      relation('styles', 'styles.xml', sheets.length),
    ]),
    'xl/styles.xml': styles,
    ...Object.fromEntries(sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet])),
  };
  // The first moment a zip can name: a file's time is no part of what it says.
  const bytes = Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(head + xml)]));
  return new Uint8Array(zipSync(bytes, { mtime: new Date(1980, 0, 1) }));
};
