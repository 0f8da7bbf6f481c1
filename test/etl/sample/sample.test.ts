import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, expect, test, vi } from 'vitest';
import { parseCsv, toCsvText, type CsvRow } from './csv-text.ts';
import { himsight } from '../cli/himsight.ts';
import { keptFolder } from './kept-folder.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 600_000 });

const folder = keptFolder('himsight-sample-');

const ok = (...words: readonly string[]): string => {
  const { code, out, err } = himsight(folder, ...words);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${err}`);
  return out;
};

const rowsOf = (...words: readonly string[]): Record<string, number>[] =>
  (JSON.parse(ok(...words, '--format', 'json')) as { rows: Record<string, number>[] }).rows;

const metric = (id: string): Record<string, number> => rowsOf('metric', id)[0] ?? {};

const sampled = (name: string) => ({
  review: parseCsv(readFileSync(join(folder, name, 'audit_review.csv'), 'utf8')),
  code: parseCsv(readFileSync(join(folder, name, 'audit_code.csv'), 'utf8')),
});

const refused = (sentence: RegExp, ...words: readonly string[]): void => {
  const { code, out, err } = himsight(folder, 'sample', ...words);
  expect([words, code, out]).toEqual([words, 2, '']);
  expect(err).toMatch(sentence);
};

beforeAll(() => {
  ok('demo', '.', '--encounters', '1000', '--months', '6', '--bad', '0');
  const { code, out } = himsight(folder, 'sample', '--out', 'early');
  expect([code, out]).toEqual([2, '']);
  ok('run', '--quiet');
});

test('the same seed and frame give the same bytes; another seed gives others', () => {
  for (const [name, seed] of [
    ['a', '11'],
    ['b', '11'],
    ['c', '12'],
  ] as const)
    ok(
      'sample',
      '--out',
      name,
      '--seed',
      seed,
      '--design',
      'stratified',
      '--by',
      'coder,patient_class',
      '--size',
      '120',
    );
  for (const file of ['audit_review.csv', 'audit_code.csv', 'worksheet.xlsx', 'design.json']) {
    expect(readFileSync(join(folder, 'a', file)).equals(readFileSync(join(folder, 'b', file)))).toBe(true);
    expect(readFileSync(join(folder, 'a', file)).equals(readFileSync(join(folder, 'c', file)))).toBe(false);
  }
  const { review } = sampled('a');
  expect(review).toHaveLength(120);
  expect(new Set(review.map((row) => row.audit_id)).size).toBe(120);
});

test('what is drawn is told as a table and as JSON, its weights adding up to the frame', () => {
  const told = JSON.parse(
    ok(
      'sample',
      '--out',
      'told',
      '--seed',
      '3',
      '--design',
      'stratified',
      '--by',
      'facility',
      '--allocation',
      'equal',
      '--size',
      '41',
      '--format',
      'json',
    ),
  ) as { release: string; design: { frame: { N: number; hash: string } }; rows: Record<string, number>[] };
  const total = told.rows.reduce((sum, row) => sum + row.n_h! * row.weight!, 0);
  expect(total).toBeCloseTo(told.design.frame.N, 9);
  expect(told.rows.reduce((sum, row) => sum + row.n_h!, 0)).toBe(41);
  expect(told.design.frame.hash).toMatch(/^[0-9a-f]{64}$/);
  const [{ n } = { n: 0 }] = rowsOf(
    'sql',
    `select count(distinct encounter_id) as n from core.coding_event where event = 'final_coded'`,
  );
  expect(told.design.frame.N).toBe(n);
  expect(JSON.parse(readFileSync(join(folder, 'told', 'design.json'), 'utf8'))).toEqual(told.design);
});

test('a frame is filtered by coder and days, and leaves out what was audited before when asked', () => {
  const [{ coder } = { coder: '' }] = rowsOf(
    'sql',
    'select coder_id as coder from core.audit_review group by 1 order by count(*) desc, 1 limit 1',
  );
  const size = (...words: readonly string[]): number => {
    const name = `f${words.join('').replaceAll(/\W/g, '')}`;
    ok('sample', '--out', name, '--size', '2', '--where', `coder=${coder}`, ...words);
    return (JSON.parse(readFileSync(join(folder, name, 'design.json'), 'utf8')) as { frame: { N: number } }).frame.N;
  };
  const all = size();
  const [{ day } = { day: '' }] = rowsOf(
    'sql',
    `select cast(min(event_date) + 60 as varchar) as day from core.coding_event where event = 'final_coded'`,
  );
  expect(size('--from', String(day)) + size('--to', String(day))).toBe(all);
  expect(size('--not-audited')).toBeLessThan(all);
});

test('wrong words are refused by a sentence', () => {
  mkdirSync(join(folder, 'used'), { recursive: true });
  writeFileSync(join(folder, 'used', 'x'), '');
  const out = ['--out', 'none'] as const;
  refused(/`--out`: name the folder/);
  refused(/a folder with files in it/, '--out', 'used');
  refused(/a seed of 0/, ...out, '--seed', '0');
  refused(/whole number, 1 to 99999999/, ...out, '--seed', '123456789');
  refused(/--precision 1`: must lie between 0 and 1/, ...out, '--precision', '1');
  refused(/--confidence 0`: must lie/, ...out, '--confidence', '0');
  refused(/--oversample -1`/, ...out, '--oversample=-1');
  refused(/both say how large/, ...out, '--size', '3', '--precision', '0.1');
  refused(/larger than its frame: 5000 of/, ...out, '--size', '5000');
  refused(/cannot hold a record of each/, ...out, '--size', '2', '--design', 'stratified', '--by', 'coder');
  refused(/needs strata/, ...out, '--design', 'stratified');
  refused(/the design is srs/, ...out, '--by', 'coder');
  refused(/no such dimension\.\nDid you mean `facility`/, ...out, '--design', 'stratified', '--by', 'facilty');
  refused(/no coded record has this coder\.\nDid you mean `coder-01`/, ...out, '--where', 'coder=coder-0x');
  refused(/`--design random` is none/, ...out, '--design', 'random');
  refused(/The frame is empty: no record/, ...out, '--from', '2090-01-01');
  refused(/must be a day of the calendar/, ...out, '--from', '2026-02-30');
  refused(/is not before/, ...out, '--from', '2026-02-03', '--to', '2026-02-03');
  refused(/never pooled/, ...out, '--audit-type', 'focused');
  refused(/never pooled/, ...out, '--records', 'x');
  refused(/needs `--records FILE`/, ...out, '--design', 'judgmental');
  refused(/`--size` belongs to random samples/, ...out, '--design', 'judgmental', '--records', 'x', '--size', '4');
  refused(/nobody audits own work/, ...out, '--auditor', 'coder-01');
  refused(/no metric of this id/, ...out, '--more', 'nothing_like_it');
  refused(/not measured by random audits/, ...out, '--more', 'encounters');
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

test('records chosen by judgment are focused and carry no weight', () => {
  const ids = rowsOf(
    'sql',
    `select encounter_id as id from core.coding_event where event = 'final_coded' order by 1 limit 3`,
  ).map(({ id }) => String(id));
  writeFileSync(join(folder, 'chosen.txt'), `encounter_id\n${ids.join('\n')}\n\n${ids[0]}\n`);
  ok('sample', '--out', 'chosen', '--design', 'judgmental', '--records', 'chosen.txt');
  const { review } = sampled('chosen');
  expect(review.map((row) => row.encounter_id)).toEqual(ids);
  for (const row of review)
    expect(row).toMatchObject({
      sample_method: 'judgmental',
      audit_type: 'focused',
      stratum: '',
      stratum_N: '',
      frame_N: '',
      seed: '',
    });
  writeFileSync(join(folder, 'strange.txt'), `${ids[0]}\nSECRET\n`);
  const { code, err } = himsight(
    folder,
    'sample',
    '--out',
    'strange',
    '--design',
    'judgmental',
    '--records',
    'strange.txt',
  );
  expect(code).toBe(2);
  expect(err).toContain('1 of its 2 ids');
  expect(err).not.toContain('SECRET');
});

test('what would decide a metric is drawn, where the frame holds so many', () => {
  const coders = rowsOf('sql', 'select distinct coder_id as id from core.audit_review order by 1').map(({ id }) =>
    String(id),
  );
  const sizes = coders.flatMap((coder) => {
    const words = ['sample', '--out', `more-${coder}`, '--more', 'drg_accuracy', '--where', `coder=${coder}`];
    const { code, out, err } = himsight(folder, ...words, '--format', 'json');
    if (code !== 0)
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/decided already|larger than its frame|lies too near|too few/),
      ]);
    if (code !== 0) return [];
    const { design } = JSON.parse(out) as {
      design: { n: number; size: { kind: string; metric: string; size: number } };
    };
    expect(design.size).toEqual({ kind: 'more', metric: 'drg_accuracy', size: design.n });
    return [design.n];
  });
  expect(sizes.length).toBeGreaterThan(0);
});

/** Codes that count: diagnoses once each, procedures as often as written. */
const counted = (rows: readonly CsvRow[], column: string): number => {
  const seen = new Set<string>();
  let count = 0;
  for (const row of rows) {
    const key = `${row.audit_id} ${row.role === 'pcs_principal' ? 'pcs' : row.role === 'pdx' ? 'sdx' : row.role} ${row[column]}`;
    if (row[column] === '' || (!['pcs', 'pcs_principal', 'cpt'].includes(row.role!) && seen.has(key))) continue;
    seen.add(key);
    count += 1;
  }
  return count;
};

test('the filled worksheet comes back, from CSV and XLSX, and moves the figures by what was found; an open one moves none', () => {
  ok('sample', '--out', 'plain', '--seed', '5', '--size', '12', '--auditor', 'auditor-77', '--not-audited');
  ok(
    'sample',
    '--out',
    'book',
    '--seed',
    '6',
    '--size',
    '14',
    '--auditor',
    'auditor-77',
    '--design',
    'stratified',
    '--by',
    'patient_class',
    '--prefill',
  );
  const config = join(folder, 'himsight.yaml');
  const common = 'mapping: canonical, privacy: synthetic, timezone: America/New_York, hold: { rows: 0 }';
  const sources = [
    `{ id: sheet-review, path: plain/audit_review.csv, contract: audit_review, ${common} }`,
    `{ id: sheet-code, path: plain/audit_code.csv, contract: audit_code, ${common} }`,
    `{ id: book-review, path: book/worksheet.xlsx, sheet: Records, contract: audit_review, ${common} }`,
    `{ id: book-code, path: book/worksheet.xlsx, sheet: Codes, contract: audit_code, ${common} }`,
  ];
  writeFileSync(
    config,
    readFileSync(config, 'utf8').replace(/^sources:\n/m, `sources:\n${sources.map((one) => `  - ${one}\n`).join('')}`),
  );
  const measures = ['code_accuracy_auditor', 'code_accuracy_auditor_weighted'] as const;
  const before = measures.map(metric);

  ok('run', '--quiet');
  expect(measures.map(metric)).toEqual(before);
  const open = `select count(*)::integer as n from core.audit_review where status = 'open' and auditor_id = 'auditor-77'`;
  expect(rowsOf('sql', open)).toEqual([{ n: 26 }]);

  // Of the plain one: the auditor agrees with all but each record's last line, which is struck out.
  const plain = sampled('plain');
  const last = new Map(plain.code.map((row) => [row.audit_id, row.line]));
  const codes = plain.code.map((row) =>
    last.get(row.audit_id) === row.line
      ? row
      : { ...row, auditor_code: row.coder_code!, auditor_poa: row.coder_poa!, auditor_seq: row.coder_seq! },
  );
  const reviews = plain.review.map((row) => ({
    ...row,
    status: 'final',
    audit_closed_ts: '2026-09-10 10:00:00',
    drg_revised: row.drg_original!,
    weight_revised: row.weight_original!,
  }));
  writeFileSync(join(folder, 'plain/audit_code.csv'), toCsvText(codes));
  writeFileSync(join(folder, 'plain/audit_review.csv'), toCsvText(reviews));
  // Of the workbook: all records but those of the last stratum are done, and the auditor agrees with every code.
  const book = sampled('book');
  const strata = [...new Set(book.review.map((row) => row.stratum))];
  const done = new Set(book.review.filter((row) => row.stratum !== strata.at(-1)).map((row) => row.audit_id));
  fillWorkbook(join(folder, 'book/worksheet.xlsx'), done);

  ok('run', '--quiet');
  const bookCodes = book.code.filter((row) => done.has(row.audit_id));
  const matches = (rows: readonly CsvRow[]): number => counted(rows, 'auditor_code');
  const after = measures.map(metric);
  // Struck out codes are not the auditor's: correct and auditor's codes grow alike.
  const more = matches(codes) + matches(bookCodes);
  expect(after[0]!.numerator! - before[0]!.numerator!).toBe(more);
  expect(after[0]!.denominator! - before[0]!.denominator!).toBe(more);
  expect(after[0]!.n! - before[0]!.n!).toBe(12 + done.size);
  const frame = Number(plain.review[0]!.frame_N);
  const drawnOf = (stratum: string | undefined): number => book.review.filter((row) => row.stratum === stratum).length;
  const weighted =
    (frame / 12) * matches(codes) +
    strata.slice(0, -1).reduce((sum, stratum) => {
      const audits = book.review.filter((row) => row.stratum === stratum);
      const own = bookCodes.filter((row) => audits.some(({ audit_id: id }) => id === row.audit_id));
      return sum + (Number(audits[0]!.stratum_N) / drawnOf(stratum)) * matches(own);
    }, 0);
  expect(after[1]!.numerator! - before[1]!.numerator!).toBeCloseTo(weighted, 6);
  const unsupported = `select count(*)::integer as n from core.audit_code join core.audit_review using (audit_id) where is_scored and auditor_id = 'auditor-77' and verdict = 'unsupported'`;
  expect(rowsOf('sql', unsupported)[0]!.n).toBe(counted(plain.code, 'coder_code') - matches(codes));
});

/** Fills a workbook as Excel leaves it behind: dates as numbers, status changed, everything else as it was. */
const fillWorkbook = (file: string, done: ReadonlySet<string | undefined>): void => {
  const parts = unzipSync(readFileSync(file));
  const path = 'xl/worksheets/sheet2.xml';
  const xml = strFromU8(parts[path]!).replaceAll(/<row r="(\d+)">.*?<\/row>/g, (row, number: string) => {
    const id = /<c r="A\d+"[^>]*><is><t[^>]*>([^<]*)/.exec(row)?.[1];
    if (!done.has(id)) return row;
    // Column L is audit_closed_ts, M audit_period; 46275.5 is noon of 10 September 2026.
    return row
      .replace('>open<', '>final<')
      .replace(`<c r="M${number}"`, `<c r="L${number}" s="3"><v>46275.5</v></c><c r="M${number}"`);
  });
  writeFileSync(file, zipSync({ ...parts, [path]: strToU8(xml) }));
};
