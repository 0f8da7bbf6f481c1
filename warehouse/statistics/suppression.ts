/** What is published beside the cells. A list by one dimension is a table of one row with `columns: false`. */
export interface Margins {
  /** The total of each row is published. */
  readonly rows: boolean;
  /** The total of each column is published. */
  readonly columns: boolean;
}

/**
 * Which cells of a table of counts are to be withheld: those below `below`, and as many more as it takes that no withheld
 * one can be worked out from the others and the totals.
 *
 * Registries withhold counts and rates of fewer than 16 cases (U.S. Cancer Statistics, technical notes). `showZero` lets
 * cells without cases stand, as CMS's policy for cells does. With both totals published a withheld cell can be worked out
 * exactly when no other way of withheld cells leads from its row to its column (Gusfield, SIAM J Comput 17 (1988) 552–571,
 * of tables whose cells could be anything; that counts are not below 0 can narrow them further). Of the cells that could be
 * added the smallest is.
 * @returns for each row and column whether it is withheld
 * @throws RangeError for rows of different length, and for column totals of a single row (each is its cell) or row totals
 *   of a single column
 */
export const suppressCells = (
  counts: readonly (readonly number[])[],
  margins: Margins,
  { below = 16, showZero = false }: { readonly below?: number; readonly showZero?: boolean } = {},
): readonly (readonly boolean[])[] => {
  const [height, width] = [counts.length, counts[0]?.length ?? 0];
  if (counts.some((row) => row.length !== width)) throw new RangeError('suppressCells: rows must be of one length');
  if ((margins.columns && height === 1) || (margins.rows && width === 1))
    throw new RangeError('suppressCells: the total of a single cell is that cell');
  const hidden = counts.map((row) => row.map((count) => count < below && !(showZero && count === 0)));
  for (;;) {
    const next = cellToAdd(counts, hidden, margins);
    if (next === null) return hidden;
    hidden[next.row]![next.column] = true;
  }
};

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The smallest cell whose withholding helps one that can be worked out; null where none can. */
const cellToAdd = (
  counts: readonly (readonly number[])[],
  hidden: readonly (readonly boolean[])[],
  margins: Margins,
): Cell | null => {
  const cells = counts.flatMap((line, row) => line.map((_, column): Cell => ({ row, column })));
  const isHidden = ({ row, column }: Cell): boolean => hidden[row]![column]!;
  const withheld = cells.filter(isHidden);
  for (const cell of withheld) {
    const inRow = (one: Cell): boolean => one.row === cell.row;
    const inColumn = (one: Cell): boolean => one.column === cell.column;
    const isAlone = (isBeside: (one: Cell) => boolean): boolean => withheld.filter(isBeside).length === 1;
    const helpful = ((): ((one: Cell) => boolean) | null => {
      if (margins.rows && isAlone(inRow)) return inRow;
      if (margins.columns && isAlone(inColumn)) return inColumn;
      if (!margins.rows || !margins.columns) return null;
      const reached = reachedFrom(cell, withheld);
      if (reached.columns.has(cell.column)) return null;
      return ({ row, column }) => reached.rows.has(row) !== reached.columns.has(column);
    })();
    if (helpful === null) continue;
    const size = ({ row, column }: Cell): number => counts[row]![column]!;
    const shown = cells.filter((one) => helpful(one) && !isHidden(one)).sort((a, b) => size(a) - size(b));
    // A zero hides nothing from whoever knows that nobody is there: it comes last.
    return shown.find((one) => size(one) > 0) ?? shown[0] ?? null;
  }
  return null;
};

/** Rows and columns that lead on from a cell's row by withheld cells, the cell itself left out. */
const reachedFrom = (start: Cell, withheld: readonly Cell[]): { rows: Set<number>; columns: Set<number> } => {
  const found = { rows: new Set([start.row]), columns: new Set<number>() };
  for (let size = 0; size < found.rows.size + found.columns.size;) {
    size = found.rows.size + found.columns.size;
    for (const { row, column } of withheld) {
      if (row === start.row && column === start.column) continue;
      if (found.rows.has(row)) found.columns.add(column);
      if (found.columns.has(column)) found.rows.add(row);
    }
  }
  return found;
};
