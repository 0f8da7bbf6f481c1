import {
  GROUP,
  NO_UNITS,
  PLAIN,
  bare,
  free,
  mixed,
  oneUnit,
  picked,
  touchesSum,
  type Column,
  type Rows,
} from './apart-rows.ts';
import type { Node } from './trace.ts';

/** Makes one of two units, in every column that carries one of them. */
const merged = (rows: Rows, one: number, other: number): Rows => ({
  ...rows,
  units: new Set([...rows.units].filter((unit) => unit !== other)),
  columns: rows.columns.map((column) =>
    column.key?.unit === other ? { ...column, key: { ...column.key, unit: one } } : column,
  ),
});

/** What holds of rows of which the two expressions are equal. */
export const equated = (rows: Rows, left: Node, right: Node): Rows => {
  const [a, b] = [bare(left, rows)?.key, bare(right, rows)?.key];
  if (!a || !b) return rows;
  return a.kind === b.kind && a.unit !== b.unit ? merged(rows, a.unit, b.unit) : rows;
};

export const EQUAL = /^COMPARE_(EQUAL|NOT_DISTINCT_FROM)$/;

export const conjuncts = (expression: Node): readonly Node[] =>
  expression.type === 'CONJUNCTION_AND' ? (expression.children ?? []).flatMap(conjuncts) : [expression];

const shifted = (expression: Node, by: number): Node => {
  if (expression === null || typeof expression !== 'object') return expression;
  if (Array.isArray(expression)) return expression.map((each) => shifted(each, by));
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(expression)) copy[name] = shifted(part as Node, by);
  if (copy.expression_class === 'BOUND_REF') copy.index = Number(copy.index) + by;
  return copy;
};

export const product = (left: Rows, right: Rows): Rows => {
  if (left.mode === 'free' && right.mode === 'free') return free(left.columns.length + right.columns.length);
  if (left.mode === 'sums' || right.mode === 'sums') {
    if (left.mode !== 'free' && right.mode !== 'free') return mixed('sums joined with what depends on units');
    const grouped = (rows: Rows): readonly Column[] =>
      rows.mode === 'free' ? rows.columns.map((): Column => GROUP) : rows.columns;
    return { mode: 'sums', units: NO_UNITS, columns: [...grouped(left), ...grouped(right)] };
  }
  return {
    mode: 'keyed',
    columns: [...left.columns, ...right.columns],
    units: new Set([...left.units, ...right.units]),
  };
};

/** Columns of the side of an outer join that may be missing. */
const unkeyed = (columns: readonly Column[]): readonly Column[] =>
  columns.map((column) => ({ ...column, key: null, isFilled: false }));

/** What a join of any kind leaves of its two sides. */
export const joined = (node: Node, left: Rows, right: Rows): Rows => {
  const width = left.columns.length;
  const type = String(node.join_type);
  let rows = product(left, right);
  const dependsOnSum = (expression: Node, side: Rows): boolean =>
    side.mode === 'sums' && touchesSum(expression ?? null, side);
  for (const { left: a, right: b, comparison } of node.conditions ?? []) {
    if (dependsOnSum(a, left) || dependsOnSum(b, right)) return mixed('a join on a sum');
    if (EQUAL.test(comparison)) rows = equated(rows, a, shifted(b, width));
  }
  for (const condition of [node.condition, node.predicate]) {
    if (!condition) continue;
    if (rows.mode === 'sums' && touchesSum(condition, rows)) return mixed('a join on a sum');
    for (const each of conjuncts(condition))
      if (each.expression_class === 'BOUND_COMPARISON' && EQUAL.test(each.type))
        rows = equated(rows, each.left, each.right);
  }
  const [first, second] = [rows.columns.slice(0, width), rows.columns.slice(width)];
  const kept = picked(first, node.left_projection_map);
  const added = picked(second, node.right_projection_map);
  if (type !== 'INNER') {
    oneUnit(rows, `a ${type.toLowerCase()} join`);
    const [keepsLeft, keepsRight] = [
      /^(LEFT|SEMI|ANTI|MARK|SINGLE|FULL|OUTER)$/.test(type),
      /^(RIGHT|FULL|OUTER)/.test(type),
    ];
    if (keepsLeft && left.mode === 'free' && right.mode !== 'free')
      return mixed(`a ${type.toLowerCase()} join from what depends on no unit`);
    if (keepsRight && right.mode === 'free' && left.mode !== 'free')
      return mixed(`a ${type.toLowerCase()} join to what depends on no unit`);
    if (type === 'MARK' && right.mode === 'keyed' && node.type !== 'LOGICAL_DELIM_JOIN')
      return mixed('`in (select …)` of units: write exists');
    if (type === 'SINGLE' && rows.mode === 'sums') return mixed('a subquery over sums');
  }
  if (/^(SEMI|ANTI)$/.test(type)) return { ...rows, columns: kept };
  if (/^RIGHT_(SEMI|ANTI)$/.test(type)) return { ...rows, columns: second };
  if (type === 'MARK') return { ...rows, columns: [...kept, rows.mode === 'sums' ? GROUP : PLAIN] };
  const isOuter = /^(FULL|OUTER)$/.test(type);
  return {
    ...rows,
    columns: [
      ...(isOuter || type === 'RIGHT' ? unkeyed(kept) : kept),
      ...(isOuter || /^(LEFT|SINGLE)$/.test(type) ? unkeyed(added) : added),
    ],
  };
};
