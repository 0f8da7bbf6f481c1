// One question of the workbench, in a process of its own: its parent limits what memory it may take, and may kill it.
import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import { text } from 'node:stream/consumers';
import { UserError, messageOf } from '../error.ts';
import { openReader } from '../open.ts';
import { tableOfChunks } from '../query/duckdb-columns.ts';
import { encodeTable } from '../query/encode.ts';
import { allow } from './allow.ts';
import { exitCodes, tooSlow, type Question, type Refusal } from './question.ts';

const answer = async (question: Question): Promise<Uint8Array> => {
  const reader = await openReader(question.file, { threads: 2, memory: `${question.memoryMiB}MiB` });
  const connection = await reader.connect();
  const sql = await allow(connection, question.sql);
  const time = { isOver: false };
  const timer = setTimeout(() => {
    time.isOver = true;
    connection.interrupt();
  }, question.seconds * 1000);
  try {
    const { chunks, result, more } = await firstRows(connection, sql, question.rows);
    const table = tableOfChunks(result, chunks);
    const columns = table.columns.map(({ name, kind }) => ({ name, kind }));
    return await encodeTable(table, { release: reader.release, more, columns }, question.form);
  } catch (error) {
    if (time.isOver) throw tooSlow(question.seconds);
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

/** Chunks until the rows asked for are there, and whether there are more. */
const firstRows = async (
  connection: DuckDBConnection,
  sql: string,
  rows: number,
): Promise<{ result: DuckDBResult; chunks: readonly DuckDBDataChunk[]; more: boolean }> => {
  const result = await connection.stream(sql);
  const chunks: DuckDBDataChunk[] = [];
  let count = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return { result, chunks, more: false };
    if (count >= rows) return { result, chunks, more: true };
    chunks.push(chunk);
    count += chunk.rowCount;
  }
};

/** DuckDB's own sentence: whoever wrote the SQL reads it. */
const refusalOf = (error: unknown): Refusal => ({
  says: messageOf(error).split('\n\n')[0]!,
  mend: error instanceof UserError ? (error.mend ?? null) : null,
});

const write = (bytes: Uint8Array | string, code: number): void => {
  process.stdout.write(bytes, () => process.exit(code));
};

try {
  write(await answer(JSON.parse(await text(process.stdin)) as Question), exitCodes.answered);
} catch (error) {
  write(JSON.stringify(refusalOf(error)), exitCodes.refused);
}
