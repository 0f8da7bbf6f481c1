import { strToU8, zipSync } from 'fflate';

/** How a cell looks and what Excel takes its entries for. `text` keeps leading zeros. */
export type CellStyle = keyof typeof styleIndex;

const styleIndex = { general: 0, head: 1, text: 2, moment: 3, title: 4, wrapped: 5 } as const;

/** A value, alone or with a style of its own. */
export type XlsxCell = string | number | null | { readonly value: string | number; readonly style: CellStyle };

/** A column of a sheet. */
export interface XlsxColumn {
  /** In characters. */
  readonly width: number;
  /** Style of its cells, empty ones included. */
  readonly style: CellStyle;
  /** What may stand in it: a range of cells (`Values!$A$2:$A$9`) offered as a drop-down list; null = anything. */
  readonly list: string | null;
  /** What is shown beside a cell of it that is being filled in; null = nothing. */
  readonly hint: { readonly title: string; readonly text: string } | null;
}

export interface XlsxSheet {
  /** At most 31 characters, none of []:*?/\ among them. */
  readonly name: string;
  readonly columns: readonly XlsxColumn[];
  readonly rows: readonly (readonly XlsxCell[])[];
  /** Rows on top that stay in sight. */
  readonly frozen: number;
  /** First and last row, from 1, that lists and hints are for. */
  readonly filled: readonly [first: number, last: number];
}

/**
 * A workbook's bytes (Office Open XML, ECMA-376): the same for the same sheets on any machine and day.
 *
 * Texts are kept as they are; what XML cannot hold is left out of them.
 */
export const toXlsx = (sheets: readonly XlsxSheet[]): Uint8Array => {
  const parts: Record<string, string> = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbook(sheets),
    'xl/_rels/workbook.xml.rels': relations([
      ...sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
  };
  // The first moment a zip can name: a file's time is no part of what it says.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(head + xml)])), {
    mtime,
  });
};

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaging = 'http://schemas.openxmlformats.org/package/2006';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const contentTypes = (count: number): string =>
  `<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/>${Array.from({ length: count }, (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${kind}.worksheet+xml"/>`).join('')}</Types>`;

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="${packaging}/relationships">${targets.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

const workbook = (sheets: readonly XlsxSheet[]): string =>
  `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`;

/** In the order of `styleIndex`: general, head, text (@), moment, title, wrapped. */
const styles = `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

const sheetXml = ({ columns, rows, frozen, filled }: XlsxSheet): string => {
  const pane =
    frozen === 0
      ? ''
      : `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  const cols = columns.map(
    ({ width, style }, i) =>
      `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${styleIndex[style]}" customWidth="1"/>`,
  );
  const data = rows.map((cells, r) => {
    const filledCells = cells.map((cell, c) =>
      cellXml(cell, `${columnName(c)}${r + 1}`, columns[c]?.style ?? 'general'),
    );
    return `<row r="${r + 1}">${filledCells.join('')}</row>`;
  });
  return `<worksheet xmlns="${main}">${pane}<cols>${cols.join('')}</cols><sheetData>${data.join('')}</sheetData>${validations(columns, filled)}</worksheet>`;
};

const cellXml = (cell: XlsxCell, place: string, columnStyle: CellStyle): string => {
  if (cell === null) return '';
  const { value, style } = typeof cell === 'object' ? cell : { value: cell, style: columnStyle };
  const s = `s="${styleIndex[style]}"`;
  if (typeof value === 'number') return `<c r="${place}" ${s}><v>${value}</v></c>`;
  return `<c r="${place}" ${s} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
};

const validations = (columns: readonly XlsxColumn[], [first, last]: readonly [number, number]): string => {
  const rules = columns.flatMap(({ list, hint }, i) => {
    if (list === null && hint === null) return [];
    const name = columnName(i);
    const prompt =
      hint === null
        ? ''
        : ` showInputMessage="1" promptTitle="${escaped(hint.title.slice(0, 32))}" prompt="${escaped(hint.text.slice(0, 255))}"`;
    const kept = list === null ? '' : ' type="list" showErrorMessage="1"';
    const range = list === null ? '' : `<formula1>${escaped(list)}</formula1>`;
    return [
      `<dataValidation${kept} allowBlank="1"${prompt} sqref="${name}${first}:${name}${last}">${range}</dataValidation>`,
    ];
  });
  return rules.length === 0 ? '' : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
};

/** A, B … Z, AA … of columns 0, 1 … */
export const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));

const escaped = (text: string): string =>
  text
    // Control characters and halves of surrogate pairs have no place in XML.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
