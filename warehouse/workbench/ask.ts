import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { UserError } from '../error.ts';
import { exitCodes, tooSlow, type Question, type Refusal } from './question.ts';

const child = fileURLToPath(new URL('child.ts', import.meta.url));

/** Above what DuckDB may take: Node itself, and the answer on its way out. */
const nodeMiB = 768;

/** After its own time limit a process is given this long to say so. */
const graceMs = 3000;

/** Whether this system can hold a process to an amount of memory; elsewhere the workbench stays shut. */
export const canLimitMemory = process.platform === 'linux';

/**
 * Asks one question in a process of its own, which is held to its memory by the system and killed when `signal` aborts.
 *
 * @returns the answer in the form asked for; with `more` told in it where rows were left out
 * @throws UserError with a sentence where the SQL is refused, wrong, too slow or takes too much
 */
export const ask = async (question: Question, signal?: AbortSignal): Promise<Buffer<ArrayBuffer>> => {
  signal?.throwIfAborted();
  // The shell sets the limit and becomes the process: nothing of its own stands between, and no word of SQL is in it.
  const limitKiB = (question.memoryMiB + nodeMiB) * 1024;
  const process_ = spawn('/bin/sh', ['-c', `ulimit -d ${limitKiB} && exec "$0" "$1"`, process.execPath, child], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, UV_THREADPOOL_SIZE: '4' },
  });
  const kill = (): void => void process_.kill('SIGKILL');
  signal?.addEventListener('abort', kill, { once: true });
  const time = { isOver: false };
  const timer = setTimeout(
    () => {
      time.isOver = true;
      kill();
    },
    question.seconds * 1000 + graceMs,
  );
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      process_.on('error', reject).on('close', resolve);
    });
    // A process that died early reads no question.
    process_.stdin.on('error', () => undefined).end(JSON.stringify(question));
    const [code, output] = await Promise.all([ended, buffer(process_.stdout)]);
    signal?.throwIfAborted();
    if (code === exitCodes.answered) return output;
    if (code === exitCodes.refused) {
      const { says, mend } = JSON.parse(output.toString()) as Refusal;
      throw new UserError(says, mend === null ? {} : { mend });
    }
    if (time.isOver) throw tooSlow(question.seconds);
    throw new UserError('The query took more memory than the workbench may have, and was ended.', {
      mend: 'Ask for less at a time: fewer rows to sort or group, a mart instead of core.',
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', kill);
  }
};
