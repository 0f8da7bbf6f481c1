import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import type { DatabaseConfig } from '../workspace/config.ts';

/** A column that a query yields. */
export interface PulledColumn {
  readonly name: string;
  /** As the database calls it. */
  readonly type: string;
}

/** A database open for reading. */
export interface Database {
  /** Its own clock, ISO 8601 in UTC: rows are at least as new. */
  clock(): Promise<string>;
  /** What a query would yield, in order; nothing of it is run. */
  columns(query: BoundQuery): Promise<readonly PulledColumn[]>;
  /** The rows of a query as texts by column, null where there is none, as they come from the wire. */
  rows(query: BoundQuery, columns: readonly PulledColumn[]): AsyncIterable<readonly (string | null)[]>;
  close(): Promise<void>;
}

/** A query whose parameters stand as the database numbers them. */
export interface BoundQuery {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** How a database is reached, its secret read. */
export interface Login extends DatabaseConfig {
  readonly password: string;
}

/** How a parameter is written in each dialect. */
export const placeholder: Readonly<Record<DatabaseConfig['dialect'], (number: number) => string>> = {
  postgres: (number) => `$${number}`,
  mssql: (number) => `@${number}`,
};

/**
 * A database of himsight.yaml, reached when it is first asked.
 *
 * @throws UserError where its password is not where the configuration says
 */
export const openDatabase = async (
  id: string,
  config: DatabaseConfig,
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Database> => {
  const login = { ...config, password: passwordOf(id, config, folder, env) };
  // Drivers are loaded where there is a database: of the second that a run takes to start they are a third.
  return config.dialect === 'postgres'
    ? (await import('./postgres.ts')).openPostgres(login)
    : (await import('./sql-server.ts')).openSqlServer(login);
};

const passwordOf = (
  id: string,
  { password_env: variable, password_file: file }: DatabaseConfig,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): string => {
  if (variable !== undefined) {
    const password = env[variable];
    if (password !== undefined) return password;
    throw new UserError(`The password of database \`${id}\` is not there: the variable ${variable} is not set.`, {
      mend: 'Set it for whoever runs himsight, such as in the environment file of its service.',
    });
  }
  if (file === undefined) return '';
  try {
    return readFileSync(resolve(folder, file), 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new UserError(`The password of database \`${id}\` is not there: ${file} cannot be read.`, {
      mend: 'Put the password alone into that file, readable for this user only.',
      cause,
    });
  }
};
