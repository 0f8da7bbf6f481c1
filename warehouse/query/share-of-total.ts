import { UserError } from '../error.ts';
import type { Catalogue } from '../metric/catalogue.ts';
import type { Reader } from '../open.ts';
import { answer } from './answer.ts';
import { cell, type ColumnTable } from './column-table.ts';
import { resolveMetrics } from './resolve.ts';
import { keyColumns, numberColumn, numbersOf, rowsByKey } from './table-rows.ts';
import type { ViewState } from './view-state.ts';

/** The key of a view's periods among those a share may be taken within. */
export const periodKey = 'period';

/**
 * The table of an answer with a column `share` at its end: each value as a share (0–1) of the total that it is a part of,
 * which is asked, not added up of what is listed.
 *
 * @param within what the total keeps apart: `period`, and dimensions the view is split by; none: one total of everything.
 * Not known where the total is not above 0.
 * @throws UserError for a key the view is not split by, and for a metric whose values do not add up to that total
 */
export const withShares = async (
  reader: Reader,
  catalogue: Catalogue,
  view: ViewState,
  table: ColumnTable,
  within: readonly string[],
  signal?: AbortSignal,
): Promise<ColumnTable> => {
  const splits = [...(view.grain === null ? [] : [periodKey]), ...view.by];
  for (const key of within)
    if (!splits.includes(key))
      throw new UserError(`\`share\`: the view is not split by ${key}.`, {
        mend: `A share may be taken of all, or within ${splits.join(', ') || 'nothing else here'}.`,
      });
  const hasPeriods = view.grain !== null && within.includes(periodKey);
  for (const { label, measure } of resolveMetrics(catalogue, view)) {
    if (measure.kind !== 'count')
      throw new UserError(`\`share\`: ${label} does not add up, so that a part of it has no share of the whole.`);
    if (view.grain !== null && !hasPeriods && measure.take === 'last')
      throw new UserError(`\`share\`: ${label} is counted on one day, and its periods do not add up.`, {
        mend: `Write share=${periodKey}.`,
      });
  }
  const by = view.by.filter((id) => within.includes(id));
  const whole = { ...view, by, grain: hasPeriods ? view.grain : null, compare: null };
  const totals = (await answer(reader, catalogue, whole, signal)).table;
  const totalAt = rowsByKey(keyColumns(totals, by), totals.rows);
  const totalValues = numbersOf(totals.columns[2 + by.length]!, totals.rows);
  const keys = keyColumns(table, view.by);
  const values = numbersOf(table.columns[keys.length]!, table.rows);
  const places = [0, ...by.map((id) => 2 + view.by.indexOf(id))];
  const shares = values.map((value, row) => {
    const [metric, ...groups] = places.map((at) => cell(keys[at]!, row));
    const period = hasPeriods ? cell(keys[1]!, row) : null;
    const at = totalAt.get(JSON.stringify([metric, period, ...groups]));
    const total = at === undefined ? NaN : totalValues[at]!;
    return total > 0 ? value / total : NaN;
  });
  return { rows: table.rows, columns: [...table.columns, numberColumn('share', shares)] };
};
