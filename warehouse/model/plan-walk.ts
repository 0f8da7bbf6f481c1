import {
  NOTHING,
  influence,
  pick,
  sourcesOf,
  traced,
  union,
  type Node,
  type State,
  type Traced,
  type Walk,
} from './trace.ts';

type Operator = (node: Node, state: State) => readonly Traced[];

const child = (node: Node, state: State, at = 0): readonly Traced[] => walk(node.children[at], state);

const scan: Operator = (node, state) => {
  const indexes: readonly { index: number }[] = node.column_indexes ?? [];
  const table = node.function_data?.table;
  if (node.children?.length > 0) {
    const input = child(node, state);
    const made: Traced = { sources: union(input.map((column) => column.sources)), kind: 'TRANSFORMATION' };
    return [
      ...indexes.map(() => made),
      ...(node.projected_input ?? []).map((index: number) => input[index] ?? NOTHING),
    ];
  }
  if (table === undefined)
    return pick(
      indexes.map(() => NOTHING),
      node.projection_ids,
    );
  const relation = `${node.function_data.schema}.${table}`;
  state.relations.add(relation);
  const columns = indexes.map(({ index }): Traced => {
    const name = node.names[index];
    // No name: the row's own number, read by count(*).
    return name === undefined ? NOTHING : { sources: new Set([`${relation}.${name}`]), kind: 'IDENTITY' };
  });
  return pick(columns, node.projection_ids);
};

const aggregate: Operator = (node, state) => {
  const input = child(node, state);
  const groups: Traced[] = (node.groups ?? []).map((each: Node) => traced(each, input, state));
  influence(node.groups, input, 'GROUP_BY', state);
  for (const each of node.expressions) influence(each.filter, input, 'FILTER', state);
  const sums: Traced[] = node.expressions.map((each: Node) => ({
    sources: sourcesOf(each, input, state),
    kind: 'AGGREGATION',
  }));
  return [...groups, ...sums, ...(node.grouping_functions ?? []).map(() => NOTHING)];
};

const window: Operator = (node, state) => {
  const input = child(node, state);
  for (const each of node.expressions) {
    influence(each.partitions, input, 'WINDOW', state);
    influence(each.orders, input, 'WINDOW', state);
  }
  const made = node.expressions.map((each: Node): Traced => ({
    sources: sourcesOf(each.children, input, state),
    kind: 'AGGREGATION',
  }));
  return [...input, ...made];
};

const join: Operator = (node, state) => {
  const before = state.outer;
  const left = child(node, state);
  if (node.duplicate_eliminated_columns?.length > 0)
    state.outer = node.duplicate_eliminated_columns.map((each: Node) => traced(each, left, state));
  const right = child(node, state, 1);
  state.outer = before;
  for (const condition of node.conditions ?? []) {
    influence(condition.left, left, 'JOIN', state);
    influence(condition.right, right, 'JOIN', state);
  }
  for (const condition of [node.condition, node.predicate]) influence(condition, [...left, ...right], 'JOIN', state);
  const kept = pick(left, node.left_projection_map);
  if (/^(SEMI|ANTI)$/.test(node.join_type)) return kept;
  if (/^RIGHT_(SEMI|ANTI)$/.test(node.join_type)) return right;
  if (node.join_type === 'MARK')
    return [...kept, { sources: union(right.map((column) => column.sources)), kind: 'TRANSFORMATION' }];
  return [...kept, ...pick(right, node.right_projection_map)];
};

const setOperation: Operator = (node, state) => {
  const parts = node.children.map((each: Node) => walk(each, state)) as readonly (readonly Traced[])[];
  return (parts[0] ?? []).map((first, at) => ({
    sources: union(parts.map((part) => part[at]?.sources ?? NOTHING.sources)),
    kind: parts.every((part) => part[at]?.kind === first.kind) ? first.kind : 'TRANSFORMATION',
  }));
};

const filter: Operator = (node, state) => {
  const input = child(node, state);
  influence(node.expressions, input, 'FILTER', state);
  return pick(input, node.projection_map);
};

const sort: Operator = (node, state) => {
  const input = child(node, state);
  influence(node.orders, input, 'SORT', state);
  return pick(input, node.projection_map ?? node.projections);
};

const distinct: Operator = (node, state) => {
  const input = child(node, state);
  influence(node.distinct_targets, input, 'GROUP_BY', state);
  return input;
};

const valuesList: Operator = (node, state) => {
  const input = node.children?.length > 0 ? child(node, state) : [];
  const lists: readonly Node[][] = node.expressions ?? [];
  const width: number = node.expr_types?.length ?? lists[0]?.length ?? 0;
  return Array.from({ length: width }, (_, at) => ({
    sources: union(lists.map((list) => sourcesOf(list[at] ?? null, input, state))),
    kind: 'TRANSFORMATION' as const,
  }));
};

const recursive: Operator = (node, state) => {
  const seed = child(node, state);
  state.ctes.set(node.table_index, seed);
  const step = child(node, state, 1);
  return seed.map((column, at) => ({
    ...column,
    sources: union([column.sources, step[at]?.sources ?? NOTHING.sources]),
  }));
};

const pivot: Operator = (node, state) => {
  const input = child(node, state);
  const groups: number = node.bound_pivot?.group_count ?? 0;
  const made: Traced = { sources: union(input.slice(groups).map((column) => column.sources)), kind: 'AGGREGATION' };
  return (node.bound_pivot?.types ?? []).map((_: unknown, at: number) => (at < groups ? (input[at] ?? NOTHING) : made));
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  LOGICAL_GET: scan,
  LOGICAL_PROJECTION: (node, state) => {
    const input = child(node, state);
    return node.expressions.map((each: Node) => traced(each, input, state));
  },
  LOGICAL_AGGREGATE_AND_GROUP_BY: aggregate,
  LOGICAL_WINDOW: window,
  LOGICAL_UNNEST: (node, state) => {
    const input = child(node, state);
    return [...input, ...node.expressions.map((each: Node) => traced(each, input, state))];
  },
  LOGICAL_FILTER: filter,
  LOGICAL_ORDER_BY: sort,
  LOGICAL_TOP_N: sort,
  LOGICAL_DISTINCT: distinct,
  LOGICAL_LIMIT: (node, state) => child(node, state),
  LOGICAL_COMPARISON_JOIN: join,
  LOGICAL_DELIM_JOIN: join,
  LOGICAL_ANY_JOIN: join,
  LOGICAL_ASOF_JOIN: join,
  LOGICAL_DEPENDENT_JOIN: join,
  LOGICAL_CROSS_PRODUCT: (node, state) => [...child(node, state), ...child(node, state, 1)],
  LOGICAL_POSITIONAL_JOIN: (node, state) => [...child(node, state), ...child(node, state, 1)],
  LOGICAL_DELIM_GET: (node, state) => state.outer ?? node.chunk_types.map(() => NOTHING),
  LOGICAL_DUMMY_SCAN: () => [NOTHING],
  LOGICAL_EMPTY_RESULT: (node) => (node.return_types ?? []).map(() => NOTHING),
  LOGICAL_EXPRESSION_GET: valuesList,
  LOGICAL_CHUNK_GET: (node) => (node.chunk_types ?? []).map(() => NOTHING),
  LOGICAL_UNION: setOperation,
  LOGICAL_EXCEPT: setOperation,
  LOGICAL_INTERSECT: setOperation,
  LOGICAL_MATERIALIZED_CTE: (node, state) => {
    state.ctes.set(node.table_index, child(node, state));
    return child(node, state, 1);
  },
  LOGICAL_RECURSIVE_CTE: recursive,
  LOGICAL_CTE_REF: (node, state) => {
    const columns = state.ctes.get(node.cte_index);
    if (columns === undefined) state.unknown.add('LOGICAL_CTE_REF before its CTE');
    return columns ?? [];
  },
  LOGICAL_PIVOT: pivot,
};

const walk = (node: Node, state: State): readonly Traced[] => {
  const operator = OPERATORS[node.type];
  if (operator !== undefined) return operator(node, state);
  state.unknown.add(String(node.type));
  return (node.children ?? []).flatMap((each: Node) => walk(each, state));
};

/**
 * Walks an unoptimised logical plan (`json_serialize_plan(…, optimize := false)`) from its scans up.
 *
 * @returns the output columns in order, and what the walk met on its way
 */
export const walkPlan = (plan: unknown): Walk & { readonly columns: readonly Traced[] } => {
  const state: State = {
    relations: new Set(),
    influences: new Map(),
    unknown: new Set(),
    ctes: new Map(),
    outer: null,
  };
  const columns = walk(plan, state);
  return { relations: state.relations, influences: state.influences, unknown: state.unknown, columns };
};
