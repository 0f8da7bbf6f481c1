import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readDeliveryLines } from '../../../etl/report/delivery-ledger.ts';
import { himsight, smallWorkspace, startHimsight } from '../cli/himsight.ts';
import { mailReceiver } from '../notify/receiver.ts';

// Real processes on a busy machine.
vi.setConfig({ testTimeout: 600_000 });

/** A plan as a file of the store has it: each New Year, kept long ago: so it is due at once. */
const planned = (id: string, name: string, page: string, to: string): string =>
  `  - { id: "${id}", name: ${name}, title: The ${name}, pages: ["${page}"], format: pdf, schedule: "0 0 1 1 *", to: [${to}], author: R. Okafor, at: "2020-01-01T00:00:00.000Z" }\n`;

/** Starts a command and waits for its end, while this process goes on to answer. */
const ended = (folder: string, ...words: readonly string[]) => {
  const child = startHimsight(folder, ...words);
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.resume();
  return {
    child,
    end: new Promise<[number | null, string]>((resolve) => child.once('exit', (code) => resolve([code, said]))),
  };
};

test('the schedule draws, keeps and sends what is due once; a kill in the middle of a mail sends nothing twice', async () => {
  let isMute = false;
  const mail = await mailReceiver({
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString());
        if (!isMute) done();
      });
    },
  });
  const mails: string[] = [];
  const folder = smallWorkspace();
  appendFileSync(
    join(folder, 'himsight.yaml'),
    `notify:
  on: [failure]
  smtp: { host: 127.0.0.1, port: ${mail.port}, security: none, from: h@north.example, to: [it@north.example] }
`,
  );
  expect(himsight(folder, 'run').code).toBe(0);
  const store = join(folder, 'data/store');
  const page = '/explore?metric=encounters&rows=facility';
  mkdirSync(store);
  writeFileSync(
    join(store, 'report.yaml'),
    `version: 1\nreports:\n${planned('00000001', 'good', page, 'a@north.example')}${planned('00000002', 'bad', '/kpi/nothing', 'a@north.example')}`,
  );
  const lines = () => readDeliveryLines(join(folder, 'data/ledger'));
  const states = () => lines().map(({ name, state }) => `${name} ${state}`);

  const scheduler = ended(folder, 'schedule');
  while (!states().includes('bad failed')) await wait(100);
  scheduler.child.kill('SIGTERM');
  expect((await scheduler.end)[0]).toBe(0);
  expect(states()).toEqual(['good begun', 'good sending', 'good done', 'bad begun', 'bad failed']);
  expect(mails).toHaveLength(1);
  const [copy = ''] = readdirSync(join(folder, 'data/report/good'));
  expect(copy).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{8}-\d{4}-01-01\.pdf$/);
  const bytes = readFileSync(join(folder, 'data/report/good', copy));
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const [, inMail = ''] = /filename=good-\d{4}-01-01\.pdf[^]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(mails[0] ?? '') ?? [];
  expect(Buffer.from(inMail, 'base64').equals(bytes)).toBe(true);
  expect(existsSync(join(folder, 'data/report/bad'))).toBe(false);
  expect(lines().at(-1)?.says).toContain('Page 1 of the report cannot be drawn.');
  const listed = himsight(folder, 'report');
  expect(listed.out).toMatch(/good .* done/);
  expect(listed.out).toMatch(/bad .* failed .*cannot be drawn/);
  expect(himsight(folder, 'doctor').out).toMatch(/note +Reports +not delivered: bad/);
  expect((await ended(folder, 'report', '--due').end)[0]).toBe(0);

  isMute = true;
  appendFileSync(join(store, 'report.yaml'), planned('00000003', 'late', page, 'b@north.example'));
  const killed = ended(folder, 'report', '--due');
  while (mails.length < 2) await wait(50);
  killed.child.kill('SIGKILL');
  await killed.end;
  isMute = false;
  const again = await ended(folder, 'report', '--due').end;
  expect(again).toEqual([0, expect.stringContaining('No report is due.')]);
  expect(mails).toHaveLength(2);
  expect(states().slice(5)).toEqual(['late begun', 'late sending']);
});

test('--due takes nothing else', () => {
  const folder = smallWorkspace();
  expect(himsight(folder, 'report', 'scorecard', '--due')).toMatchObject({
    code: 2,
    err: expect.stringContaining('`--due` sends what is planned'),
  });
});
