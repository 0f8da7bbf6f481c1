import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reader } from '../../../warehouse/open.ts';
import { readRows } from '../../../warehouse/rows.ts';

/**
 * A reader over a warehouse in memory that one connection holds. The connection is lent, so one question at a time: it is
 * not closed by who asks.
 */
export const memoryReader = async (connection: DuckDBConnection): Promise<Reader> => {
  const [release] = await readRows(connection, 'select release from meta.release');
  const lent = new Proxy(connection, {
    get: (target, key) => {
      if (key === 'closeSync') return () => undefined;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { release: String(release?.release), connect: async () => lent, close: async () => undefined };
};
