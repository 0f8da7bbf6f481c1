import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, importsOf, root, textOf, type Import } from './support/tree.ts';

const code = ['etl', 'warehouse', 'dashboard'].flatMap(filesBelow).filter((path) => /\.(ts|svelte|mjs)$/.test(path));
const imports = code.flatMap(importsOf).filter(({ to }) => /^(etl|warehouse|dashboard|sql|test)\//.test(to));

/** What of the dashboard runs in the browser; what has files and sockets does not. */
const browser = ['chart/', 'component/', 'data/', 'state/', 'view/', 'App.svelte', 'app.css', 'main.ts'];

/** First match rules: files whose path starts with `from` may import from `values`, and types from `types` besides. */
const rights: readonly { from: string; values: readonly string[]; types: readonly string[] }[] = [
  { from: 'warehouse/statistics/', values: ['warehouse/statistics/'], types: [] },
  {
    from: 'warehouse/additive/',
    values: ['warehouse/additive/', 'warehouse/statistics/'],
    types: ['warehouse/metric/'],
  },
  { from: 'warehouse/', values: ['warehouse/'], types: [] },
  { from: 'etl/cli.ts', values: ['etl/', 'warehouse/', 'dashboard/server/'], types: [] },
  {
    from: 'etl/command/',
    values: ['etl/', 'warehouse/', 'dashboard/server/', 'dashboard/store/', 'dashboard/report/'],
    types: [],
  },
  { from: 'etl/alert/', values: ['etl/', 'warehouse/', 'dashboard/store/', 'dashboard/report/'], types: [] },
  { from: 'etl/report/', values: ['etl/', 'warehouse/', 'dashboard/store/', 'dashboard/report/'], types: [] },
  { from: 'etl/', values: ['etl/', 'warehouse/', 'dashboard/store/'], types: [] },
  { from: 'dashboard/store/', values: ['dashboard/store/', 'warehouse/'], types: [] },
  {
    from: 'dashboard/report/',
    values: ['dashboard/report/', 'dashboard/chart/', 'dashboard/data/', 'dashboard/store/', 'warehouse/'],
    types: [],
  },
  {
    from: 'dashboard/server/',
    values: ['dashboard/server/', 'dashboard/store/', 'dashboard/report/', 'warehouse/'],
    types: ['etl/'],
  },
  {
    from: 'dashboard/',
    values: [...browser.map((folder) => `dashboard/${folder}`), 'warehouse/statistics/', 'warehouse/additive/'],
    types: ['dashboard/store/', 'warehouse/metric/', 'warehouse/query/'],
  },
];

const isAllowed = ({ from, to, isType }: Import): boolean => {
  const right = rights.find((rule) => from.startsWith(rule.from));
  if (!right) return false;
  return [...right.values, ...(isType ? right.types : [])].some((place) => to.startsWith(place));
};

test('each folder imports only what it has a right to', () => {
  expect(imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('no file imports itself in a circle', () => {
  const targets = Map.groupBy(
    imports.filter(({ isType }) => !isType),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (done.has(path) || trail.includes(path)) return;
    for (const { to } of targets.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of code) visit(path, []);
  expect(circles).toEqual([]);
});

test('what serves, schedules and runs has no way to the registry database kept apart', () => {
  const targets = Map.groupBy(
    imports.filter(({ isType }) => !isType),
    ({ from }) => from,
  );
  const reached = (from: string, met = new Set<string>()): ReadonlySet<string> => {
    if (met.has(from)) return met;
    met.add(from);
    for (const { to } of targets.get(from) ?? []) reached(to, met);
    return met;
  };
  const apart = (command: string): readonly string[] =>
    [...reached(`etl/command/${command}.ts`)].filter((path) => path.startsWith('etl/submission/kept-apart/'));
  expect(apart('submit')).toContain('etl/submission/kept-apart/full-abstracts.ts');
  for (const command of ['serve', 'start', 'schedule', 'run', 'report', 'sql', 'doctor']) {
    expect([...reached(`etl/command/${command}.ts`)].length).toBeGreaterThan(5);
    expect([command, apart(command)]).toEqual([command, []]);
  }
});

test('an oracle shares nothing with what it checks', () => {
  const oracles = filesBelow('test/oracle').filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  expect(oracles.length).toBeGreaterThan(0);
  expect(oracles.flatMap(importsOf).filter(({ to }) => /^(sql|warehouse|etl|dashboard)\//.test(to))).toEqual([]);
});

const models = filesBelow('sql').filter((path) => path.endsWith('.sql'));
const withoutComments = (sql: string): string => sql.replaceAll(/--.*$/gm, '').replaceAll(/'[^']*'/g, "''");

/** What a layer may read from. */
const layers: Readonly<Record<string, readonly string[]>> = {
  staging: ['raw', 'staging', 'reference'],
  core: ['staging', 'core', 'reference'],
  mart: ['core', 'mart', 'reference'],
  submission: ['core', 'submission', 'reference'],
};

test.each(Object.keys(layers))('sql/%s reads only from the layers before it', (layer) => {
  const wrong = models
    .filter((path) => path.startsWith(`sql/${layer}/`))
    .flatMap((path) =>
      [...withoutComments(textOf(path)).matchAll(/\b(?:from|join)\s+([a-z_]+)\.[a-z_]+/g)]
        .filter(([, schema]) => !layers[layer]?.includes(schema ?? ''))
        .map(([text]) => `${path}: ${text}`),
    );
  expect(wrong).toEqual([]);
});

/** What the distributed engine has not, or has with another meaning. */
const unportable: readonly (readonly [string, RegExp])[] = [
  ['filter (where …)', /\bfilter\s*\(/],
  ['qualify', /\bqualify\b/],
  ['a bare division', /\s\/\s/],
  ['a list or struct', /[[\]{}]/],
  ['a regular expression', /regexp_|\bsimilar to\b|~/],
  ['lag or lead', /\b(lag|lead)\s*\(/],
  ['rounding', /\b(round|floor|ceil|ceiling|trunc)\s*\(/],
  ['the clock or chance', /\b(now|random|current_date|current_timestamp|today)\b\s*(\(|$)/m],
];

test.each(unportable)('core, mart and submission keep clear of %s', (_name, pattern) => {
  const portable = models.filter((path) => /^sql\/(core|mart|submission)\//.test(path));
  expect(portable.filter((path) => pattern.test(withoutComments(textOf(path))))).toEqual([]);
});

test('every model opens with a header that says what one row is', () => {
  const headless = models.filter(
    (path) => /^sql\/(staging|core|mart|submission)\//.test(path) && !/^-- (One|A) row per /.test(textOf(path)),
  );
  expect(headless).toEqual([]);
});

test('only a mapping knows the name of a data set', () => {
  const names = filesBelow('etl/mapping')
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => path.replace(/^.*\/|\.yaml$/g, ''))
    .filter((name) => name !== 'canonical' && name !== 'naaccr-xml');
  expect(names.length).toBeGreaterThan(0);
  const elsewhere = [...code, ...filesBelow('sql')].filter((path) => !path.startsWith('etl/mapping/'));
  const leaks = elsewhere.filter((path) => names.some((name) => textOf(path).includes(name)));
  expect(leaks).toEqual([]);
});

test('files stay small enough to hold in the head', () => {
  expect(code.filter((path) => textOf(path).split('\n').length > 300)).toEqual([]);
});

test('no path of a machine stands in the project', () => {
  const texts = [...code, ...['sql', 'test', '.config', '.ci'].flatMap(filesBelow), 'README.md', 'CHANGELOG.md'];
  const pattern = new RegExp(['/work' + '/', '/home' + '/', '/Users' + '/', 'registry\\.npm' + 'js'].join('|'));
  expect(texts.filter((path) => !/\.(png|gz|parquet)$/.test(path) && pattern.test(textOf(path)))).toEqual([]);
});

test('the top level holds what was agreed and nothing else', () => {
  const agreed =
    /^(\..+|package(-lock)?\.json|tsconfig\.json|etl|warehouse|dashboard|sql|test|README\.md|LICENSE|CHANGELOG\.md|node_modules)$/;
  expect(readdirSync(root).filter((name) => !agreed.test(name))).toEqual([]);
});

test('every folder of code says what it is in a README', () => {
  const folders = new Set([...code, ...filesBelow('sql'), 'test/README.md'].map((path) => dirname(path)));
  const without = [...folders].filter((folder) => !existsSync(join(root, folder, 'README.md')));
  expect(without).toEqual([]);
});
