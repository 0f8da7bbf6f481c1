/** How a column comes from its sources: taken over as it is, worked out from them, or summed up over rows. */
export type Derivation = 'IDENTITY' | 'TRANSFORMATION' | 'AGGREGATION';

/** How a column shapes a result without standing in it. */
export type Influence = 'FILTER' | 'JOIN' | 'GROUP_BY' | 'SORT' | 'WINDOW';

/** A column of an operator's output: the base columns (`core.encounter.sex`) its values are made of. */
export interface Traced {
  readonly sources: ReadonlySet<string>;
  readonly kind: Derivation;
}

/** What a walk over one plan found. */
export interface Walk {
  /** Relations scanned. */
  readonly relations: Set<string>;
  readonly influences: Map<string, Set<Influence>>;
  /** Operators and references not understood; with any, the traced columns are not to be trusted. */
  readonly unknown: Set<string>;
}

/** A node of DuckDB's logical plan as JSON: its shape is internal to DuckDB, hence the pinned version and golden test. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Node = any;

/** A walk under way. */
export interface State extends Walk {
  readonly ctes: Map<number, readonly Traced[]>;
  /** Columns handed down into a correlated subquery. */
  outer: readonly Traced[] | null;
}

/** A column made of nothing stored: a constant, a row count. */
export const NOTHING: Traced = { sources: new Set(), kind: 'TRANSFORMATION' };

export const union = (sets: Iterable<ReadonlySet<string>>): ReadonlySet<string> =>
  new Set([...sets].flatMap((set) => [...set]));

/** The columns an operator passes on, where it passes on some. */
export const pick = (columns: readonly Traced[], map: readonly number[] | undefined): readonly Traced[] =>
  map === undefined || map.length === 0 ? columns : map.map((index) => columns[index] ?? NOTHING);

/** The input columns an expression refers to. */
const refsOf = (expression: Node, input: readonly Traced[], state: State): readonly Traced[] => {
  if (expression === null || typeof expression !== 'object') return [];
  if (Array.isArray(expression)) return expression.flatMap((each) => refsOf(each, input, state));
  if (expression.expression_class === 'BOUND_REF') {
    const column = input[expression.index];
    if (column === undefined) state.unknown.add('BOUND_REF out of range');
    return column === undefined ? [] : [column];
  }
  if (expression.expression_class === 'BOUND_COLUMN_REF') state.unknown.add('BOUND_COLUMN_REF');
  const parts = Object.entries(expression).filter(([name]) => name !== 'return_type' && name !== 'function_data');
  return parts.flatMap(([, part]) => refsOf(part, input, state));
};

/** Every base column an expression is made of. */
export const sourcesOf = (expression: Node, input: readonly Traced[], state: State): ReadonlySet<string> =>
  union(refsOf(expression, input, state).map((column) => column.sources));

/** An expression as an output column; what is worked out from a sum is a sum still. */
export const traced = (expression: Node, input: readonly Traced[], state: State): Traced => {
  const refs = refsOf(expression, input, state);
  const sources = union(refs.map((column) => column.sources));
  if (expression.expression_class === 'BOUND_REF') return { sources, kind: refs[0]?.kind ?? 'IDENTITY' };
  const sums =
    expression.expression_class === 'BOUND_AGGREGATE' || refs.some((column) => column.kind === 'AGGREGATION');
  return { sources, kind: sums ? 'AGGREGATION' : 'TRANSFORMATION' };
};

/** Notes that an expression shapes the rows. */
export const influence = (expression: Node, input: readonly Traced[], kind: Influence, state: State): void => {
  for (const source of sourcesOf(expression ?? null, input, state)) {
    const kinds = state.influences.get(source) ?? new Set();
    state.influences.set(source, kinds.add(kind));
  }
};
