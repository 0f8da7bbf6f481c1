import { isDateFormat } from './xlsx-value.ts';
import { readPart } from './xlsx-part.ts';

/** What the cells of all sheets of a workbook refer to. */
export interface Workbook {
  /** Sheets by name, in the order of the workbook, with the path of their part. */
  readonly sheets: ReadonlyMap<string, string>;
  readonly is1904: boolean;
  /** Texts that cells share, by number. */
  readonly texts: readonly string[];
  /** Styles whose number format shows a date, by number. */
  readonly dateStyles: ReadonlySet<number>;
}

type Parts = ReadonlyMap<string, Buffer>;

/**
 * Reads the parts of a workbook that its sheets refer to.
 *
 * @returns null where the archive holds no workbook
 */
export const readWorkbook = (parts: Parts): Workbook | null => {
  const path = targetsOf(parts, '_rels/.rels', '').find(({ type }) => type.endsWith('/officeDocument'))?.path;
  const content = path === undefined ? undefined : parts.get(path);
  if (path === undefined || content === undefined) return null;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const targets = targetsOf(parts, `${folder}_rels/${path.slice(folder.length)}.rels`, folder);
  const targetOf = (ending: string): Buffer | undefined =>
    parts.get(targets.find(({ type }) => type.endsWith(ending))?.path ?? '');
  const sheets = new Map<string, string>();
  let is1904 = false;
  readPart(content, {
    open: ({ name, attributes }) => {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const target = targets.find((one) => one.id === id && one.type.endsWith('/worksheet'));
      if (target && attributes.name !== undefined) sheets.set(attributes.name, target.path);
    },
  });
  return { sheets, is1904, texts: textsOf(targetOf('/sharedStrings')), dateStyles: dateStylesOf(targetOf('/styles')) };
};

interface Target {
  readonly id: string;
  readonly type: string;
  readonly path: string;
}

const targetsOf = (parts: Parts, path: string, folder: string): readonly Target[] => {
  const content = parts.get(path);
  const targets: Target[] = [];
  if (content)
    readPart(content, {
      open: ({ name, attributes: { Id: id, Type: type, Target: target } }) => {
        if (name !== 'Relationship' || id === undefined || type === undefined || target === undefined) return;
        targets.push({
          id,
          type,
          path: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
        });
      },
    });
  return targets;
};

/** Rich texts are put together from their runs; what tells how a word is spoken is left out. */
const textsOf = (content: Buffer | undefined): readonly string[] => {
  const texts: string[] = [];
  if (!content) return texts;
  let current = '';
  let isText = false;
  let spoken = false;
  readPart(content, {
    open: ({ name }) => {
      if (name === 'si') current = '';
      if (name === 'rPh') spoken = true;
      isText = name === 't' && !spoken;
    },
    text: (text) => {
      if (isText) current += text;
    },
    close: (name) => {
      if (name === 't') isText = false;
      if (name === 'rPh') spoken = false;
      if (name === 'si') texts.push(unescaped(current));
    },
  });
  return texts;
};

/** `_x000D_` is how a workbook writes a character that XML cannot. */
export const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

const dateStylesOf = (content: Buffer | undefined): ReadonlySet<number> => {
  const dates = new Set<number>();
  if (!content) return dates;
  const codes = new Map<number, string>();
  let isCells = false;
  let style = 0;
  readPart(content, {
    open: ({ name, attributes }) => {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') isCells = true;
      if (name !== 'xf' || !isCells) return;
      const id = Number(attributes.numFmtId ?? 0);
      if (isDateFormat(id, codes.get(id))) dates.add(style);
      style += 1;
    },
    close: (name) => {
      if (name === 'cellXfs') isCells = false;
    },
  });
  return dates;
};
