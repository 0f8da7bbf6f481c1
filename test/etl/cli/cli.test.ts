import { existsSync, mkdirSync, readFileSync, writeFileSync as writeConfig } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { encounter, himsight, smallWorkspace, writeEncounters } from './himsight.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 180_000 });

test('wrong words end in exit code 2 and a sentence on stderr, with nothing on stdout', () => {
  const folder = temporaryFolder();
  const wrong: readonly (readonly [readonly string[], string])[] = [
    [['nope'], "unknown command 'nope'"],
    [['metric'], "missing required argument 'id'"],
    [['metrics', '--format', 'xml'], 'Allowed choices are table, json, csv, parquet, arrow'],
    [['run'], 'No himsight.yaml here or in any folder above'],
    [['run', '--workspace', 'nowhere'], 'nowhere holds no himsight.yaml'],
    [['submit', 'state', '--from', '2026-01-01'], 'No himsight.yaml here or in any folder above'],
    [['report', 'weekly'], 'No himsight.yaml here or in any folder above'],
    [['metrics', '--format', 'pdf'], 'Allowed choices are table, json, csv, parquet, arrow'],
    [['deid', 'x'], '`himsight deid` is not there yet'],
    [['demo', 'x', '--encounters', 'many'], '`--encounters many`: must be a whole number'],
  ];
  for (const [words, sentence] of wrong) {
    const ended = himsight(folder, ...words);
    expect([words, ended.code, ended.out]).toEqual([words, 2, '']);
    expect(ended.err).toContain(sentence);
  }
});

test('help and version are no errors', () => {
  expect(himsight('.', '--version')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
  });
  const help = himsight('.', '--help');
  expect(help.code).toBe(0);
  for (const word of [
    'start',
    'init',
    'demo',
    'run',
    'serve',
    'metrics',
    'metric',
    'sample',
    'sql',
    'explain',
    'runs',
    'checks',
    'releases',
    'quarantine',
    'doctor',
    'validate',
  ])
    expect(help.out).toMatch(new RegExp(`^  ${word} `, 'm'));
});

test('a mistake in himsight.yaml is told with its line', () => {
  const folder = smallWorkspace();
  const file = join(folder, 'himsight.yaml');
  const text = readFileSync(file, 'utf8').replace('contract:', 'contarct:');
  himsight(folder, 'init', 'other');
  expect(existsSync(join(folder, 'other', 'himsight.yaml'))).toBe(true);
  writeConfig(file, text);
  const ended = himsight(folder, 'run');
  expect([ended.code, ended.err]).toEqual([
    2,
    'himsight.yaml:3 `sources[0].contarct`: unknown key; did you mean `contract`?\n',
  ]);
});

test('from an extract to a number: plan, run, no-op, query, sql, rollback', () => {
  const folder = smallWorkspace();
  const planned = JSON.parse(himsight(folder, 'run', '--plan', '--format', 'json').out);
  expect(planned.sources).toEqual([{ id: 'visits', batches: [{ files: ['in/a.csv'], period: null }], action: 'land' }]);
  expect(planned.models).toContainEqual({
    name: 'core.encounter',
    action: 'build',
    reason: expect.any(String) as string,
    periods: null,
  });
  expect(existsSync(join(folder, 'data'))).toBe(false);

  const before = himsight(folder, 'metric', 'encounters');
  expect([before.code, before.err]).toEqual([
    2,
    'No release is published yet in this workspace.\nRun `himsight run` first.\n',
  ]);

  const first = himsight(folder, 'run');
  expect(first.code).toBe(0);
  expect(first.out).toContain(
    'encounter: 3 mapped = 3 accepted + 0 quarantined + 0 duplicates + 0 superseded (100.00 % accepted)',
  );

  const second = JSON.parse(himsight(folder, 'run', '--format', 'json').out);
  expect(second).toMatchObject({ outcome: 'no-op', exitCode: 0, batches: [{ status: 'unchanged' }] });
  expect(JSON.parse(himsight(folder, 'run', '--plan', '--format', 'json').out).sources).toEqual([
    { id: 'visits', batches: [], action: 'keep' },
  ]);

  const answer = JSON.parse(himsight(folder, 'metric', 'ENC', '--format', 'json').out);
  expect(answer).toMatchObject({
    release: second.release,
    metrics: [{ id: 'encounters', code: 'ENC', unit: 'count' }],
  });
  expect(answer.rows).toMatchObject([{ metric: 'encounters', period: null, value: 3 }]);

  writeEncounters(folder, 'b.csv', [encounter(4)]);
  const third = JSON.parse(himsight(folder, 'run', '--format', 'json').out);
  expect(third).toMatchObject({ outcome: 'done', exitCode: 0 });
  expect(third.release).not.toBe(second.release);
  const count = (): number =>
    JSON.parse(himsight(folder, 'sql', 'select count(*) as n from core.encounter', '--format', 'json').out).rows[0].n;
  expect(count()).toBe(3 + 1);
  expect(himsight(folder, 'releases', 'rollback', second.release).code).toBe(0);
  expect(count()).toBe(3);

  const runs = JSON.parse(himsight(folder, 'runs', '--format', 'json').out);
  // Newest first: going back is an entry of its own.
  expect(runs.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['done', 'done', 'no-op', 'done']);
  expect(himsight(folder, 'runs', third.run).out).toContain('exit code 0');
});

test('a held batch is exit code 3, though another is published', () => {
  const folder = smallWorkspace();
  writeEncounters(folder, 'b.csv', [encounter(4, '2026-01-01 07:00:00'), encounter(5)]);
  const ended = himsight(folder, 'run');
  expect(ended.code).toBe(3);
  expect(ended.out).toContain('1 of 2 batches held. Release');
  const listed = JSON.parse(himsight(folder, 'quarantine', '--format', 'json').out);
  expect(listed.rows).toMatchObject([
    { source_id: 'visits', file_name: 'in/b.csv', line: 2, rule: 'discharge-not-before-admission' },
  ]);
  const failed = JSON.parse(himsight(folder, 'runs', '--format', 'json').out).rows[0];
  expect(failed).toMatchObject({ outcome: 'held', exitCode: 3 });
});

test('nothing that ever landed is no release, and says so', () => {
  const folder = smallWorkspace([encounter(1, '2026-01-01 07:00:00')]);
  const ended = himsight(folder, 'run');
  expect([ended.code, existsSync(join(folder, 'data/release/CURRENT'))]).toEqual([3, false]);
  expect(ended.out).toContain('there is no release');
});

test('sql takes one SELECT that changes nothing', () => {
  const folder = smallWorkspace();
  himsight(folder, 'run');
  const refused: readonly (readonly [string, string])[] = [
    ['select 1; select 2', 'this holds 2 statements'],
    ['create table core.x as select 1', 'Only a SELECT may be run'],
    ["select * from read_csv('himsight.yaml')", 'disabled by configuration'],
    ['select 9007199254740993 as big', 'beyond 2^53'],
    ['selct', 'syntax error'],
  ];
  for (const [sql, sentence] of refused) {
    const ended = himsight(folder, 'sql', sql);
    expect([sql, ended.code, ended.out]).toEqual([sql, 2, '']);
    expect(ended.err).toContain(sentence);
  }
  const good = himsight(
    folder,
    'sql',
    "select date '2026-01-02' as day, 1.25::decimal(9,2) as share, null as nothing",
    '--format',
    'json',
  );
  expect(JSON.parse(good.out)).toMatchObject({
    columns: [{ name: 'day', kind: 'date' }, { name: 'share' }, { name: 'nothing' }],
    rows: [{ day: '2026-01-02', share: 1.25, nothing: null }],
  });
});

test('doctor names what is wrong and the mend', () => {
  const folder = smallWorkspace();
  expect(himsight(folder, 'doctor').code).toBe(0);
  const file = join(folder, 'himsight.yaml');
  writeConfig(file, readFileSync(file, 'utf8').replace('in/*.csv', 'elsewhere/*.csv'));
  mkdirSync(join(folder, 'data', 'store'), { recursive: true });
  writeConfig(join(folder, 'data', 'store', 'view.yaml'), 'version: 1\nviews:\n  - { nam: x }\n');
  const ended = himsight(folder, 'doctor', '--format', 'json');
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.out).rows).toContainEqual(
    expect.objectContaining({
      ...{ what: 'Store: views', state: 'wrong' },
      says: expect.stringMatching(/cannot be read: store\/view\.yaml:3 `views\[0\]\.nam`: unknown key\./),
    }),
  );
  expect(JSON.parse(ended.out).rows).toContainEqual(expect.objectContaining({ what: 'Source visits', state: 'wrong' }));
});
