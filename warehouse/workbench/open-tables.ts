import type { Reader } from '../open.ts';
import { readRows } from '../rows.ts';
import { openSchemas } from './allow.ts';

/** A table a person's SQL may read. */
export interface OpenTable {
  /** With its schema, as SQL names it. */
  readonly name: string;
  /** What one row is; null where nothing is said. */
  readonly summary: string | null;
  /** Null of views, and where not counted. */
  readonly rows: number | null;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly describes: string | null }[];
}

/** Every table of the open schemas, by name, its columns in their order. */
export const openTables = async (reader: Reader): Promise<readonly OpenTable[]> => {
  const connection = await reader.connect();
  try {
    const found = await readRows(
      connection,
      `select
         columns.table_schema || '.' || columns.table_name as name,
         any_value(model.summary) as summary,
         any_value(model.row_count) as row_count,
         list({'name': columns.column_name, 'type': columns.data_type, 'describes': told.describes}
           order by columns.ordinal_position) as columns
       from information_schema.columns as columns
       left join meta.model as model on model.name = columns.table_schema || '.' || columns.table_name
       left join meta.column as told
         on told.model = columns.table_schema || '.' || columns.table_name and told.name = columns.column_name
       where columns.table_catalog = current_database()
         and columns.table_schema in (${openSchemas.map((schema) => `'${schema}'`).join(', ')})
       group by columns.table_schema, columns.table_name
       order by list_position([${openSchemas.map((schema) => `'${schema}'`).join(', ')}], columns.table_schema), name`,
    );
    return found.map(({ name, summary, row_count: rows, columns }) => ({
      name: String(name),
      summary: summary as string | null,
      rows: rows as number | null,
      columns: columns as unknown as OpenTable['columns'],
    }));
  } finally {
    connection.closeSync();
  }
};
