import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readEvents, readRuns, runIds } from '../../../etl/ledger/read-ledger.ts';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { encounter, himsight, smallWorkspace, startHimsight } from '../cli/himsight.ts';
import { webhookReceiver } from '../notify/receiver.ts';

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 600_000 });

/** A workspace whose one source is due at once, since nobody ever looked at it, and then not for a year. */
const dueOnce = (extra = ''): { readonly folder: string; readonly ledger: string } => {
  const folder = smallWorkspace([encounter(1)]);
  const file = join(folder, 'himsight.yaml');
  const text = readFileSync(file, 'utf8').replace('America/New_York', "UTC, schedule: '0 0 1 1 *'");
  writeFileSync(file, text + extra);
  return { folder, ledger: join(folder, 'data/ledger') };
};

/** `himsight schedule` as a process, killed with the test; `ended` is its exit code. */
const scheduler = (folder: string) => {
  const child = startHimsight(folder, 'schedule');
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.resume();
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, ended, said: () => said };
};

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await wait(50);
};
const hasBegun = (ledger: string): boolean =>
  existsSync(ledger) && runIds(ledger).some((id) => readEvents(ledger, id).length > 1);
const outcomes = async (ledger: string) => (await readRuns(ledger)).map(({ outcome }) => outcome);

test('kill -9 of the scheduler leaves its run alone; the next scheduler waits for it and runs nothing twice', async () => {
  const { folder, ledger } = dueOnce();
  const first = scheduler(folder);
  await until(() => hasBegun(ledger));
  first.child.kill('SIGKILL');
  await first.ended;
  const second = scheduler(folder);
  await until(async () => (await outcomes(ledger))[0] === 'done' && second.said().includes('Following'));
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  expect(await outcomes(ledger)).toEqual(['done']);
});

test('SIGTERM is passed on: the run ends at once, aborted, the lock is free, the exit code 0', async () => {
  const { folder, ledger } = dueOnce();
  const { child, ended } = scheduler(folder);
  await until(() => hasBegun(ledger));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(await outcomes(ledger)).toEqual(['aborted']);
  await withBuildLock(join(folder, 'data/release'), async () => {});
});

test('two schedulers on one workspace run what is due once', async () => {
  const { folder, ledger } = dueOnce();
  const both = [scheduler(folder), scheduler(folder)];
  await until(
    async () => (await outcomes(ledger))[0] === 'done' && both.every(({ said }) => said().includes('Following')),
  );
  for (const { child } of both) child.kill('SIGTERM');
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(await outcomes(ledger)).toEqual(['done']);
});

test('a run by hand tells too, at its end; doctor names what is held; a test message can be sent', async () => {
  const { url, posted } = await webhookReceiver();
  // The child needs this process to answer, so it may not be waited for here.
  const { folder } = dueOnce(`notify: { webhook: { url: "${url}" } }\n`);
  writeFileSync(join(folder, 'in/a.csv'), 'encounter_id,ssn\n1,2\n');
  const child = startHimsight(folder, 'run', '--quiet');
  child.stdout.resume();
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(3);
  expect(posted.map(({ json }) => json.subject)).toEqual([expect.stringMatching(/: visits is held$/)]);
  expect(himsight(folder, 'notify').out).toMatch(/begins +held:visits +webhook +delivered/);
  const doctor = himsight(folder, 'doctor').out;
  expect(doctor).toMatch(/note +Sources held +visits: /);
  const trial = startHimsight(folder, 'notify', 'test');
  trial.stdout.resume();
  expect(await new Promise((resolve) => trial.once('exit', resolve))).toBe(0);
  expect(posted.at(-1)?.json).toMatchObject({ subject: expect.stringMatching(/: a test$/), news: [] });
});

test('a workspace without any schedule, or without anybody to tell, says so: exit code 2', () => {
  const folder = smallWorkspace();
  expect(himsight(folder, 'schedule')).toMatchObject({
    code: 2,
    err: expect.stringContaining("schedule: '15 5 * * *'"),
  });
  expect(himsight(folder, 'notify', 'test')).toMatchObject({
    code: 2,
    err: expect.stringContaining('`smtp` under `notify`'),
  });
  expect(himsight(folder, 'run', '--due', 'visits')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--due visits'),
  });
});
