import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

const log = sharedData('hospital-billing', 'hospital_billing_events.csv.gz');
const source = (path: string): string =>
  `path: '${path}', format: csv, mapping: hospital-billing, privacy: limited_data_set`;

test.skipIf(log === null)('the billing log gives its known answers', () => {
  const real = ranWorkspace(source(log!));
  expect(real.metric('encounters')).toBe(100_000);
  expect(real.first("select count(*) as n from core.encounter where encounter_id = 'NA'")).toEqual({ n: 1 });
  expect(real.metric('ready_to_coded_p50')).toBeCloseTo(4.5345, 4);
  expect(real.metric('release_to_coded_p50')).toBeCloseTo(4.0507, 4);
  expect(real.metric('ready_to_billed_p50')).toBeCloseTo(16.0203, 4);
  expect(real.metric('ready_to_billed_p90')).toBeCloseTo(119.6441, 4);
  expect(real.metric('ready_to_billed_km')).toBeCloseTo(16.9299, 4);
  expect(real.metric('code_accuracy_auditor')).toBeNull();
  expect(real.run()).toBe(0);
});

const day = 86_400_000;

/** What a copy of the log must say, from its lines alone. */
const answersOf = (lines: readonly string[]) => {
  const cases = new Map<string, Map<string, number>>();
  for (const line of lines) {
    const [id = '', activity = '', , , time = ''] = line.split(',');
    const first = cases.get(id) ?? new Map<string, number>();
    cases.set(id, first);
    first.set(activity, Math.min(first.get(activity) ?? Infinity, Date.parse(time)));
  }
  const median = (from: string, to: string): number => {
    const all = [...cases.values()]
      .map((first) => (first.get(to)! - first.get(from)!) / day)
      .filter((days) => !Number.isNaN(days))
      .toSorted((a, b) => a - b);
    return (all[Math.floor((all.length - 1) / 2)]! + all[Math.ceil((all.length - 1) / 2)]!) / 2;
  };
  return { cases: cases.size, readyToCoded: median('FIN', 'CODE OK'), readyToBilled: median('FIN', 'BILLED') };
};

/** A shuffle that is the same every time. */
const shuffled = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line, i) => [Math.imul(i + 1, 2_654_435_761) >>> 0, line] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, line]) => line);

test.skipIf(log === null)('a shuffled, cut and split copy gives the answers of that copy', () => {
  const [header = '', ...all] = gunzipSync(readFileSync(log!)).toString().trimEnd().split('\n');
  const lines = shuffled(all).slice(0, 150_001);
  const folder = mkdtempSync(join(tmpdir(), 'himsight-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const part of [0, 1, 2]) {
    const own = lines.filter((_, i) => i % 3 === part);
    writeFileSync(join(folder, `part-${part}.csv`), `${[header, ...own].join('\n')}\n`);
  }
  const expected = answersOf(lines);
  const real = ranWorkspace(source(join(folder, 'part-*.csv')));
  expect(real.metric('encounters')).toBe(expected.cases);
  expect(real.metric('ready_to_coded_p50')).toBeCloseTo(expected.readyToCoded, 9);
  expect(real.metric('ready_to_billed_p50')).toBeCloseTo(expected.readyToBilled, 9);
});
