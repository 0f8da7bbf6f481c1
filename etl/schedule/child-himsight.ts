import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Turn } from '../ledger/ledger-event.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * One ETL run as a child process. It outlives a `kill -9` of this one: it holds the build lock until it is through.
 *
 * @param turns the sources to look at, with the scheduled time of each; none: all sources
 * @returns its exit code; 1 where a signal ended it
 */
export const childRun = ({ folder }: Pick<Workspace, 'folder'>, turns: readonly Turn[] = []): Promise<number> => {
  const words = turns.flatMap(({ source, due }) => [
    ...['--source', source],
    ...(due === null ? [] : ['--due', `${source}=${due}`]),
  ]);
  return childHimsight(['run', '--workspace', folder, ...words]);
};

/** Draws and sends the reports that are due, as a child process. @returns its exit code; 1 where a signal ended it */
export const childReports = ({ folder }: Pick<Workspace, 'folder'>): Promise<number> =>
  childHimsight(['report', '--due', '--workspace', folder]);

/**
 * One command as a child process that gives way to everything else, so that a server beside it stays quick. A Ctrl-C or
 * `kill` of this process is passed on, and ends it at once with nothing half done.
 */
const childHimsight = (words: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const himsight = fileURLToPath(new URL('../himsight.mjs', import.meta.url));
    const child = spawn(process.execPath, [himsight, ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
    if (child.pid !== undefined) giveWay(child.pid);
    const stop = (): void => void child.kill('SIGTERM');
    process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
    const done = (): void => void process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code) => {
      done();
      resolve(code ?? 1);
    });
  });

const giveWay = (pid: number): void => {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    // It may be through already; anything else is worth knowing.
    if ((error as { info?: { code?: string } }).info?.code !== 'ESRCH') throw error;
  }
};
