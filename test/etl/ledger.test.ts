import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRun, readRuns } from '../../etl/ledger.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'ledger-'));
const at = (second: number, millisecond = 0) => new Date(Date.UTC(2026, 8, 1, 2, 0, second, millisecond));

test('an event is one line in the shape of OpenLineage', () => {
  const ledger = folder();
  const run = openRun(ledger, at(5, 7));
  run.event('START', 'run', { message: 'why' });
  run.close();
  expect(run.id).toMatch(/^20260901T020005Z-007[0-9a-f]{5}$/);
  const [line, rest] = readFileSync(join(ledger, run.id, 'event.ndjson'), 'utf8').split('\n');
  expect(rest).toBe('');
  expect(JSON.parse(line ?? '')).toMatchObject({
    eventType: 'START',
    eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    producer: expect.stringMatching(/^https:/),
    schemaURL: expect.stringContaining('openlineage.io'),
    run: { runId: run.id, facets: { himsight: { message: 'why' } } },
    job: { namespace: 'himsight', name: 'run' },
    inputs: [],
    outputs: [],
  });
});

test('runs come newest first, also within a second, and say how they ended', async () => {
  const ledger = folder();
  const ends = [
    ['COMPLETE', { exitCode: 0, release: 'r1' }, 'done'],
    ['COMPLETE', { exitCode: 0, release: null }, 'no-op'],
    ['COMPLETE', { exitCode: 3, release: 'r2' }, 'held'],
    ['COMPLETE', { exitCode: 4, release: null }, 'held'],
    ['FAIL', { exitCode: 1, error: 'stack' }, 'failed'],
    ['ABORT', { exitCode: 5 }, 'aborted'],
    ['COMPLETE', { exitCode: 0, release: 'r3', outcome: 'no-op' as const }, 'no-op'],
  ] as const;
  ends.forEach(([type, facet], i) => {
    const run = openRun(ledger, at(0, i));
    run.event('START', 'run');
    run.event(type, 'run', facet);
    run.close();
  });
  const runs = await readRuns(ledger);
  expect(runs.map(({ outcome }) => outcome)).toEqual(ends.map(([, , outcome]) => outcome).reverse());
  expect(runs.at(-1)).toMatchObject({ exitCode: 0, release: 'r1', endedAt: expect.any(String) });
});

test('a run without an end is running while it is the newest, afterwards it was aborted', async () => {
  const ledger = folder();
  openRun(ledger, at(1)).event('START', 'run');
  expect((await readRuns(ledger)).map(({ outcome, endedAt }) => [outcome, endedAt])).toEqual([['running', null]]);
  openRun(ledger, at(2)).event('START', 'run');
  expect((await readRuns(ledger)).map(({ outcome }) => outcome)).toEqual(['running', 'aborted']);
});

test('steps last until the next one begins; batches and models are gathered', async () => {
  const ledger = folder();
  const run = openRun(ledger, at(1));
  run.event('START', 'run');
  run.event('RUNNING', 'run', { step: 1, stepName: 'lock' });
  run.event('RUNNING', 'run', { step: 2, stepName: 'land' });
  run.event('RUNNING', 'build core.encounter', {
    model: { name: 'core.encounter', action: 'build', rows: 3, seconds: 0.5 },
  });
  const [open] = await readRuns(ledger);
  expect(open?.steps.map(({ step, name, seconds }) => [step, name, seconds])).toEqual([
    [1, 'lock', expect.any(Number)],
    [2, 'land', null],
  ]);
  run.event('COMPLETE', 'run', { exitCode: 0 });
  const [done] = await readRuns(ledger);
  expect(done?.steps[1]?.seconds).toBeGreaterThanOrEqual(0);
  expect(done?.models).toEqual([{ name: 'core.encounter', action: 'build', rows: 3, seconds: 0.5 }]);
  expect(done?.batches).toEqual([]);
});

test('a line that a crash tore off is left out', async () => {
  const ledger = folder();
  const run = openRun(ledger, at(1));
  run.event('START', 'run');
  appendFileSync(join(ledger, run.id, 'event.ndjson'), '{"eventType":"COMPL');
  expect(await readRuns(ledger)).toMatchObject([{ outcome: 'running' }]);
});

test('where there is no ledger there are no runs', async () => {
  expect(await readRuns('/nowhere/ledger')).toEqual([]);
});
