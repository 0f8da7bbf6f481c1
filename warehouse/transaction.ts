import type { DuckDBConnection } from '@duckdb/node-api';

/** Runs `work` between begin and commit: all of it, or (when it throws) nothing. */
export const inTransaction = async <T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> => {
  await connection.run('begin');
  try {
    const result = await work();
    await connection.run('commit');
    return result;
  } catch (error) {
    // What went wrong is the error to tell, not that there is nothing to roll back.
    await connection.run('rollback').catch(() => undefined);
    throw error;
  }
};
