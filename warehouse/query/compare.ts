import { shiftOf, type Shift } from '../additive/shift.ts';
import { UserError } from '../error.ts';
import type { Block } from './block.ts';
import { cell } from './column-table.ts';
import type { ViewState } from './view-state.ts';

/** What a block is compared with, row by row. */
export interface Comparison {
  /** First day of the period compared with, milliseconds; NaN where there is none. */
  readonly period: Float64Array<ArrayBuffer>;
  readonly value: Float64Array<ArrayBuffer>;
}

/**
 * The view whose periods are compared with: the same question over days moved back as one. A range that is cut short
 * (month to date) is compared with one cut short alike.
 *
 * @throws UserError where there is no grain and the range is open, so that nothing comes before it
 */
export const comparedView = (view: ViewState): ViewState => {
  const shift = shiftFor(view);
  return { ...view, compare: null, from: view.from && shift(view.from), to: view.to && shift(view.to) };
};

const shiftFor = (view: ViewState): Shift => {
  const shift = shiftOf(view);
  if (shift !== null) return shift;
  throw new UserError(
    view.from === null && view.to === null
      ? '`compare` without a grain needs `from` or `to`: the whole range has nothing beside it.'
      : '`compare: previous` without a grain needs `from` and `to`: nothing comes before an open range.',
  );
};

/** The values of `earlier` beside the rows of `now` they belong to: same metric, same group, period moved back. */
export const comparison = (now: Block, earlier: Block, view: ViewState): Comparison => {
  const shift = shiftFor(view);
  const values = new Map<string, number>();
  for (let row = 0; row < earlier.rows; row++)
    values.set(keyOf(earlier, row, earlier.period?.[row] ?? NaN), earlier.value[row]!);
  const start = view.from === null ? NaN : Date.parse(shift(view.from));
  const period = new Float64Array(now.rows);
  const value = new Float64Array(now.rows);
  for (let row = 0; row < now.rows; row++) {
    const own = now.period?.[row] ?? NaN;
    const moved = Number.isNaN(own) ? NaN : Date.parse(shift(new Date(own).toISOString().slice(0, 10)));
    period[row] = now.period === null ? start : moved;
    value[row] = values.get(keyOf(now, row, moved)) ?? NaN;
  }
  return { period, value };
};

const keyOf = (block: Block, row: number, period: number): string =>
  JSON.stringify([Number.isNaN(period) ? null : period, ...block.by.map((column) => cell(column, row))]);
