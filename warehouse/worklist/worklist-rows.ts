import { sql } from 'kysely';
import { UserError } from '../error.ts';
import type { Reader } from '../open.ts';
import { columnNamed, type ColumnTable } from '../query/column-table.ts';
import { isOneOf } from '../query/selected-rows.ts';
import { column, relation, runStatement, statementOf, type Sql } from '../query/sql-text.ts';
import type { Worklist } from './worklist.ts';

/** A part of a list: filters by dimension as in a view, and which rows. */
export interface WorklistPage {
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** 1 to 1,000; null for all the rest, as a file has them. */
  readonly limit: number | null;
  /** Rows passed over first, 0 or more. */
  readonly offset: number;
}

/** The rows asked for, and how many there are in all, so that nothing is cut off silently. */
export interface WorklistRows {
  readonly total: number;
  readonly table: ColumnTable;
}

export const mostWorklistRows = 1000;

/**
 * Rows of a worklist, most urgent first; ties by the list's columns from left to right, so that pages never overlap.
 *
 * @throws UserError for a filter by a dimension the list does not keep, or a page out of bounds
 */
export const worklistRows = async (
  reader: Reader,
  list: Worklist,
  { where, limit, offset }: WorklistPage,
  signal?: AbortSignal,
): Promise<WorklistRows> => {
  refuseBadPage(limit, offset);
  const conditions = Object.entries(where)
    .filter(([, values]) => values.length > 0)
    .map(([dimension, values]) => isOneOf(columnOf(list, dimension), values));
  const rows = sql`from ${relation(list.from)}${conditions.length === 0 ? sql`` : sql` where ${sql.join(conditions, sql` and `)}`}`;
  const connection = await reader.connect();
  try {
    const counted = await runStatement(
      connection,
      statementOf(sql`select cast(count(*) as double) as n ${rows}`),
      signal,
    );
    const selected = sql`select ${sql.join(list.columns.map((each) => column(each.column)))} ${rows}
order by ${sql.join(orderOf(list))}${limit === null ? sql`` : sql` limit ${sql.lit(limit)}`} offset ${sql.lit(offset)}`;
    const table = await runStatement(connection, statementOf(selected), signal);
    const total = columnNamed(counted, 'n');
    return { total: total.kind === 'number' ? (total.values[0] ?? 0) : 0, table };
  } finally {
    connection.closeSync();
  }
};

const refuseBadPage = (limit: number | null, offset: number): void => {
  const whole = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!whole(limit ?? 1, 1, mostWorklistRows) || !whole(offset, 0, Number.MAX_SAFE_INTEGER))
    throw new UserError(`A page of a worklist is \`limit\` 1 to ${mostWorklistRows} and \`offset\` 0 or more.`);
};

const columnOf = (list: Worklist, dimension: string): string => {
  const found = list.dimensions[dimension];
  if (found !== undefined) return found;
  throw new UserError(`\`${list.id}\` is not kept by \`${dimension}\`.`, {
    mend: `It can be filtered by ${Object.keys(list.dimensions).join(', ') || 'nothing'}.`,
  });
};

const orderOf = ({ order, columns }: Worklist): Sql[] => [
  ...order.map((key) => sql`${column(key.column)} ${sql.raw(key.descending ? 'desc' : 'asc')} nulls last`),
  ...columns.map((each) => sql`${column(each.column)} nulls last`),
];
