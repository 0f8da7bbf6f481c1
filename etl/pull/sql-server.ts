import { CompiledQuery, Kysely, MssqlDialect } from 'kysely';
import * as tarn from 'tarn';
import * as tedious from 'tedious';
import { UserError } from '../../warehouse/error.ts';
import type { Database, Login, PulledColumn } from './database.ts';

const chunkSize = 5000;

/** A SQL Server database, its sessions told that they only read. */
export const openSqlServer = (login: Login): Database => {
  const kysely = new Kysely<object>({
    dialect: new MssqlDialect({
      tarn: { Pool: tarn.Pool, options: { min: 0, max: 1 } },
      tedious: { ...tedious, connectionFactory: () => new tedious.Connection(connectionOf(login)) },
    }),
  });
  return {
    clock: async () => {
      const query = 'select convert(varchar(19), sysutcdatetime(), 126) as now';
      const { rows } = await kysely.executeQuery<{ now: string }>(CompiledQuery.raw(query));
      return `${rows[0]!.now}Z`;
    },
    columns: async ({ sql, parameters }) => {
      const declared = parameters.map((_, i) => `@${i + 1} nvarchar(30)`).join(', ');
      const query = CompiledQuery.raw('exec sp_describe_first_result_set @tsql = @1, @params = @2', [sql, declared]);
      const { rows } = await kysely.executeQuery<DescribedColumn>(query);
      return rows
        .filter(({ is_hidden: isHidden }) => !isHidden)
        .map(({ name, system_type_name: type }) => ({ name: name ?? '', type: type ?? '' }));
    },
    rows: async function* ({ sql, parameters }, columns) {
      const texts = columns.map((column) => textOf(column));
      const compiled = CompiledQuery.raw(sql, [...parameters]);
      for await (const { rows } of kysely.getExecutor().stream<Record<string, unknown>>(compiled, chunkSize))
        for (const row of rows) yield columns.map(({ name }, i) => texts[i]!(row[name]));
    },
    close: () => kysely.destroy(),
  };
};

interface DescribedColumn {
  readonly name: string | null;
  readonly system_type_name: string | null;
  readonly is_hidden: boolean;
}

/** What tedious wants to know. */
export const connectionOf = (login: Login): tedious.ConnectionConfiguration => ({
  server: login.host,
  authentication: { type: 'default', options: { userName: login.user, password: login.password } },
  options: {
    port: login.port ?? 1433,
    database: login.database,
    encrypt: login.encryption !== 'none',
    trustServerCertificate: login.encryption === 'trust',
    readOnlyIntent: true,
    // A query for a night's rows may take long to begin.
    requestTimeout: 0,
    connectTimeout: 30_000,
    useUTC: true,
    appName: 'himsight',
  },
});

/**
 * How a column's values are written as text: times as they stand in the database, instants in UTC.
 *
 * @throws UserError for a type that is no text, and, of the function it gives, for a number that JavaScript rounds
 */
export const textOf = ({ name, type }: PulledColumn): ((value: unknown) => string | null) => {
  const kind = type.replace(/\(.*/, '');
  if (/^(var)?binary$|^(image|xml|sql_variant|geography|geometry|hierarchyid|timestamp|rowversion)$/.test(kind))
    throw new UserError(`Column \`${name}\` of the query is ${kind}, which is no text.`, {
      mend: 'Leave it out of the query, or convert it there.',
    });
  return (value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Date) return timeText(value, kind);
    if (typeof value === 'number') return numberText(value, name);
    return String(value);
  };
};

const timeText = (value: Date, kind: string): string => {
  const text = value.toISOString().replace('.000Z', 'Z');
  if (kind === 'date') return text.slice(0, 10);
  if (kind === 'time') return text.slice(11, -1);
  return kind === 'datetimeoffset' ? text.replace('T', ' ').replace('Z', '+00') : text.slice(0, -1).replace('T', ' ');
};

/** Numbers come as doubles: of more than fifteen digits the last ones are made up. */
const numberText = (value: number, name: string): string => {
  const text = value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
  if (text.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15) return text;
  throw new UserError(`Column \`${name}\` of the query holds numbers of more than fifteen digits.`, {
    mend: 'Convert it to varchar in the query, so that no digit is lost.',
  });
};
