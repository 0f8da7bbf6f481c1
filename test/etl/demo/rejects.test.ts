import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeDemo } from '../../../etl/demo/demo.ts';
import { readRuns } from '../../../etl/ledger/read-ledger.ts';
import { himsight } from '../cli/himsight.ts';

type Rejects = Record<string, { readonly rejected: Record<string, number>; duplicates: number }>;

test('a run on the demo refuses exactly its seeded bad rows, by source and rule, and prints each accepted share', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-rejects-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await writeDemo({ folder, encounters: 5000, months: 24, seed: 7, bad: 0.01 });
  const expected = JSON.parse(readFileSync(join(folder, 'expected-rejects.json'), 'utf8')) as Rejects;

  const run = himsight(folder, 'run');
  expect(run.code).toBe(0);
  const identities = (run.out + run.err).split('\n').filter((line) => line.includes(' mapped = '));
  expect(identities.length).toBeGreaterThanOrEqual(16);
  expect(identities.filter((line) => !/\(\d+\.\d+ % accepted\)|\(no rows\)/.test(line))).toEqual([]);

  const none = (): Rejects[string] => ({ rejected: {}, duplicates: 0 });
  const found: Rejects = Object.fromEntries(Object.keys(expected).map((source) => [source, none()]));
  const { out } = himsight(folder, 'quarantine', '--format', 'json');
  const { rows } = JSON.parse(out) as { rows: { source_id: string; rule: string }[] };
  for (const { source_id: source, rule } of rows) {
    const { rejected } = found[source]!;
    rejected[rule] = (rejected[rule] ?? 0) + 1;
  }
  const [last] = await readRuns(join(folder, 'data', 'ledger'));
  for (const { source, contracts } of last!.batches) {
    for (const { duplicates } of contracts) found[source]!.duplicates += duplicates;
  }
  expect(found).toEqual(expected);
  expect(rows.length).toBeGreaterThan(500);
});
