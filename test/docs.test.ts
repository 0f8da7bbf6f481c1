import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, root, textOf } from './support/tree.ts';

const documents = [
  'README.md',
  'CHANGELOG.md',
  ...['etl', 'warehouse', 'dashboard', 'sql', 'test'].flatMap(filesBelow).filter((path) => path.endsWith('.md')),
];

test('every link of a document leads somewhere', () => {
  const broken = documents.flatMap((path) =>
    [...textOf(path).matchAll(/\]\(([^)#\s]+)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(path), target)))
      .map((target) => `${path} → ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every command a document shows is one the program has', () => {
  const program = textOf('etl/cli.ts');
  const shown = new Set(
    documents.flatMap((path) => [...textOf(path).matchAll(/npx himsight ([a-z]+)/g)].map(([, word]) => word ?? '')),
  );
  expect(shown.size).toBeGreaterThan(3);
  expect([...shown].filter((word) => !new RegExp(`['"\`]${word}\\b`).test(program))).toEqual([]);
});

test('every metric a document names is defined', () => {
  const defined = filesBelow('sql/metric')
    .filter((path) => path.endsWith('.yaml'))
    .map(textOf)
    .join('\n');
  const shown = new Set(
    documents.flatMap((path) => [...textOf(path).matchAll(/himsight metric ([a-z0-9_]+)/g)].map(([, id]) => id ?? '')),
  );
  expect([...shown].filter((id) => !new RegExp(`id: ${id}\\b`).test(defined))).toEqual([]);
});

test('every script of package.json that a document shows exists', () => {
  const scripts = Object.keys((JSON.parse(textOf('package.json')) as { scripts: object }).scripts);
  const shown = documents.flatMap((path) =>
    [...textOf(path).matchAll(/npm (?:run )?(start|test|check|bench|format)\b/g)].map(([, name]) => name ?? ''),
  );
  expect(shown.filter((name) => !scripts.includes(name))).toEqual([]);
});
