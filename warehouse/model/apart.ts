import { aggregated } from './apart-aggregate.ts';
import { EQUAL, conjuncts, equated, joined, product } from './apart-join.ts';
import {
  GROUP,
  Mixed,
  NO_UNITS,
  PLAIN,
  bare,
  free,
  hasKey,
  isFilled,
  mixed,
  oneUnit,
  picked,
  touchesSum,
  type Column,
  type Rows,
} from './apart-rows.ts';
import type { Node } from './trace.ts';

/** How a model's rows depend on the units of its inputs. */
export type Apartness =
  | { readonly mode: 'free' }
  /** `keys`: its columns that hold keys, and their kind. */
  | { readonly mode: 'keyed'; readonly keys: ReadonlyMap<string, string> }
  | {
      readonly mode: 'sums';
      readonly groups: readonly string[];
      readonly sums: readonly string[];
      readonly rows: string;
    }
  /** `isApart`: its rows do depend on their own unit alone, they only do not say on which. */
  | { readonly mode: 'whole'; readonly why: string; readonly isApart?: boolean };

interface State {
  /** Key columns of a relation and their kind; null where its rows depend on no unit. */
  readonly keysOf: (relation: string) => ReadonlyMap<string, string> | null;
  readonly ctes: Map<number, Rows>;
  outer: Rows | null;
  unit: number;
}

const child = (node: Node, state: State, at = 0): Rows => walk(node.children[at], state);

const scan = (node: Node, state: State): Rows => {
  const indexes: readonly { index: number }[] = node.column_indexes ?? [];
  const table = node.function_data?.table;
  if (node.children?.length > 0) {
    const input = child(node, state);
    if (input.mode === 'sums') return mixed('a table function over sums');
    const projected = (node.projected_input ?? []).map((index: number) => input.columns[index] ?? PLAIN);
    return { ...input, columns: [...indexes.map(() => PLAIN), ...projected] };
  }
  if (table === undefined) return free(picked(Array<Column>(indexes.length).fill(PLAIN), node.projection_ids).length);
  const keys = state.keysOf(`${node.function_data.schema}.${table}`);
  const unit = state.unit++;
  const columns = indexes.map(({ index }): Column => {
    const kind = keys?.get(String(node.names[index]));
    return kind === undefined ? PLAIN : { ...PLAIN, key: { kind, unit } };
  });
  return {
    mode: keys === null ? 'free' : 'keyed',
    columns: picked(columns, node.projection_ids),
    units: keys === null ? NO_UNITS : new Set([unit]),
  };
};

/** `coalesce` of several keys of one unit is a key of it. */
const oneOf = (expression: Node, input: Rows): Column | null => {
  if (expression?.type !== 'OPERATOR_COALESCE') return null;
  const keys = (expression.children as readonly Node[]).map((each) => bare(each, input)?.key);
  const [first] = keys;
  return first && keys.every((key) => key?.unit === first.unit && key.kind === first.kind)
    ? { ...PLAIN, key: first }
    : null;
};

/** A cast of a sum is that sum still; so is `coalesce(sum, 0)`: a unit of nothing adds nothing. */
const projected = (expression: Node, input: Rows): Column => {
  const same = bare(expression, input) ?? oneOf(expression, input);
  if (same !== null) return same;
  if (input.mode !== 'sums') return { ...PLAIN, isFilled: isFilled(expression, input) };
  if (!touchesSum(expression, input)) return GROUP;
  if (expression.expression_class === 'BOUND_CAST' && String(expression.return_type?.id).endsWith('INT'))
    return projected(expression.child, input);
  return mixed('a figure worked out from sums');
};

const projection = (node: Node, state: State): Rows => {
  const input = child(node, state);
  return { ...input, columns: node.expressions.map((each: Node) => projected(each, input)) };
};

const window = (node: Node, state: State): Rows => {
  const input = child(node, state);
  if (input.mode === 'sums') return mixed('a window over sums');
  if (input.mode === 'keyed') {
    oneUnit(input, 'a window');
    for (const each of node.expressions)
      if (!hasKey(each.partitions ?? [], input)) return mixed('a window that is not partitioned by a key');
  }
  return { ...input, columns: [...input.columns, ...node.expressions.map(() => PLAIN)] };
};

const distinct = (node: Node, state: State): Rows => {
  const input = child(node, state);
  if (input.mode === 'free') return input;
  oneUnit(input, 'distinct');
  if (input.mode === 'sums') return mixed('distinct over sums');
  return hasKey(node.distinct_targets ?? [], input) ? input : mixed('distinct values over units');
};

const filter = (node: Node, state: State): Rows => {
  let rows = child(node, state);
  const conditions = (node.expressions as readonly Node[]).flatMap(conjuncts);
  for (const each of conditions) {
    if (rows.mode === 'sums' && touchesSum(each, rows)) return mixed('a filter on a sum');
    if (each.expression_class === 'BOUND_COMPARISON' && EQUAL.test(each.type))
      rows = equated(rows, each.left, each.right);
  }
  return { ...rows, columns: picked(rows.columns, node.projection_map) };
};

const aggregate = (node: Node, state: State): Rows => aggregated(node, child(node, state));

const join = (node: Node, state: State): Rows => {
  const left = child(node, state);
  const before = state.outer;
  if (node.duplicate_eliminated_columns?.length > 0)
    state.outer = {
      ...left,
      columns: node.duplicate_eliminated_columns.map((each: Node) => bare(each, left) ?? PLAIN),
    };
  const right = child(node, state, 1);
  state.outer = before;
  return joined(node, left, right);
};

const setOperation = (node: Node, state: State): Rows => {
  const parts = (node.children as readonly Node[]).map((each) => walk(each, state));
  if (parts.every(({ mode }) => mode === 'free')) return parts[0]!;
  const [first] = parts;
  if (parts.some(({ mode }) => mode !== first!.mode))
    return mixed('a union of what depends on units and what does not');
  for (const part of parts) oneUnit(part, 'a union');
  if (first!.mode === 'sums') {
    if (node.type !== 'LOGICAL_UNION') return mixed('except or intersect of sums');
    return {
      ...first!,
      columns: first!.columns.map((column, at) =>
        parts.every((part) => part.columns[at]?.role === column.role) ? column : mixed('a union of sums and groups'),
      ),
    };
  }
  const unit = state.unit++;
  const columns = first!.columns.map((column, at): Column => {
    const kinds = new Set(parts.map((part) => part.columns[at]?.key?.kind));
    const isKey = column.key !== null && kinds.size === 1;
    const isFilled = parts.every((part) => part.columns[at]?.isFilled === true);
    return { ...PLAIN, isFilled, key: isKey ? { kind: column.key.kind, unit } : null };
  });
  if (node.type !== 'LOGICAL_UNION' && !columns.some(({ key }) => key !== null))
    return mixed('except or intersect without a key');
  return { mode: 'keyed', columns, units: new Set([unit]) };
};

/** Order says nothing of which rows there are. */
const pass = (node: Node, state: State): Rows => {
  const input = child(node, state);
  return { ...input, columns: picked(input.columns, node.projection_map ?? node.projections) };
};

const onlyFree =
  (what: string, width: (node: Node, input: Rows) => number) =>
  (node: Node, state: State): Rows => {
    const inputs = ((node.children ?? []) as readonly Node[]).map((each) => walk(each, state));
    return inputs.every(({ mode }) => mode === 'free') ? free(width(node, inputs[0] ?? free(0))) : mixed(what);
  };

const OPERATORS: Readonly<Record<string, (node: Node, state: State) => Rows>> = {
  LOGICAL_GET: scan,
  LOGICAL_PROJECTION: projection,
  LOGICAL_AGGREGATE_AND_GROUP_BY: aggregate,
  LOGICAL_WINDOW: window,
  LOGICAL_UNNEST: (node, state) => {
    const input = child(node, state);
    if (input.mode === 'sums') return mixed('unnest of sums');
    return { ...input, columns: [...input.columns, ...node.expressions.map(() => PLAIN)] };
  },
  LOGICAL_FILTER: filter,
  LOGICAL_ORDER_BY: pass,
  LOGICAL_TOP_N: onlyFree('a limit', (_, input) => input.columns.length),
  LOGICAL_LIMIT: onlyFree('a limit', (_, input) => input.columns.length),
  LOGICAL_DISTINCT: distinct,
  LOGICAL_COMPARISON_JOIN: join,
  LOGICAL_DELIM_JOIN: join,
  LOGICAL_ANY_JOIN: join,
  LOGICAL_CROSS_PRODUCT: (node, state) => product(child(node, state), child(node, state, 1)),
  LOGICAL_DELIM_GET: (node, state) => {
    const { outer } = state;
    if (outer === null) return free((node.chunk_types ?? []).length);
    return outer.columns.some(({ key }) => key !== null) ? outer : free(outer.columns.length);
  },
  LOGICAL_DUMMY_SCAN: () => free(1),
  LOGICAL_EMPTY_RESULT: (node) => free((node.return_types ?? []).length),
  LOGICAL_EXPRESSION_GET: onlyFree('values', (node) => node.expr_types?.length ?? 0),
  LOGICAL_CHUNK_GET: (node) => free((node.chunk_types ?? []).length),
  LOGICAL_UNION: setOperation,
  LOGICAL_EXCEPT: setOperation,
  LOGICAL_INTERSECT: setOperation,
  LOGICAL_MATERIALIZED_CTE: (node, state) => {
    state.ctes.set(node.table_index, child(node, state));
    return child(node, state, 1);
  },
  LOGICAL_CTE_REF: (node, state) => {
    const rows = state.ctes.get(node.cte_index) ?? mixed('a CTE before it is told');
    // Two references to one CTE are rows of two units, until a join makes them one.
    const fresh = new Map([...rows.units].map((unit) => [unit, state.unit++]));
    return {
      ...rows,
      units: new Set(fresh.values()),
      columns: rows.columns.map((column) =>
        column.key === null ? column : { ...column, key: { ...column.key, unit: fresh.get(column.key.unit)! } },
      ),
    };
  },
};

const walk = (node: Node, state: State): Rows =>
  (OPERATORS[node.type] ?? (() => mixed(`an operator not known: ${String(node.type)}`)))(node, state);

/**
 * How the rows of a query depend on units (encounters, accounts), read off its unoptimised logical plan.
 *
 * Sound, not complete: `keyed` is said only where every row of a unit comes of input rows of that unit and of relations
 * that depend on none, `sums` only where the rows over some units and those over the others add up to those over all.
 *
 * @param columns names of the query's columns, in order
 */
export const apartnessOf = (plan: unknown, columns: readonly string[], keysOf: State['keysOf']): Apartness => {
  try {
    const rows = walk(plan, { keysOf, ctes: new Map(), outer: null, unit: 0 });
    const named = (pick: (column: Column) => boolean): readonly string[] =>
      columns.filter((_, at) => pick(rows.columns[at] ?? PLAIN));
    if (rows.mode === 'free') return { mode: 'free' };
    if (rows.mode === 'sums') {
      const [count] = named(({ role }) => role === 'rows');
      const [groups, sums] = [
        named(({ role }) => role === 'group'),
        named(({ role }) => role === 'sum' || role === 'rows'),
      ];
      if (count === undefined) return { mode: 'whole', why: 'sums without a count of their rows' };
      if (groups.length + sums.length < columns.length) return { mode: 'whole', why: 'a column that is neither' };
      return { mode: 'sums', groups, sums, rows: count };
    }
    oneUnit(rows, 'rows');
    const keys = columns.flatMap((name, at) => {
      const kind = rows.columns[at]?.key?.kind;
      return kind === undefined ? [] : [[name, kind] as const];
    });
    return keys.length > 0
      ? { mode: 'keyed', keys: new Map(keys) }
      : { mode: 'whole', why: 'it keeps no key', isApart: true };
  } catch (error) {
    if (error instanceof Mixed) return { mode: 'whole', why: error.message };
    throw error;
  }
};

/** Whether a plan does nothing but work out columns of each row of one relation, alone. */
export const isRowByRow = (plan: unknown): boolean => {
  const { type, children = [] } = plan as { readonly type: string; readonly children?: readonly unknown[] };
  return type === 'LOGICAL_GET' ? children.length === 0 : type === 'LOGICAL_PROJECTION' && children.every(isRowByRow);
};
