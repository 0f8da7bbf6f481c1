import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';

/** A PostgreSQL server of the tests' own, on a port of the loopback address; its data is gone when it is stopped. */
export interface PostgresServer {
  readonly port: number;
  /** Runs statements as its superuser, `himsight` without a password. */
  sql(statements: string): void;
  /** Ends every session but the one that asks: what a client sees when the network breaks. */
  endSessions(): void;
  stop(): void;
}

/** Folder of the server's programs, or null where this machine has none. */
export const postgresPrograms = (): string | null => {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...globSync('/usr/lib/postgresql/*/bin').sort().reverse(),
  ];
  return folders.find((folder) => ['initdb', 'pg_ctl', 'psql'].every((name) => existsSync(join(folder, name)))) ?? null;
};

/** Starts a server in a temporary folder; it never runs as root, which PostgreSQL refuses. */
export const startPostgres = async (programs: string): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-postgres-'));
  const user = userInfo().uid === 0 ? ordinaryUser() : null;
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const program = (name: string, ...words: readonly string[]): void => {
    const { status, stderr } = spawnSync(join(programs, name), words, {
      ...user,
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C' },
      // A server that inherits a pipe keeps its reader waiting.
      stdio: ['ignore', 'ignore', name === 'pg_ctl' ? 'ignore' : 'pipe'],
    });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${String(stderr)}`);
  };
  const port = await freePort();
  program('initdb', '-D', data, '-U', 'himsight', '--auth=trust', '--no-sync', '-E', 'UTF8');
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`;
  program('pg_ctl', '-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start');
  const sql = (statements: string): void => {
    execFileSync(
      join(programs, 'psql'),
      ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', '127.0.0.1', '-p', String(port), '-U', 'himsight', 'postgres'],
      { input: statements, stdio: ['pipe', 'ignore', 'pipe'] },
    );
  };
  return {
    port,
    sql,
    endSessions: () => {
      sql(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'himsight'`);
    },
    stop: () => {
      program('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const ordinaryUser = (): { readonly uid: number; readonly gid: number } => {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
