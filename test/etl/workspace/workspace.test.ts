import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { initWorkspace } from '../../../etl/workspace/init.ts';
import { parseConfig } from '../../../etl/workspace/config.ts';
import { nearest } from '../../../etl/workspace/nearest.ts';
import { findWorkspace, readWorkspace } from '../../../etl/workspace/workspace.ts';

const scratch = mkdtempSync(join(tmpdir(), 'himsight-workspace-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const workspaceOf = (name: string, text: string): string => {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'himsight.yaml'), text);
  return folder;
};

const refusal = (text: string): string => {
  try {
    parseConfig(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the text was accepted');
};

test('a source gets every default, and its paths become absolute', () => {
  const folder = workspaceOf('defaults', 'sources:\n  - id: visits\n    path: incoming/visit*.csv.gz\n');
  const workspace = readWorkspace(folder);
  expect(workspace.dataFolder).toBe(join(folder, 'data'));
  expect(workspace.sources).toEqual([
    {
      id: 'visits',
      path: join(folder, 'incoming/visit*.csv.gz'),
      format: 'csv',
      contract: null,
      mapping: 'canonical',
      timezone: 'UTC',
      schedule: null,
      privacy: 'limited_data_set',
      hold: {},
      extract: null,
      manifest: 'optional',
    },
  ]);
});

test('a mapping of one’s own is a path, a ready-made one an id', () => {
  const folder = workspaceOf(
    'mapping',
    `sources:
  - { id: a, path: a.csv, mapping: ours.yaml }
  - { id: b, path: b.parquet, mapping: canonical }
`,
  );
  expect(readWorkspace(folder).sources.map(({ mapping }) => mapping)).toEqual([join(folder, 'ours.yaml'), 'canonical']);
});

test('what a source says of its files is taken under one name', () => {
  const folder = workspaceOf(
    'inputs',
    `sources:
  - { id: a, path: in, format: csv, csv: { delimiter: tab, encoding: latin-1 }, settle_seconds: 60 }
  - { id: b, path: in.dat, format: fixed-width, layout: layout/b.yaml }
`,
  );
  expect(readWorkspace(folder).sources).toMatchObject([
    { csv: { delimiter: '\t', encoding: 'windows-1252' }, settleSeconds: 60 },
    { layout: join(folder, 'layout/b.yaml') },
  ]);
});

test.each([
  ['path: a.parquet, csv: { quote: none }', '`sources[0].csv`: is of no use to a source of format parquet'],
  ['path: a.csv, layout: b.yaml', '`sources[0].layout`: is of no use to a source of format csv'],
  ['path: a.dat, format: fixed-width', '`sources[0]`: fixed width needs `layout`'],
  ['path: a.csv, csv: { delimiter: x }', '`sources[0].csv.delimiter`: `x` is not one of `,`, `;`, `tab`'],
  ['path: a.csv, csv: {}', '`sources[0].csv`: must NOT have fewer than 1 properties'],
  ['path: a.csv, settle_seconds: 0', '`sources[0].settle_seconds`: must be > 0'],
  ['path: extract', '`sources[0].format`: cannot be read off the path'],
])('a source that says { %s } is refused by line and key', (keys, says) => {
  expect(() => readWorkspace(workspaceOf('refused', `sources:\n  - { id: a, ${keys} }\n`))).toThrow(says);
});

test.each([
  [
    'a misspelt key, on its line',
    'sources:\n  - id: a\n    pat: x.csv\n    path: x.csv\n',
    'himsight.yaml:3 `sources[0].pat`: unknown key; did you mean `path`?',
  ],
  [
    'an unknown key far from all',
    'sources: []\nzzzzzzzz: 1\n',
    'himsight.yaml:2 `zzzzzzzz`: unknown key; known are `version`',
  ],
  ['a missing key', 'version: 1\nsources:\n  - id: a\n', 'himsight.yaml:3 `sources[0]`: `path` is missing; add it'],
  [
    'a value not in the list',
    'sources:\n  - { id: a, path: x, format: cvs }\n',
    'himsight.yaml:2 `sources[0].format`: `cvs` is not one of `csv`, `parquet`, `ndjson`, `xlsx`, `naaccr-xml`, `fixed-width`, `fhir-ndjson`; did you mean `csv`?',
  ],
  [
    'a number where text belongs',
    'sources: []\ndata: 7\n',
    'himsight.yaml:2 `data`: must be text, found `7` (Folder of raw rows',
  ],
  [
    'a list where a map belongs',
    'sources: []\nserver: []\n',
    'himsight.yaml:2 `server`: must be a map of keys, found a list',
  ],
  [
    'a share above 1',
    'sources:\n  - id: a\n    path: x\n    hold: { share: 5 }\n',
    'himsight.yaml:4 `sources[0].hold.share`: must be <= 1, found `5`',
  ],
  [
    'a bad id',
    'sources:\n  - id: Über uns\n    path: x\n',
    'himsight.yaml:2 `sources[0].id`: `Über uns` is not of the right form (lower-case letters, digits, - and _)',
  ],
  ['a later version', 'version: 2\nsources: []\n', 'himsight.yaml:1 `version`: must be `1`, found `2`'],
  ['broken YAML', 'sources:\n  - id: [a\n', 'himsight.yaml:'],
  ['the same key twice', 'sources: []\nsources: []\n', 'himsight.yaml:2 is not readable as YAML'],
  ['an empty file', '', 'himsight.yaml:1 `the file`: `sources` is missing; add it'],
])('%s is named with what would be right', (_what, text, message) => {
  expect(refusal(text)).toContain(message);
});

test('all mistakes are told at once', () => {
  expect(refusal('sources:\n  - id: a\n    pat: x\nsorces: []\n').split('\n')).toHaveLength(3);
});

test('two sources of one name are refused', () => {
  const folder = workspaceOf('twins', 'sources:\n  - { id: a, path: a.csv }\n  - { id: a, path: b.csv }\n');
  expect(() => readWorkspace(folder)).toThrow('`sources[1].id`: `a` is sources[0] already');
});

test('a time zone nobody knows is refused', () => {
  const folder = workspaceOf('zone', 'sources:\n  - { id: a, path: a.csv, timezone: Mars/Base }\n');
  expect(() => readWorkspace(folder)).toThrow('`sources[0].timezone`: `Mars/Base` is no time zone');
});

test('a format that the path does not tell has to be said', () => {
  const folder = workspaceOf('format', 'sources:\n  - { id: a, path: incoming/* }\n');
  expect(() => readWorkspace(folder)).toThrow('`sources[0].format`');
});

test('the argument comes first, then the environment, then the nearest file upward', () => {
  const outer = workspaceOf('outer', 'sources: []\n');
  const inner = workspaceOf('outer/inner', 'sources: []\n');
  mkdirSync(join(inner, 'deep/er'), { recursive: true });
  expect(findWorkspace(undefined, {}, join(inner, 'deep/er'))).toBe(inner);
  expect(findWorkspace(undefined, { HIMSIGHT_WORKSPACE: outer }, inner)).toBe(outer);
  expect(findWorkspace('..', { HIMSIGHT_WORKSPACE: inner }, inner)).toBe(outer);
});

test('no workspace anywhere is a sentence with the mend', () => {
  expect(() => findWorkspace(join(scratch, 'nowhere'), {}, scratch)).toThrow('holds no himsight.yaml');
});

test('init writes a file that is accepted, points editors to the schema, and never overwrites', () => {
  const folder = join(scratch, 'fresh');
  const file = initWorkspace(folder);
  expect(readFileSync(file, 'utf8')).toMatch(/^# yaml-language-server: \$schema=.*himsight\.schema\.json\n/);
  expect(readWorkspace(folder).sources).toEqual([]);
  expect(() => initWorkspace(folder)).toThrow('is there already');
});

test('every commented example of the template is accepted when its # is taken away', () => {
  const folder = join(scratch, 'examples');
  const text = readFileSync(initWorkspace(folder), 'utf8');
  const uncommented = text
    .replaceAll(/^#( {2}.*)$/gm, '$1')
    .replaceAll(/: (\[\]|\{\})$/gm, ':')
    .replace('sql:\n', 'sql: []\n');
  expect(parseConfig(uncommented).sources).toHaveLength(5);
});

test('a near word is proposed and a far one is not', () => {
  expect(nearest('pat', ['path', 'id'])).toBe('path');
  expect(nearest('shcedule', ['schedule', 'source'])).toBe('schedule');
  expect(nearest('xyz', ['path', 'id'])).toBeNull();
});

const settings = (text: string): string => `sources: []\nmetric_settings:\n${text}`;

test.each([
  ['paring: category', 'himsight.yaml:3 `metric_settings.paring`: unknown key; did you mean `pairing`?'],
  [
    'pairing: guess',
    'himsight.yaml:3 `metric_settings.pairing`: `guess` is not one of `explicit_link`, `category`, `net_count`',
  ],
  ['pdx_double_count: perhaps', 'himsight.yaml:3 `metric_settings.pdx_double_count`: `perhaps` is not one of'],
  ['bill_hold_days: -1', 'himsight.yaml:3 `metric_settings.bill_hold_days`:'],
  ['bill_hold_days: 2.5', 'himsight.yaml:3 `metric_settings.bill_hold_days`:'],
  ['score_weights: [{ part: pdx }]', 'himsight.yaml:3 `metric_settings.score_weights[0]`: `weight` is missing; add it'],
  [
    'score_weights: [{ part: px, weight: 1 }]',
    'himsight.yaml:3 `metric_settings.score_weights[0].part`: `px` is not one of',
  ],
  ['blended_rate: 0', 'himsight.yaml:3 `metric_settings.blended_rate`: must be > 0'],
])('a setting that no measure knows is refused: %s', (text, message) => {
  expect(refusal(settings(`  ${text}\n`))).toContain(message);
});

test('settings of one’s own models begin with own_', () => {
  expect(parseConfig(settings('  own_threshold: 7\n  pairing: net_count\n')).metric_settings).toEqual({
    own_threshold: 7,
    pairing: 'net_count',
  });
});

const rates = (later: string): string =>
  settings(`  blended_rates:
    - { dollars: 6000, valid_to: 2026-01-01 }
    - { dollars: 6500, ${later} }
`);

test('dated settings may follow each other, and not hold at once', () => {
  expect(readWorkspace(workspaceOf('rates', rates('valid_from: 2026-01-01'))).config.metric_settings).toBeDefined();
  expect(() => readWorkspace(workspaceOf('overlap', rates('valid_from: 2025-12-31')))).toThrow(
    'himsight.yaml `metric_settings.blended_rates[1]`: holds on days on which [0] holds too',
  );
  expect(() => readWorkspace(workspaceOf('backward', rates('valid_from: 2026-02-01, valid_to: 2026-02-01')))).toThrow(
    'himsight.yaml `metric_settings.blended_rates[1]`: `valid_to` is not after `valid_from`',
  );
  expect(
    readWorkspace(workspaceOf('apart', rates('facility_id: north, valid_from: 2025-01-01'))).config.metric_settings,
  ).toBeDefined();
});

test.each([
  ['{ id: a, database: clarity, query: a.sql }', '`sources[0].database`: there is no `clarity` under `databases`'],
  ['{ id: a, database: clarity }', '`query` is missing'],
  ['{ id: a }', '`path` is missing'],
  ['{ id: a, database: clarity, query: a.sql, path: a.csv }', '`sources[0].path`: must be'],
])('a source %s is refused', (source, says) => {
  const folder = workspaceOf('databases', `sources:\n  - ${source}\n`);
  expect(() => readWorkspace(folder)).toThrow(says);
});

test('passwords stand nowhere in the file', () => {
  const clarity = '{ dialect: mssql, host: h, database: d, user: u, password: secret }';
  const folder = workspaceOf('password', `databases:\n  clarity: ${clarity}\nsources: []\n`);
  expect(() => readWorkspace(folder)).toThrow('`databases.clarity.password`: unknown key; did you mean');
});

test('deltas of one name are refused, since each would take the place of the one before', () => {
  const source = (more: string): string =>
    `sources:\n  - { id: changes, path: in/changes.csv, contract: encounter${more} }\n`;
  const folder = workspaceOf('deltas', source(', extract: delta'));
  expect(() => readWorkspace(folder)).toThrow(/`sources\[0\].extract`: a delta under one name takes the place/);
  for (const more of [', extract: delta, manifest: required', ', extract: full', ''])
    expect(readWorkspace(workspaceOf('deltas', source(more))).sources).toHaveLength(1);
  expect(() => readWorkspace(workspaceOf('deltas', source(', extract: whole')))).toThrow(
    /`whole` is not one of `parts`, `full`, `delta`/,
  );
});
