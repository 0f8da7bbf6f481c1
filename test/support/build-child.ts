/**
 * Builds one release in a process of its own, for tests that kill it. Arguments: the release folder, the `sql` folder, rows to
 * make, and where to die: `<step> begin|end`, `model <name>`, or `hold` (takes the lock and waits to be killed).
 * Each moment is written to standard output before it is acted on.
 */
import { writeSync } from 'node:fs';
import { withBuildLock } from '../../warehouse/lock.ts';
import { NO_META } from '../../warehouse/meta.ts';
import { buildRelease } from '../../warehouse/release.ts';
import { compileFolder, loans } from './small-project.ts';

const [folder = '', sql = '', rows = '0', dieAt = ''] = process.argv.slice(2);

const reach = (moment: string): void => {
  // Straight to the descriptor: a line that waits in a buffer would die with the process.
  writeSync(1, `${moment}\n`);
  if (moment === dieAt) process.kill(process.pid, 'SIGKILL');
};

const tuples = Array.from({ length: Number(rows) }, (_, at) => `(${at}, 'n', date '2025-03-01', ${at % 5})`);
const compiled = await compileFolder(sql, loans(tuples));
await withBuildLock(folder, async () => {
  reach('locked');
  if (dieAt === 'hold') await new Promise((resolve) => setTimeout(resolve, 60_000));
  await buildRelease({
    ...{ folder, compiled, meta: NO_META },
    onStep: (step, _, moment) => reach(`${step} ${moment}`),
    onModel: ({ name }) => reach(`model ${name}`),
  });
});
reach('done');
