import { sql } from 'kysely';
import { column, type Sql } from './sql-text.ts';

/** Names of the columns a statement groups by: `_period` where there is a grain, then `_by0` … */
export const groupKeys = (grain: string | null, by: readonly string[]): readonly string[] => [
  ...(grain === null ? [] : ['_period']),
  ...by.map((_, i) => `_by${i}`),
];

/** `group by … order by …`, unknown last; nothing without keys. By alias: a parameter within it would make it another expression. */
export const grouped = (keys: readonly string[]): Sql =>
  keys.length === 0
    ? sql``
    : sql`
group by ${sql.join(keys.map(column))}
order by ${inOrder(keys.map(column))}`;

/** The columns to order by, unknown last. */
export const inOrder = (keys: readonly Sql[]): Sql => sql.join(keys.map((key) => sql`${key} nulls last`));

/** A sum as double: sum() of integers is HUGEINT. */
export const total = (expression: Sql): Sql => sql`cast(sum(${expression}) as double)`;
