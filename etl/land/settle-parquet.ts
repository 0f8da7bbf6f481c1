import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { renameDurably } from '../../warehouse/durable-file.ts';
import { literal } from '../../warehouse/quote.ts';

/**
 * Writes the rows of a query to a Parquet file that is there whole or not at all, also when the disk runs full.
 *
 * @param file absolute; its folder is made where it is missing
 */
export const settleParquet = async (connection: DuckDBConnection, query: string, file: string): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true });
  const unsettled = `${file}.tmp`;
  try {
    // Level 1 costs a fifth less of the processor than the default and a hundredth more of the disk.
    await connection.run(
      `copy (${query}) to ${literal(unsettled)} (format parquet, compression zstd, compression_level 1)`,
    );
    renameDurably(unsettled, file);
  } catch (error) {
    rmSync(unsettled, { force: true });
    throw error;
  }
};
