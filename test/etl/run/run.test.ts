import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noProgress, type Progress } from '../../../etl/print/progress.ts';
import { readRuns } from '../../../etl/ledger/read-ledger.ts';
import { planRun } from '../../../etl/plan.ts';
import { run } from '../../../etl/run.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { openReader } from '../../../warehouse/open.ts';
import { releaseFile } from '../../../warehouse/release-folder.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { encounter, smallWorkspace, writeEncounters } from '../cli/himsight.ts';

const request = (folder: string, progress: Progress = noProgress) => ({
  workspace: readWorkspace(folder),
  sources: [],
  from: null,
  to: null,
  full: false,
  progress,
});

test('every step from the lock to the pruning stands in the ledger, in order', async () => {
  const folder = smallWorkspace();
  const result = await run(request(folder));
  const [first] = await readRuns(join(folder, 'data/ledger'));
  expect(first?.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(first).toMatchObject({ id: result.run, outcome: 'done', exitCode: 0, release: result.release });
});

test('a release says what landed, up to when, and how each check came out', async () => {
  const folder = smallWorkspace([
    ...Array.from({ length: 39 }, (_, i) => encounter(i)),
    encounter(99, '2026-01-01 07:00:00'),
  ]);
  const { release } = await run(request(folder));
  const reader = await openReader(releaseFile(join(folder, 'data/release'), release ?? ''));
  const connection = await reader.connect();
  expect(
    await readRows(connection, 'select contract, source_id, "through"::varchar as day from meta.coverage'),
  ).toEqual([
    // The latest time landed is of 5 January, so the last day known to be whole is the one before.
    { contract: 'encounter', source_id: 'visits', day: '2026-01-04' },
  ]);
  expect(await readRows(connection, 'select mapped, accepted, quarantined from meta.reconciliation')).toEqual([
    { mapped: 39 + 1, accepted: 39, quarantined: 1 },
  ]);
  const checks = `select examined, violated from meta.gate_check where check_id = 'discharge-not-before-admission'`;
  expect(await readRows(connection, checks)).toEqual([{ examined: 39 + 1, violated: 1 }]);
  connection.closeSync();
  await reader.close();
});

test('a fault of ours is exit code 1, its stack in the ledger without the message of a row', async () => {
  const folder = smallWorkspace();
  const result = await run(
    request(folder, () => {
      throw new Error('Conversion Error: could not convert a value of a row');
    }),
  );
  expect(result).toMatchObject({ outcome: 'failed', exitCode: 1, release: null });
  const ledger = join(folder, 'data/ledger');
  const text = readFileSync(join(ledger, readdirSync(ledger)[0] ?? '', 'event.ndjson'), 'utf8');
  expect(text).toContain('run.test.ts');
  expect(text).not.toContain('could not convert');
});

test('settings of himsight.yaml reach the models, and changing them is something new', async () => {
  const folder = smallWorkspace();
  const first = await run(request(folder));
  const file = join(folder, 'himsight.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    `${text}targets:\n  - { metric_id: encounters, value: 7, direction: at_least, label: ours, valid_from: 2026-01-01 }\n`,
  );
  const plan = await planRun(request(folder));
  expect(plan.sources).toEqual([{ id: 'visits', batches: [], action: 'keep' }]);
  expect(plan.models.filter(({ action }) => action === 'build').map(({ name }) => name)).toContain('core.target');
  const second = await run(request(folder));
  expect(second).toMatchObject({ outcome: 'done', exitCode: 0 });
  expect(second.release).not.toBe(first.release);
});

test('a source that was not asked for is not looked at', async () => {
  const folder = smallWorkspace();
  const file = join(folder, 'himsight.yaml');
  writeFileSync(
    file,
    `${readFileSync(file, 'utf8')}  - { id: others, path: nowhere.csv, contract: encounter, privacy: synthetic }\n`,
  );
  const result = await run({ ...request(folder), sources: ['visits'] });
  expect([result.exitCode, result.batches.map(({ source }) => source)]).toEqual([0, ['visits']]);
  expect((await run(request(folder))).exitCode).toBe(3);
  await expect(run({ ...request(folder), sources: ['nope'] })).rejects.toThrow('There is no source `nope`');
});

test('later files change the answer, the same files again do not', async () => {
  const folder = smallWorkspace();
  const first = await run(request(folder));
  expect((await run(request(folder))).outcome).toBe('no-op');
  writeEncounters(folder, 'b.csv', [encounter(3, '2026-01-06 10:00:00')]);
  const second = await run(request(folder));
  expect(second.batches.find(({ status }) => status === 'landed')?.contracts).toMatchObject([
    { accepted: 1, updated: 1 },
  ]);
  expect(second.release).not.toBe(first.release);
  expect((await run({ ...request(folder), full: true })).outcome).toBe('done');
});

test('a plan names what would land, with the period its name speaks of, and the models it touches', async () => {
  const folder = smallWorkspace();
  await run(request(folder));
  writeEncounters(folder, 'b-2026-02.csv', [encounter(3, '2026-02-06 10:00:00')]);
  const plan = await planRun(request(folder));
  const [source] = plan.sources;
  expect(source?.action).toBe('land');
  expect(source?.batches).toEqual([
    { files: [expect.stringMatching(/b-2026-02\.csv$/)], period: { from: '2026-02-01', to: '2026-03-01' } },
  ]);
  const core = plan.models.find(({ name }) => name === 'core.encounter');
  expect(core).toMatchObject({ action: 'build', reason: 'raw.encounter changed' });
  // Nothing was written: the same plan again.
  expect(await planRun(request(folder))).toEqual(plan);
});
