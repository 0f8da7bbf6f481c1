import {
  GROUP,
  NO_UNITS,
  PLAIN,
  bare,
  free,
  hasKey,
  isFilled,
  mixed,
  oneUnit,
  touchesSum,
  type Column,
  type Rows,
} from './apart-rows.ts';
import type { Node } from './trace.ts';

/** Counts every row that is summed: a group whose count is 0 is gone. */
const isRowCount = (expression: Node, input: Rows): boolean =>
  input.mode === 'sums'
    ? bare(expression.children?.[0], input)?.role === 'rows'
    : expression.name === 'count_star' && expression.filter === null;

/** Types whose sums do not depend on the order of what is summed. */
const EXACT = /INT(EGER)?$|^DECIMAL$/;

const ADDED = new Set(['sum', 'sum_no_overflow', 'count', 'count_star']);

/** What a `group by` leaves of its input. */
export const aggregated = (node: Node, input: Rows): Rows => {
  const groups: readonly Node[] = node.groups ?? [];
  const made: readonly Node[] = node.expressions;
  const told: readonly Node[] = node.grouping_functions ?? [];
  const width = groups.length + made.length + told.length;
  if (input.mode === 'free') return free(width);
  oneUnit(input, 'an aggregate');
  if ((node.grouping_sets ?? []).length > 1) return mixed('grouping sets');
  if (input.mode === 'keyed' && hasKey(groups, input)) {
    // The least key of a unit's rows is one of the unit's keys still.
    const kept = (each: Node): Column =>
      /^(min|max|any_value|first|last|arg_min|arg_max)$/.test(String(each.name))
        ? { ...PLAIN, key: bare(each.children?.[0], input)?.key ?? null }
        : { ...PLAIN, isFilled: String(each.name).startsWith('count') };
    const columns = [...groups.map((each) => bare(each, input) ?? PLAIN), ...node.expressions.map(kept)];
    return { ...input, columns: [...columns, ...Array<Column>(width).fill(PLAIN)].slice(0, width) };
  }
  if (groups.length === 0) return mixed('a total over all units');
  for (const each of groups) if (touchesSum(each, input)) return mixed('a sum that is grouped by');
  for (const each of node.expressions as readonly Node[]) {
    if (!ADDED.has(each.name) || each.aggregate_type !== 'NON_DISTINCT')
      return mixed(`${each.aggregate_type === 'DISTINCT' ? 'a distinct ' : ''}${each.name} over units`);
    if (each.name.startsWith('sum') && !EXACT.test(String(each.arguments?.[0]?.id)))
      return mixed('a sum of what is not exact');
    if (each.name.startsWith('sum') && (each.filter !== null || !isFilled(each.children?.[0], input)))
      return mixed('a sum of what may be null');
    if (input.mode === 'sums') {
      const [argument] = each.children ?? [];
      const isSum = each.name.startsWith('sum') && bare(argument, input) !== null && touchesSum(argument, input);
      if (!isSum || each.filter !== null) return mixed('an aggregate of sums');
    }
  }
  return {
    mode: 'sums',
    units: NO_UNITS,
    columns: [
      ...groups.map((): Column => GROUP),
      ...node.expressions.map((each: Node): Column => ({
        ...PLAIN,
        isFilled: true,
        role: isRowCount(each, input) ? 'rows' : 'sum',
      })),
    ],
  };
};
