import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../error.ts';
import { untilAborted } from '../interrupt.ts';
import { nearest } from '../metric/nearest.ts';
import { identifier } from '../quote.ts';
import { readRows } from '../rows.ts';
import { mostKeys, type CheckKeys } from './check-detail.ts';
import { withScans, type EditsAsked } from './edit-report.ts';
import { failsSql, rowsOfCases } from './edit-scan.ts';

/** Of which edit the failing cases are asked for. */
export interface EditKeysAsked extends EditsAsked {
  readonly edit: string;
  /** 1 to `mostKeys`. */
  readonly limit: number;
  /** Key columns that are not shown, such as those that are no surrogates. */
  readonly hidden?: readonly string[];
}

/**
 * The cases that fail an edit, or the patients of one between records, in the order of their keys: keys alone.
 *
 * @throws UserError where the release has no such edit, or for a limit that is none
 */
export const editKeys = (
  connection: DuckDBConnection,
  asked: EditKeysAsked,
): Promise<Pick<CheckKeys, 'columns' | 'rows' | 'more'>> =>
  withScans(connection, asked, async (scans) => {
    const { edit, limit, cases, signal, hidden = [] } = asked;
    if (!Number.isInteger(limit) || limit < 1 || limit > mostKeys)
      throw new UserError(`\`limit\`: write a whole number from 1 to ${mostKeys}.`);
    const all = [scans.cases, ...scans.shared];
    const scan = all.find(({ edits }) => edits.some(({ id }) => id === edit));
    const found = scan?.edits.find(({ id }) => id === edit);
    if (scan === undefined || found === undefined)
      throw new UserError(`\`${edit}\`: the release has no edit of this id.`, {
        mend: nearest(
          edit,
          all.flatMap(({ edits }) => edits.map(({ id }) => id)),
        ),
      });
    const columns = scan.key.filter((column) => !hidden.includes(column));
    // By the whole key, so that the order is the same each time, whatever of it is shown.
    const sql = `select ${columns.map(identifier).join(', ')} from ${rowsOfCases(scan, cases)}
      where ${failsSql(found)} order by ${scan.key.map(identifier).join(', ')} limit ${limit + 1}`;
    const rows = await untilAborted(connection, signal, () => readRows(connection, sql));
    return { columns, rows: rows.slice(0, limit), more: rows.length > limit };
  });
