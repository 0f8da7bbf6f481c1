import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * Runs one statement that is interrupted once the signal is aborted; the connection stays usable.
 *
 * @throws the signal's reason, in place of DuckDB's own "interrupted"
 */
export const untilAborted = async <T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
): Promise<T> => {
  signal?.throwIfAborted();
  const stop = (): void => connection.interrupt();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await run();
  } finally {
    signal?.removeEventListener('abort', stop);
    signal?.throwIfAborted();
  }
};
