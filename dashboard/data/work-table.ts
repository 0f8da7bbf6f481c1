import type { Cell } from '../chart/drawing.ts';
import type { WorkTable } from './workbook.ts';

/** A table as it stands on the page, for a sheet. */
export interface ShownTable {
  readonly columns: WorkTable['columns'];
  readonly rows: readonly (readonly Cell[])[];
  readonly foot: readonly Cell[] | null;
}

/** Shown with the sign of percent, or in points of it: a share of 0–1 behind. */
const isShare = ({ text, raw }: Cell): boolean => typeof raw === 'number' && /\s?(%|pts)$/.test(text);

/** The cells of a table on the page as a sheet: the numbers they are shown from, in the form they are shown in. */
export const workTable = (name: string, { columns, rows, foot }: ShownTable): WorkTable => {
  const raws = (cells: readonly Cell[]) => cells.map(({ raw }) => raw);
  const known = [...rows, ...(foot === null ? [] : [foot])];
  const shares = columns.flatMap((_, at) => {
    const numbers = known.flatMap((cells) => {
      const cell = cells[at];
      return cell === undefined || typeof cell.raw !== 'number' ? [] : [cell];
    });
    return numbers.length > 0 && numbers.every(isShare) ? [at] : [];
  });
  return { name, columns, rows: rows.map(raws), shares: new Set(shares), foot: foot === null ? null : raws(foot) };
};
