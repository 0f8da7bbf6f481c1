import { strToU8, zipSync } from 'fflate';

/** Parts of a workbook as Excel writes them, each replaceable by a test. */
export interface WorkbookParts {
  /** `<row>` elements and what follows them, by sheet name. */
  readonly sheets: Readonly<Record<string, { readonly rows: string; readonly after?: string }>>;
  readonly texts?: readonly string[];
  readonly is1904?: boolean;
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;

/** Cell styles: 0 general, 1 a date (built-in 14), 2 a date and time of its own, 3 text. */
const styles = `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="170" formatCode="[$-409]yyyy\\-mm\\-dd h:mm:ss"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="49"/></cellXfs></styleSheet>`;

/** A workbook as Excel writes it: shared texts, styles, absolute and relative targets. */
export const workbookFile = ({ sheets, texts = [], is1904 = false }: WorkbookParts): Uint8Array => {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    '_rels/.rels': relations([['officeDocument', '/xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
      ['styles', 'styles.xml'],
      ['sharedStrings', '/xl/sharedStrings.xml'],
    ]),
    'xl/styles.xml': styles,
    'xl/sharedStrings.xml': `<sst ${main}>${texts.map((text) => `<si>${text.startsWith('<') ? text : `<t>${text}</t>`}</si>`).join('')}</sst>`,
    ...Object.fromEntries(
      names.map((name, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet ${main}><sheetData>${sheets[name]!.rows}</sheetData>${sheets[name]!.after ?? ''}</worksheet>`,
      ]),
    ),
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(xml)])));
};
