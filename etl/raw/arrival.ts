import type { BatchContract, BatchReport } from '../land/batch-report.ts';

/** Rows of one month that came on one day: a cell of the arrival triangle. */
export interface Arrival {
  readonly source_id: string;
  readonly contract: string;
  /** First day of the month of the rows' period; null of rows without one. */
  readonly month: string | null;
  /** Day of the batch's as-of, else the day it landed; ISO date. */
  readonly arrived_on: string;
  /** Rows that were new, or not the same as before. */
  readonly rows: number;
}

/** Adds what came with a batch to the cells it belongs to. */
export const addArrivals = (cells: Map<string, Arrival>, report: BatchReport, landedOn: string): void => {
  const arrived_on = report.asOf?.slice(0, 10) ?? landedOn;
  for (const one of report.contracts)
    for (const [first, rows] of Object.entries(arrivedOf(one))) {
      if (rows === 0) continue;
      const cell = { source_id: report.source, contract: one.contract, month: first === '' ? null : first, arrived_on };
      const id = JSON.stringify({ ...cell, rows: 0 });
      cells.set(id, { ...cell, rows: rows + (cells.get(id)?.rows ?? 0) });
    }
};

/** Rows by month; of a report that did not count them, all of them where they are of one month, else nothing is known. */
const arrivedOf = ({ arrived, months, inserted, updated }: BatchContract): Readonly<Record<string, number>> =>
  arrived ?? (months.length === 1 ? { [months[0]!]: inserted + updated } : {});
