import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLabels, labelFileOf } from '../../../etl/label/label-file.ts';
import { writeLabelLook } from '../../../etl/label/label-log.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

/** A workspace whose labels stand at `file`, with the given text and mode; none is written for null. */
const workspaceWith = (text: string | null, { file = 'secret/labels.csv', mode = 0o600, link = '' } = {}) => {
  const folder = temporaryFolder();
  const written = link === '' ? '' : `, link: '${link}'`;
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `sources: [{ id: e, path: e.csv, contract: encounter }]\nserver: { labels: { file: ${file}${written} } }\n`,
  );
  if (text !== null) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
    chmodSync(join(folder, file), mode);
  }
  return readWorkspace(folder);
};

const labels = 'kind,id,label\nencounter,e1,A 100/7\nencounter,e2,A-200\nprovider,e1,"Dr. One, MD"\nencounter,e1,Z\n';

test('labels are found by kind and id, of several the first in order, with a link where there is a template', async () => {
  const file = labelFileOf(workspaceWith(labels, { link: 'https://ehr.example/chart/{label}' }));
  expect(Object.fromEntries(await findLabels(file!, 'encounter', ['e1', 'e3']))).toEqual({
    e1: { label: 'A 100/7', link: 'https://ehr.example/chart/A%20100%2F7' },
  });
  const plain = labelFileOf(workspaceWith(labels));
  expect(Object.fromEntries(await findLabels(plain!, 'provider', ['e1', 'e2']))).toEqual({
    e1: { label: 'Dr. One, MD', link: null },
  });
});

test('a workspace without a label file has none', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'himsight.yaml'), 'sources: []\n');
  expect(labelFileOf(readWorkspace(folder))).toBeNull();
});

test.each([
  ['others may read it', labels, { mode: 0o640 }, /others than its owner may read/],
  ['it lies in the data folder', labels, { file: 'data/labels.csv' }, /inside the data folder/],
  ['it is not there', null, {}, /there is no such file/],
])('a label file is refused where %s', (_why, text, how, sentence) => {
  expect(() => labelFileOf(workspaceWith(text, how))).toThrow(sentence);
});

test.each([
  ['another header', 'art,nummer\nencounter,A-100\n'],
  ['nothing at all', ''],
  ['bytes that are no text', '\u0000\u0001'],
])('a file with %s is refused without a value of it', async (_why, text) => {
  const file = labelFileOf(workspaceWith(text));
  const refusal = await findLabels(file!, 'encounter', ['e1']).catch((error: unknown) => String(error));
  expect(refusal).toMatch(/label file cannot be read/);
  expect(refusal).not.toMatch(/A-100/);
});

test('a look is written down with its numbers, and with no id or label', () => {
  const workspace = workspaceWith(labels);
  const look = { kind: 'encounter', asked: 2, found: 1, worklist: 'signatures', release: 'r1' } as const;
  writeLabelLook(workspace, look);
  writeLabelLook(workspace, { ...look, worklist: null });
  const file = join(workspace.dataFolder, 'audit/label.ndjson');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    { at: expect.any(String) as string, ...look },
    { at: expect.any(String) as string, ...look, worklist: null },
  ]);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});
