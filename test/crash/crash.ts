// Kills the builder with SIGKILL at many moments while a server is polled, and counts what went wrong (it should be nothing).
//
//   node test/crash/crash.ts [--moments 50] [--rows 4000] [--small]
//
// Each round lays an extract into the workspace, a new one or an earlier one revised, starts a run (every fifth builds in
// full), waits until the run's own ledger says that a step has begun, waits a little longer and kills. Most of the time the
// next round follows at once, on what the killed run left; every fourth time a run is let finish, and every row that is to
// be there must be there once. `--small` runs the program with a handful of its models, which is three times as quick.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readEvents, runIds } from '../../etl/ledger/read-ledger.ts';
import { Poller } from './poller.ts';
import { laySmallProgram } from './small-program.ts';

const { values } = parseArgs({
  options: { moments: { type: 'string' }, rows: { type: 'string' }, small: { type: 'boolean' } },
});
const moments = Number(values.moments ?? 50);
const rowsPerExtract = Number(values.rows ?? 4000);
const steps = [2, 3, 4, 5, 6, 7, 8];

const folder = mkdtempSync(join(tmpdir(), 'himsight-crash-'));
const program = values.small
  ? laySmallProgram(join(folder, 'program'))
  : fileURLToPath(new URL('../../etl/himsight.mjs', import.meta.url));
const ledger = join(folder, 'data', 'ledger');
const env = { ...process.env, HIMSIGHT_WORKSPACE: folder, NO_COLOR: '1' };

const start = (...words: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });

const finish = async (child: ChildProcess): Promise<number | null> => {
  child.stdout?.resume();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};

/** Rows of each extract as it lies there now. */
const rowsOf = new Map<number, number>();

const writeExtract = (index: number, rows: number): void => {
  const lines = [
    'encounter_id,patient_key,facility_id,patient_class,admit_ts,discharge_ts,discharge_year,los_days,age_years,sex',
  ];
  for (let i = 0; i < rows; i++) {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const month = String(1 + (index % 12)).padStart(2, '0');
    lines.push(
      `E${index}-${i},P${i},north,inpatient,2025-${month}-${day} 08:00:00,2025-${month}-${day} 20:00:00,2025,1,40,female`,
    );
  }
  writeFileSync(join(folder, 'extract', `encounter-${String(index).padStart(3, '0')}.csv`), lines.join('\n') + '\n');
  rowsOf.set(index, rows);
};

/** The last step that the ledger of run `id` says has begun; 0 before the first. */
const stepOf = (id: string): number =>
  readEvents(ledger, id).reduce((last, event) => event.run.facets.himsight?.step ?? last, 0);

/** Kills `child` a random moment after its run's ledger shows `step`; the step it was in, or null if it ended before. */
const killAt = async (child: ChildProcess, step: number, known: number): Promise<number | null> => {
  const ended = once(child, 'exit');
  child.stdout?.resume();
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  let id: string | undefined;
  while (!isOver() && (id === undefined || stepOf(id) < step)) {
    await sleep(1);
    id = runIds(ledger)[known];
  }
  if (!isOver() && Math.random() < 0.7) await sleep(Math.random() * 60);
  if (isOver() || id === undefined) return null;
  child.kill('SIGKILL');
  await ended;
  return child.signalCode === 'SIGKILL' ? stepOf(id) : null;
};

const fail = (message: string): void => {
  failures.push(message);
  console.error(`FAIL ${message}`);
};
const failures: string[] = [];

mkdirSync(join(folder, 'extract'), { recursive: true });
writeFileSync(
  join(folder, 'himsight.yaml'),
  'version: 1\nsources:\n  - id: encounters\n    path: extract/encounter-*.csv\n    format: csv\n    contract: encounter\n    privacy: synthetic\n',
);
writeExtract(0, rowsPerExtract);
if ((await finish(start('run', '--quiet'))) !== 0) throw new Error('the first run did not succeed');

const port = 41_000 + (process.pid % 1000);
const server = start('serve', '--port', String(port));
server.stdout?.resume();
const poller = new Poller(`http://127.0.0.1:${port}`);
await poller.untilUp();
const polling = poller.run();

const killedIn = new Map<number, number>(steps.map((step) => [step, 0]));
let [kills, verified] = [0, 0];
for (let round = 1; kills < moments; round++) {
  if (round > moments * 3) throw new Error('the builder ends before it can be killed: raise --rows');
  // Every third extract is an earlier one, revised: fewer rows or more.
  const index = round % 3 === 0 ? Math.floor(Math.random() * round) : round;
  writeExtract(index, round % 3 === 0 ? Math.ceil(rowsPerExtract * (0.5 + Math.random())) : rowsPerExtract);
  // The step killed least often so far; any step counts where the moment drifted into the next one.
  const target = steps.toSorted((a, b) => killedIn.get(a)! - killedIn.get(b)!)[0]!;
  const words = round % 5 === 0 ? ['--full'] : [];
  const step = await killAt(start('run', '--quiet', ...words), target, runIds(ledger).length);
  if (step !== null) {
    kills += 1;
    killedIn.set(step, (killedIn.get(step) ?? 0) + 1);
  }
  if (round % 4 !== 0 && kills < moments) continue;
  verified += 1;
  const code = await finish(start('run', '--quiet'));
  if (code !== 0) fail(`round ${round}: the run after the kill ended with ${code}`);
  const expected = [...rowsOf.values()].reduce((sum, rows) => sum + rows, 0);
  const found = await poller.waitForEncounters(expected);
  if (found !== expected) fail(`round ${round}: ${found} encounters are served, ${expected} are to be there`);
  // What is known so far, for who ends it before its time.
  if (verified % 10 === 0)
    console.error(`${kills} kills, counted ${verified} times, ${failures.length + poller.problems.length} faults`);
}

poller.stop();
await polling;
server.kill('SIGTERM');
await finish(server);
for (const problem of poller.problems) fail(problem);
for (const step of steps) if (killedIn.get(step) === 0) fail(`no kill fell into step ${step}`);

const summary = {
  kills,
  verified,
  killedInStep: Object.fromEntries(killedIn),
  requests: poller.requests,
  requestsPerSecond: Math.round(poller.rate * 10) / 10,
  releasesSeen: poller.releases.size,
  failures: failures.length,
};
console.log(JSON.stringify(summary, null, 2));
rmSync(folder, { recursive: true, force: true });
process.exitCode = failures.length > 0 ? 1 : 0;
