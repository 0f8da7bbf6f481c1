import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Database, Login } from './database.ts';

const chunkSize = 5000;
const booleanType = 16;

/** Every value as the server writes it: a date made into a Date and back may be another one. */
const asWritten = { getTypeParser: () => (text: string) => text };

/** A PostgreSQL database (or one that speaks like it), every session of it read-only. */
export const openPostgres = (login: Login): Database => {
  const pool = new pg.Pool({
    host: login.host,
    port: login.port ?? 5432,
    database: login.database,
    user: login.user,
    password: login.password,
    ssl: login.encryption === 'none' ? false : { rejectUnauthorized: login.encryption !== 'trust' },
    max: 1,
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'himsight',
    options: '-c default_transaction_read_only=on -c DateStyle=ISO,YMD -c TimeZone=UTC',
    types: asWritten as unknown as pg.CustomTypesConfig,
  });
  // A cursor whose connection broke waits for an answer for ever, and an error without a listener ends the process.
  const loss = Promise.withResolvers<never>();
  loss.promise.catch(() => undefined);
  pool.on('connect', (client) => client.on('error', loss.reject)).on('error', () => undefined);
  const kysely = new Kysely<object>({ dialect: new PostgresDialect({ pool, cursor: Cursor }) });
  return {
    clock: async () => {
      const { rows } = await kysely.executeQuery<{ now: string }>(
        CompiledQuery.raw(`select to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now`),
      );
      return rows[0]!.now;
    },
    columns: async ({ sql, parameters }) => {
      const { fields } = await pool.query(`select * from (\n${sql}\n) as pulled limit 0`, [...parameters]);
      return fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID === booleanType ? 'boolean' : 'text' }));
    },
    rows: async function* ({ sql, parameters }, columns) {
      const compiled = CompiledQuery.raw(sql, [...parameters]);
      const chunks = kysely.getExecutor().stream<Record<string, string | null>>(compiled, chunkSize);
      for (;;) {
        const chunk = await Promise.race([chunks.next(), loss.promise]);
        if (chunk.done === true) return;
        for (const row of chunk.value.rows)
          yield columns.map(({ name, type }) => {
            const text = row[name] ?? null;
            return type === 'boolean' && text !== null ? (text === 't' ? 'true' : 'false') : text;
          });
      }
    },
    close: () => Promise.race([kysely.destroy(), loss.promise]),
  };
};
