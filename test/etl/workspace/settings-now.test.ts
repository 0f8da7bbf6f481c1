import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsNow } from '../../../etl/workspace/settings-now.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

const config = (threshold: number | null): string =>
  `sources: []\n${threshold === null ? '' : `checks:\n  code_is_billable: { threshold: ${threshold} }\n`}`;

test('a threshold holds from the moment its file says so; a wrong file is told and the last one holds', () => {
  const folder = temporaryFolder();
  const write = (text: string) => writeFileSync(join(folder, 'himsight.yaml'), text);
  mkdirSync(folder, { recursive: true });
  write(config(7));
  const troubles: unknown[] = [];
  const settings = settingsNow(readWorkspace(folder), (error) => troubles.push(error));
  const threshold = () => settings().get('code_is_billable')?.threshold;
  expect(threshold()).toBe(7);
  expect(settings()).toBe(settings());
  write(config(12.5));
  expect(threshold()).toBe(12.5);
  write(`${config(12.5)}  nope: [`);
  expect(threshold()).toBe(12.5);
  expect(troubles).not.toEqual([]);
  write(config(null));
  expect(threshold()).not.toBe(12.5);
});
