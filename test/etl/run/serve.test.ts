import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { encounter, himsight, smallWorkspace, startHimsight, writeEncounters } from '../cli/himsight.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 180_000 });

/** Starts a server on a free port and answers its address once it says it. */
const serving = async (folder: string) => {
  const child = startHimsight(folder, 'serve', '--port', '0');
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const text of child.stderr) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(text))?.[0];
    if (url !== undefined) return { child, url };
  }
  throw new Error('the server ended before it answered');
};

const until = async (wanted: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 200; tries++) {
    if (await wanted()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('waited ten seconds in vain');
};

test('a server waits for the first release, follows the next one, and ends at SIGTERM with exit code 0', async () => {
  const folder = smallWorkspace();
  const { child, url } = await serving(folder);
  const status = async (): Promise<number> => (await fetch(`${url}/api/health`)).status;
  expect(await status()).toBe(503);

  himsight(folder, 'run');
  await until(async () => (await status()) === 200);
  const count = async (): Promise<number> => {
    const response = await fetch(`${url}/api/query`, {
      method: 'POST',
      body: '{"metrics":["encounters"]}',
      headers: { accept: 'application/json' },
    });
    return ((await response.json()) as { rows: { value: number }[] }).rows[0]!.value;
  };
  expect(await count()).toBe(3);

  writeEncounters(folder, 'b.csv', [encounter(4)]);
  himsight(folder, 'run');
  await until(async () => (await count()) === 3 + 1);

  child.kill('SIGTERM');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
});

test('two runs at a time: the second ends with exit code 5 and leaves no ledger of its own', async () => {
  const folder = smallWorkspace(Array.from({ length: 20_000 }, (_, i) => encounter(i)));
  const first = startHimsight(folder, 'run');
  const ended = once(first, 'exit');
  const ledger = join(folder, 'data/ledger');
  await until(async () => readdirSync(folder).includes('data') && readdirSync(join(folder, 'data')).includes('ledger'));
  const second = himsight(folder, 'run');
  expect([second.code, second.err]).toEqual([5, expect.stringContaining('Another run holds the build lock') as string]);
  expect(((await ended) as [number])[0]).toBe(0);
  expect(readdirSync(ledger)).toHaveLength(1);
});

test('a run stopped by SIGTERM says so in its ledger, and the next one finishes', async () => {
  const folder = smallWorkspace(Array.from({ length: 20_000 }, (_, i) => encounter(i)));
  const child = startHimsight(folder, 'run');
  const ended = once(child, 'exit');
  const ledger = join(folder, 'data/ledger');
  await until(
    async () =>
      readdirSync(folder).includes('data') &&
      readdirSync(join(folder, 'data')).includes('ledger') &&
      readdirSync(ledger).length > 0,
  );
  child.kill('SIGTERM');
  expect(((await ended) as [number])[0]).toBe(143);
  const [run = ''] = readdirSync(ledger);
  expect(readFileSync(join(ledger, run, 'event.ndjson'), 'utf8')).toContain('"eventType":"ABORT"');
  expect(himsight(folder, 'run').code).toBe(0);
  expect(himsight(folder, 'metric', 'encounters', '--format', 'csv').out).toContain(',20000,');
});

test('a fatal assert keeps the release back: exit code 4, and the one from before stays', () => {
  const folder = smallWorkspace();
  expect(himsight(folder, 'run').code).toBe(0);
  const before = JSON.parse(himsight(folder, 'releases', '--format', 'json').out) as { release: string };
  appendFileSync(join(folder, 'himsight.yaml'), 'sql: [sql]\n');
  himsight(folder, 'init', 'sql/assert');
  writeAssert(folder);
  const ended = himsight(folder, 'run');
  expect(ended.code).toBe(4);
  expect(ended.err).toContain('nobody_stays');
  expect(JSON.parse(himsight(folder, 'releases', '--format', 'json').out)).toEqual(before);
});

const writeAssert = (folder: string): void =>
  appendFileSync(
    join(folder, 'sql/assert/nobody_stays.sql'),
    '-- Nobody is ever an inpatient.\n--\n-- Severity  fatal\nselect encounter_id from core.encounter\n',
  );
