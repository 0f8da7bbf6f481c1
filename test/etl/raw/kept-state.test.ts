import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import { runIds } from '../../../etl/ledger/read-ledger.ts';
import { openRun } from '../../../etl/ledger/write-ledger.ts';
import { readLandedState } from '../../../etl/raw/landed-state.ts';
import { seeded } from '../../support/seeded.ts';

const folder = mkdtempSync(join(tmpdir(), 'kept-'));
const kept = join(folder, 'landed.json');
const chance = seeded(7);
const pick = (n: number): number => Math.floor(chance() * n);

/** A batch of one file: landed, held or found again; a later one takes the place of an earlier one of the same name. */
const report = (night: number): BatchReport => {
  const [source, name] = [`source-${pick(2)}`, `extract/${pick(12)}.csv`];
  const status = (['landed', 'landed', 'landed', 'held', 'unchanged'] as const)[pick(5)]!;
  const asOf = `2026-01-${String(1 + pick(28)).padStart(2, '0')}`;
  const dialect = { delimiter: chance() < 0.5 ? ',' : ';', quote: '"', encoding: 'utf-8' } as const;
  const counts = { mapped: 3, accepted: 3, quarantined: 0, duplicates: 0, superseded: 0, updated: 0, unchanged: 0 };
  const file = { name, digest: `d${night}`, bytes: 9, lines: 4, records: 3, longest: 3, manifestRows: null, dialect };
  return {
    ...{ source, batch: `b${pick(40)}`, status, message: '', files: [file], rejected: 0, reasons: [], checks: [] },
    ...{ skipped: {}, supersedes: [`b${pick(40)}`], isInstant: false, asOf },
    contracts: [
      {
        ...{ contract: 'encounter', file: null, overlaps: [], months: ['2026-01-01'], acceptedShare: 1 },
        ...{ ...counts, inserted: 3 },
      },
    ],
  };
};

const landedAnew = { ...report(1000), source: 'source-new', status: 'landed' } as const;

const nights = (count: number): void => {
  for (let night = 0; night < count; night++) {
    const run = openRun(folder);
    run.event('START', 'run');
    for (let n = pick(3); n >= 0; n--) run.event('COMPLETE', 'land', { batch: report(night) });
    run.event('COMPLETE', 'run');
    run.close();
  }
};
const fromScratch = async () => {
  rmSync(kept, { force: true });
  return readLandedState(folder);
};

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('up to fifty runs are folded each time, more are kept, and the state is the same either way', async () => {
  nights(50);
  const fifty = await readLandedState(folder);
  expect(existsSync(kept)).toBe(false);
  nights(1);
  expect(await readLandedState(folder)).not.toEqual(fifty);
  expect(existsSync(kept)).toBe(true);
  for (let round = 0; round < 4; round++) {
    nights(1 + pick(60));
    const state = await readLandedState(folder);
    expect(state.batches.length).toBeGreaterThan(5);
    expect(await readLandedState(folder)).toEqual(state);
    expect(await fromScratch()).toEqual(state);
  }
});

test('what was kept counts only for the very runs it was made of', async () => {
  const state = await readLandedState(folder);
  const { runs } = JSON.parse(readFileSync(kept, 'utf8')) as { runs: number };
  expect(runs).toBeGreaterThan(50);
  const oldest = readFileSync(kept, 'utf8');
  writeFileSync(kept, oldest.slice(0, oldest.length / 2));
  expect(await readLandedState(folder)).toEqual(state);
  writeFileSync(kept, oldest.replace('"version":1', '"version":0'));
  expect(await readLandedState(folder)).toEqual(state);
});

test('a run that was added to after all is read', async () => {
  const before = await readLandedState(folder);
  const [first = ''] = runIds(folder);
  const added = JSON.stringify({
    eventTime: '2026-03-01T00:00:00Z',
    run: { facets: { himsight: { batch: landedAnew } } },
  });
  appendFileSync(join(folder, first, 'event.ndjson'), `${added}\n`);
  const after = await readLandedState(folder);
  expect(after).not.toEqual(before);
  expect(after).toEqual(await fromScratch());
});
