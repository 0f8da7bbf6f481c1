import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeDemo, type Story } from '../../../etl/demo/demo.ts';

export const program = fileURLToPath(new URL('../../../etl/himsight.mjs', import.meta.url));

/** A demo hospital, published and served by the real program. */
export interface DemoServer {
  readonly origin: string;
  readonly folder: string;
  close(): Promise<void>;
}

/** Writes a demo hospital without some of its stories, runs the ETL on it and serves it; all in a temporary folder. */
export const serveDemo = async (encounters: number, without: readonly Story[] = []): Promise<DemoServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-story-'));
  await writeDemo({ folder, encounters, months: 24, seed: 1, bad: 0.002, without });
  const run = start(folder, 'run', '--quiet');
  await once(run, 'exit');
  if (run.exitCode !== 0) throw new Error(`the run on the demo ended with ${String(run.exitCode)}`);
  return serveFolder(folder);
};

/** Serves a workspace that has a release by the real program; closing it removes the folder. */
export const serveFolder = async (folder: string): Promise<DemoServer> => {
  const port = await freePort();
  const server = start(folder, 'serve', '--quiet', '--port', String(port));
  const origin = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300 && !(await isUp(origin)); i++) await sleep(100);
  return {
    origin,
    folder,
    async close() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const start = (folder: string, ...words: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...words, '--workspace', folder], { stdio: ['ignore', 'ignore', 'inherit'] });

const isUp = async (origin: string): Promise<boolean> =>
  (await fetch(`${origin}/api/health`).catch(() => null))?.status === 200;

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
};
