import { readSheet } from '../../etl/read/xlsx-sheet.ts';
import { readWorkbook } from '../../etl/read/xlsx-workbook.ts';
import { unzip } from '../../etl/zip.ts';

/** A workbook by the product's own reader: the texts of each sheet by row, empty cells as empty texts. @throws Error where a cell is broken */
export const workbookSheets = async (
  bytes: Uint8Array,
): Promise<ReadonlyMap<string, readonly (readonly string[])[]>> => {
  const { entries } = await unzip(Buffer.from(bytes), () => true);
  const workbook = readWorkbook(entries);
  if (workbook === null) throw new Error('no workbook');
  return new Map(
    [...workbook.sheets].map(([name, path]) => {
      const { rows, flaw } = readSheet(entries.get(path)!, workbook);
      if (flaw !== null) throw new Error(`a cell of ${name} is a ${flaw.kind}`);
      const width = Math.max(...rows.flatMap(({ cells }) => [...cells.keys()])) + 1;
      return [name, rows.map(({ cells }) => Array.from({ length: width }, (_, at) => cells.get(at) ?? ''))];
    }),
  );
};
