import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readContracts } from '../../../etl/contract/contract.ts';
import { writeDemo, type DemoRequest } from '../../../etl/demo/demo.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';

const folder = mkdtempSync(join(tmpdir(), 'demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

const small = { encounters: 2000, months: 24, seed: 7, bad: 0.01 };
const write = (name: string, changes: Partial<DemoRequest> = {}): ReturnType<typeof writeDemo> =>
  writeDemo({ folder: join(folder, name), ...small, ...changes });

const digests = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name: file }) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(parentPath, file)))
          .digest('hex'),
      ]),
  );

test('the same arguments give the same bytes, another seed others', { timeout: 60_000 }, async () => {
  await write('one');
  await write('two');
  await write('other', { seed: 8 });
  expect(digests('two')).toEqual(digests('one'));
  expect(digests('other')['deficiency.csv']).not.toBe(digests('one')['deficiency.csv']);
});

test('some extracts alone are the same bytes as among all', async () => {
  await write('some', { only: ['facility', 'encounter'] });
  const [some, all] = [digests('some'), digests('one')];
  const written = Object.keys(some).filter((name) => name.endsWith('.csv'));
  expect(written).toHaveLength(1 + 24);
  for (const name of written) expect(some[name], name).toBe(all[name]);
});

test('himsight.yaml is a workspace with a source of every contract, and the manifest fits the files', () => {
  const { sources } = readWorkspace(join(folder, 'one'));
  const contracts = [...readContracts().keys()].filter((id) => id !== 'tumor_item');
  expect(sources.map(({ id }) => id).sort()).toEqual(contracts.sort());
  const manifest = JSON.parse(readFileSync(join(folder, 'one', 'extract', 'manifest.json'), 'utf8'));
  expect(manifest.extract_as_of_ts).toBe('2026-09-01T00:00:00');
  for (const { name, sha256 } of manifest.files) expect(sha256, name).toBe(digests('one')[name]);
  const months = manifest.files.filter(({ name }: { name: string }) => name.startsWith('encounter-'));
  expect(months).toHaveLength(24);
});

test('extracts carry exactly the columns of their contract', () => {
  for (const [id, contract] of readContracts()) {
    if (
      ![
        'encounter_code',
        'encounter_drg',
        'coding_event',
        'audit_review',
        'audit_code',
        'deficiency',
        'document',
        'billing',
        'billing_hold',
        'facility',
        'query',
        'cdi_review',
        'denial',
        'mpi_stat',
        'provider_interval',
      ].includes(id)
    )
      continue;
    const [header] = readFileSync(join(folder, 'one', 'extract', `${id}.csv`), 'utf8').split('\n', 1);
    expect(header?.split(','), id).toEqual(contract.columns.map(({ name }) => name));
  }
});

test('bad rows are added behind the good ones, which stay as they are', { timeout: 60_000 }, async () => {
  const { expected } = await write('clean', { bad: 0 });
  expect(
    Object.values(expected).every(({ rejected, duplicates }) => Object.keys(rejected).length + duplicates === 0),
  ).toBe(true);
  const clean = readFileSync(join(folder, 'clean', 'extract', 'deficiency.csv'), 'latin1');
  const seeded = readFileSync(join(folder, 'one', 'extract', 'deficiency.csv'), 'latin1');
  expect(seeded.startsWith(clean)).toBe(true);
  const rows = clean.trimEnd().split('\n').length - 1;
  expect(seeded.trimEnd().split('\n').length - 1 - rows).toBe(Math.round(rows * 0.01));
});

test('bad arguments are refused by name, and a workspace is not overwritten', async () => {
  await expect(write('new', { encounters: 12 })).rejects.toThrow('`encounters` must be a whole number from 1000');
  await expect(write('new', { bad: 2 })).rejects.toThrow('`bad`');
  await expect(write('new', { without: ['flood' as 'weekday'] })).rejects.toThrow('no story `flood`');
  await expect(write('one')).rejects.toThrow('already holds a himsight.yaml');
});
