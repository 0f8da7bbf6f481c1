import type { Node } from './trace.ts';

/** A column that carries the key of the unit (an encounter, an account) that its row belongs to. */
interface KeyColumn {
  readonly kind: string;
  /** Which of several units that stand side by side in a row, until a join condition makes them one. */
  readonly unit: number;
}

/** What is known of an output column. */
interface Column {
  readonly key: KeyColumn | null;
  /** Of rows that are sums over units: what it is summed by, a sum, or the count of the rows summed. Null where none. */
  readonly role: 'group' | 'sum' | 'rows' | null;
  /** Whether it is known never to be null: a sum over nothing is null, and does not tell that from 0. */
  readonly isFilled: boolean;
}

/** What is known of the rows of an operator. */
interface Rows {
  /**
   * `free`: they depend on no unit. `keyed`: each row depends on the input rows of its own unit alone. `sums`: each is a
   * sum over units, grouped by what does not change with other units.
   */
  readonly mode: 'free' | 'keyed' | 'sums';
  readonly columns: readonly Column[];
  /** Units that stand side by side in a keyed row. */
  readonly units: ReadonlySet<number>;
}

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
  | { readonly mode: 'whole'; readonly why: string };

/** Thrown by the walk where rows of one unit depend on those of others. */
class Mixed extends Error {}

interface State {
  /** Key columns of a relation and their kind; null where its rows depend on no unit. */
  readonly keysOf: (relation: string) => ReadonlyMap<string, string> | null;
  readonly ctes: Map<number, Rows>;
  outer: Rows | null;
  unit: number;
}

const PLAIN: Column = { key: null, role: null, isFilled: false };
const GROUP: Column = { ...PLAIN, role: 'group' };
const NO_UNITS: ReadonlySet<number> = new Set();

const free = (width: number): Rows => ({ mode: 'free', columns: Array<Column>(width).fill(PLAIN), units: NO_UNITS });

const mixed = (why: string): never => {
  throw new Mixed(why);
};

const child = (node: Node, state: State, at = 0): Rows => walk(node.children[at], state);

const picked = (columns: readonly Column[], map: readonly number[] | undefined): readonly Column[] =>
  map === undefined || map.length === 0 ? columns : map.map((index) => columns[index] ?? PLAIN);

/** The input column an expression is, unchanged; null for anything worked out. */
const bare = (expression: Node, input: Rows): Column | null =>
  expression?.expression_class === 'BOUND_REF' ? (input.columns[expression.index] ?? PLAIN) : null;

const refs = (expression: Node, found: number[] = []): number[] => {
  if (expression === null || typeof expression !== 'object') return found;
  if (expression.expression_class === 'BOUND_REF') found.push(expression.index);
  for (const part of Array.isArray(expression) ? expression : Object.values(expression)) refs(part as Node, found);
  return found;
};

const hasKey = (expressions: readonly Node[], input: Rows): boolean =>
  expressions.some((each) => bare(each, input)?.key != null);

const oneUnit = (rows: Rows, what: string): void => {
  if (rows.units.size > 1) mixed(`${what} over rows of units that are not joined by their key`);
};

const touchesSum = (expression: Node, input: Rows): boolean =>
  refs(expression).some((index) => /sum|rows/.test(input.columns[index]?.role ?? ''));

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

/** True where an expression can be seen never to be null. */
const isFilled = (expression: Node, input: Rows): boolean => {
  const type = String(expression?.type);
  if (expression?.expression_class === 'BOUND_REF') return input.columns[expression.index]?.isFilled ?? false;
  if (expression?.expression_class === 'BOUND_CONSTANT') return expression.value?.is_null === false;
  if (expression?.expression_class === 'BOUND_CAST') return !expression.try_cast && isFilled(expression.child, input);
  if (type === 'OPERATOR_COALESCE') return (expression.children ?? []).some((each: Node) => isFilled(each, input));
  if (type === 'CASE_EXPR')
    return [expression.else_expr, ...expression.case_checks.map((each: Node) => each.then_expr as Node)].every((each) =>
      isFilled(each, input),
    );
  if (type === 'BOUND_FUNCTION' && /^[-+*]$/.test(expression.name))
    return (expression.children ?? []).every((each: Node) => isFilled(each, input));
  return false;
};

/** `coalesce` of several keys of one unit is a key of it. */
const oneOf = (expression: Node, input: Rows): Column | null => {
  if (expression?.type !== 'OPERATOR_COALESCE') return null;
  const keys = (expression.children as readonly Node[]).map((each) => bare(each, input)?.key);
  const [first] = keys;
  return first && keys.every((key) => key?.unit === first.unit && key.kind === first.kind) ? { ...PLAIN, key: first } : null;
};

/** A cast of a sum is that sum still; so is `coalesce(sum, 0)`: a unit of nothing adds nothing. */
const projected = (expression: Node, input: Rows): Column => {
  const same = bare(expression, input) ?? oneOf(expression, input);
  if (same !== null) return same;
  if (input.mode !== 'sums') return { ...PLAIN, isFilled: isFilled(expression, input) };
  if (!touchesSum(expression, input)) return GROUP;
  if (expression.expression_class === 'BOUND_CAST' && /INT$/.test(String(expression.return_type?.id)))
    return projected(expression.child, input);
  return mixed('a figure worked out from sums');
};

const projection = (node: Node, state: State): Rows => {
  const input = child(node, state);
  return { ...input, columns: node.expressions.map((each: Node) => projected(each, input)) };
};

/** Counts every row that is summed: a group whose count is 0 is gone. */
const isRowCount = (expression: Node, input: Rows): boolean =>
  input.mode === 'sums'
    ? bare(expression.children?.[0], input)?.role === 'rows'
    : expression.name === 'count_star' && expression.filter === null;

const ADDED = new Set(['sum', 'sum_no_overflow', 'count', 'count_star']);

const aggregate = (node: Node, state: State): Rows => {
  const input = child(node, state);
  const groups: readonly Node[] = node.groups ?? [];
  const width = groups.length + node.expressions.length + (node.grouping_functions ?? []).length;
  if (input.mode === 'free') return free(width);
  oneUnit(input, 'an aggregate');
  if ((node.grouping_sets ?? []).length > 1) return mixed('grouping sets');
  if (input.mode === 'keyed' && hasKey(groups, input)) {
    // The least key of a unit's rows is one of the unit's keys still.
    const kept = (each: Node): Column =>
      /^(min|max|any_value|first|last|arg_min|arg_max)$/.test(String(each.name))
        ? { ...PLAIN, key: bare(each.children?.[0], input)?.key ?? null }
        : { ...PLAIN, isFilled: /^count/.test(String(each.name)) };
    const columns = [...groups.map((each) => bare(each, input) ?? PLAIN), ...node.expressions.map(kept)];
    return { ...input, columns: [...columns, ...Array<Column>(width).fill(PLAIN)].slice(0, width) };
  }
  if (groups.length === 0) return mixed('a total over all units');
  for (const each of groups) if (touchesSum(each, input)) return mixed('a sum that is grouped by');
  for (const each of node.expressions as readonly Node[]) {
    if (!ADDED.has(each.name) || each.aggregate_type !== 'NON_DISTINCT')
      return mixed(`${each.aggregate_type === 'DISTINCT' ? 'a distinct ' : ''}${each.name} over units`);
    if (each.name.startsWith('sum') && !/INT$/.test(String(each.arguments?.[0]?.id)))
      return mixed('a sum of what is no integer');
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

/** Makes one of two units, in every column that carries one of them. */
const merged = (rows: Rows, one: number, other: number): Rows => ({
  ...rows,
  units: new Set([...rows.units].filter((unit) => unit !== other)),
  columns: rows.columns.map((column) =>
    column.key?.unit === other ? { ...column, key: { ...column.key, unit: one } } : column,
  ),
});

/** What holds of rows of which the two expressions are equal. */
const equated = (rows: Rows, left: Node, right: Node): Rows => {
  const [a, b] = [bare(left, rows)?.key, bare(right, rows)?.key];
  return a && b && a.kind === b.kind && a.unit !== b.unit ? merged(rows, a.unit, b.unit) : rows;
};

const EQUAL = /^COMPARE_(EQUAL|NOT_DISTINCT_FROM)$/;

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

const conjuncts = (expression: Node): readonly Node[] =>
  expression.type === 'CONJUNCTION_AND' ? (expression.children ?? []).flatMap(conjuncts) : [expression];

const shifted = (expression: Node, by: number): Node => {
  if (expression === null || typeof expression !== 'object') return expression;
  if (Array.isArray(expression)) return expression.map((each) => shifted(each as Node, by));
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(expression)) copy[name] = shifted(part as Node, by);
  if (copy.expression_class === 'BOUND_REF') copy.index = Number(copy.index) + by;
  return copy;
};

const product = (left: Rows, right: Rows): Rows => {
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
    return column.key !== null && kinds.size === 1 ? { ...PLAIN, key: { kind: column.key.kind, unit } } : PLAIN;
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
    return keys.length > 0 ? { mode: 'keyed', keys: new Map(keys) } : { mode: 'whole', why: 'it keeps no key' };
  } catch (error) {
    if (error instanceof Mixed) return { mode: 'whole', why: error.message };
    throw error;
  }
};
