import { StatementType } from '@duckdb/node-api';
import { UserError, messageOf } from '../../warehouse/error.ts';
import type { Reader } from '../../warehouse/open.ts';
import type { ColumnTable } from '../../warehouse/query/column-table.ts';
import { readColumns } from '../../warehouse/query/duckdb-columns.ts';
import { printTable } from '../print/print-table.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/**
 * `himsight sql 'SELECT …'`: one SELECT on the current release, which nothing it says can change.
 *
 * Numbers of every width come out as numbers, dates in ISO 8601; an integer beyond 2^53 is refused by name, since JSON
 * and Arrow would change it: ask for it as text.
 */
export const sqlCommand = async (invocation: Invocation, text: string): Promise<ExitCode> =>
  onCurrentRelease(workspaceOf(invocation), async (reader) => {
    const table = await select(reader, text);
    const columns = table.columns.map(({ name, kind }) => ({ name, kind }));
    await printTable(invocation.output, { table, about: { release: reader.release, columns } });
    return 0;
  });

const select = async (reader: Reader, text: string): Promise<ColumnTable> => {
  const connection = await reader.connect();
  try {
    const statements = await connection.extractStatements(text).catch(refuse);
    if (statements.count !== 1)
      throw new UserError(`One SELECT at a time; this holds ${statements.count} statements.`, {
        mend: 'Run them one by one.',
      });
    const statement = await statements.prepare(0).catch(refuse);
    if (statement.statementType !== StatementType.SELECT)
      throw new UserError('Only a SELECT may be run: a release never changes.', {
        mend: 'To change what it holds, change a model in sql/ and run again.',
      });
    return await readColumns(await statement.run().catch(refuse));
  } finally {
    connection.closeSync();
  }
};

/** DuckDB's own sentence: the operator wrote the SQL, and sees it on his terminal only. */
const refuse = (error: unknown): never => {
  throw new UserError(messageOf(error), { mend: 'The tables are listed by: himsight sql "select * from meta.model"' });
};
