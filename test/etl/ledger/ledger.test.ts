import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRun, readRunHeads, readRuns } from '../../../etl/ledger/read-ledger.ts';
import { openRun } from '../../../etl/ledger/write-ledger.ts';

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
    run: { runId: expect.stringMatching(/^[0-9a-f-]{36}$/), facets: { himsight: { run: run.id, message: 'why' } } },
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

test('a batch took from the start of its job to its report, and weighs what its files weigh', async () => {
  const ledger = folder();
  const id = '20260901T020000Z-00000001';
  mkdirSync(join(ledger, id));
  // As ledgers were written before they were valid OpenLineage: the run's own id for a UUID, one facet.
  const old = (second: number, eventType: string, job: string, himsight: object) =>
    JSON.stringify({
      eventType,
      eventTime: at(second).toISOString(),
      run: { runId: id, facets: { himsight } },
      job: { namespace: 'himsight', name: job },
    });
  const batch = { source: 'visits', batch: 'b1', status: 'landed', files: [{ bytes: 70 }, { bytes: 7 }] };
  writeFileSync(
    join(ledger, id, 'event.ndjson'),
    [
      old(0, 'START', 'run', { step: 1, stepName: 'lock' }),
      old(1, 'RUNNING', 'land', { step: 2, stepName: 'land' }),
      old(1, 'START', 'land visits', { source: 'visits' }),
      old(4, 'COMPLETE', 'land visits', { source: 'visits', batch }),
      old(4, 'START', 'land visits', { source: 'visits' }),
      old(6, 'FAIL', 'land visits', { source: 'visits', batch: { ...batch, batch: 'b2', status: 'held' } }),
      old(9, 'COMPLETE', 'run', { exitCode: 3, release: 'r1', message: 'held' }),
      '',
    ].join('\n'),
  );
  const [run] = await readRuns(ledger);
  expect(run).toMatchObject({ id, job: 'run', outcome: 'held', exitCode: 3, release: 'r1' });
  expect(run?.steps.map(({ seconds }) => seconds)).toEqual([1 - 0, 9 - 1]);
  expect(run?.batches.map(({ batch: name, seconds, bytes }) => [name, seconds, bytes])).toEqual([
    ['b1', 4 - 1, 70 + 7],
    ['b2', 6 - 4, 70 + 7],
  ]);
});

test('what a run came to is kept once a later one is on record, and told anew when its events grew', async () => {
  const ledger = folder();
  const first = openRun(ledger, at(1));
  first.event('START', 'run');
  const second = openRun(ledger, at(2));
  second.event('START', 'run');
  const kept = join(ledger, first.id, 'head.json');
  expect((await readRunHeads(ledger)).map(({ outcome }) => outcome)).toEqual(['running', 'aborted']);
  expect([existsSync(kept), existsSync(join(ledger, second.id, 'head.json'))]).toEqual([true, false]);
  first.event('COMPLETE', 'run', { exitCode: 0, release: 'r1' });
  expect((await readRunHeads(ledger)).map(({ outcome }) => outcome)).toEqual(['running', 'done']);
  writeFileSync(kept, '{"length": 1');
  expect((await readRunHeads(ledger))[1]).toMatchObject({ outcome: 'done', release: 'r1' });
  expect(await readRun(ledger, first.id)).toMatchObject({ outcome: 'done', models: [] });
  expect(await readRun(ledger, 'none')).toBeNull();
  expect((await readRuns(ledger, 1)).map(({ id }) => id)).toEqual([second.id]);
});

test('something else than a run is told by its own job', async () => {
  const ledger = folder();
  const entry = openRun(ledger, at(1));
  entry.event('START', 'rollback');
  entry.event('COMPLETE', 'rollback', { outcome: 'done', release: 'r1', message: 'Went back to r1.' });
  expect(await readRunHeads(ledger)).toMatchObject([{ job: 'rollback', outcome: 'done', release: 'r1' }]);
});

test('of a long run the two ends are enough to tell how it ended', async () => {
  const ledger = folder();
  const [ended, broken] = [1, 2].map((second) => {
    const run = openRun(ledger, at(second));
    run.event('START', 'run', { step: 1, stepName: 'lock' });
    for (let i = 0; i < 300; i++) run.event('RUNNING', 'run', { message: 'x'.repeat(500) });
    return run;
  }) as [ReturnType<typeof openRun>, ReturnType<typeof openRun>];
  ended.event('COMPLETE', 'run', { exitCode: 3, release: 'r1', message: 'Held.' });
  openRun(ledger, at(3)).event('START', 'run');
  const [, aborted, held] = await readRunHeads(ledger);
  expect(held).toEqual({
    ...(await readRun(ledger, ended.id)),
    steps: undefined,
    batches: undefined,
    models: undefined,
  });
  expect(held).toMatchObject({ outcome: 'held', exitCode: 3, message: 'Held.' });
  expect(aborted).toMatchObject({ id: broken.id, outcome: 'aborted', endedAt: null });
});
