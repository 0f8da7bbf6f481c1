import type { Node } from './trace.ts';

/** A column that carries the key of the unit (an encounter, an account) that its row belongs to. */
export interface KeyColumn {
  readonly kind: string;
  /** Which of several units that stand side by side in a row, until a join condition makes them one. */
  readonly unit: number;
}

/** What is known of an output column. */
export interface Column {
  readonly key: KeyColumn | null;
  /** Of rows that are sums over units: what it is summed by, a sum, or the count of the rows summed. Null where none. */
  readonly role: 'group' | 'sum' | 'rows' | null;
  /** Whether it is known never to be null: a sum over nothing is null, and does not tell that from 0. */
  readonly isFilled: boolean;
}

/** What is known of the rows of an operator. */
export interface Rows {
  /**
   * `free`: they depend on no unit. `keyed`: each row depends on the input rows of its own unit alone. `sums`: each is a
   * sum over units, grouped by what does not change with other units.
   */
  readonly mode: 'free' | 'keyed' | 'sums';
  readonly columns: readonly Column[];
  /** Units that stand side by side in a keyed row. */
  readonly units: ReadonlySet<number>;
}

/** Thrown by the walk where rows of one unit depend on those of others. */
export class Mixed extends Error {}

export const PLAIN: Column = { key: null, role: null, isFilled: false };
export const GROUP: Column = { ...PLAIN, role: 'group' };
export const NO_UNITS: ReadonlySet<number> = new Set();

export const free = (width: number): Rows => ({
  mode: 'free',
  columns: Array<Column>(width).fill(PLAIN),
  units: NO_UNITS,
});

export const mixed = (why: string): never => {
  throw new Mixed(why);
};

export const picked = (columns: readonly Column[], map: readonly number[] | undefined): readonly Column[] =>
  map === undefined || map.length === 0 ? columns : map.map((index) => columns[index] ?? PLAIN);

/** The input column an expression is, unchanged; null for anything worked out. */
export const bare = (expression: Node, input: Rows): Column | null =>
  expression?.expression_class === 'BOUND_REF' ? (input.columns[expression.index] ?? PLAIN) : null;

export const refs = (expression: Node, found: number[] = []): number[] => {
  if (expression === null || typeof expression !== 'object') return found;
  if (expression.expression_class === 'BOUND_REF') found.push(expression.index);
  for (const part of Array.isArray(expression) ? expression : Object.values(expression)) refs(part, found);
  return found;
};

export const hasKey = (expressions: readonly Node[], input: Rows): boolean =>
  expressions.some((each) => (bare(each, input)?.key ?? null) !== null);

export const oneUnit = (rows: Rows, what: string): void => {
  if (rows.units.size > 1) mixed(`${what} over rows of units that are not joined by their key`);
};

export const touchesSum = (expression: Node, input: Rows): boolean =>
  refs(expression).some((index) => /sum|rows/.test(input.columns[index]?.role ?? ''));

/** True where an expression can be seen never to be null. */
export const isFilled = (expression: Node, input: Rows): boolean => {
  const type = String(expression?.type);
  if (expression?.expression_class === 'BOUND_REF') return input.columns[expression.index]?.isFilled ?? false;
  if (expression?.expression_class === 'BOUND_CONSTANT') return expression.value?.is_null === false;
  if (expression?.expression_class === 'BOUND_CAST') return !expression.try_cast && isFilled(expression.child, input);
  if (type === 'OPERATOR_COALESCE') return (expression.children ?? []).some((each: Node) => isFilled(each, input));
  if (type === 'CASE_EXPR')
    return [expression.else_expr, ...expression.case_checks.map((each: Node) => each.then_expr)].every((each) =>
      isFilled(each, input),
    );
  if (type === 'BOUND_FUNCTION' && /^[-+*]$/.test(expression.name))
    return (expression.children ?? []).every((each: Node) => isFilled(each, input));
  return false;
};
