import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import type { CsvDialect } from '../../../etl/read/dialect.ts';
import { Landing } from '../../support/landing.ts';

const text = (rows: readonly string[], delimiter = ','): string =>
  `${['encounter_id,code_set,seq,code,stage,provider_id', ...rows].join('\n')}\n`.replaceAll(',', delimiter);
const row = (id: string, provider = 'p1'): string => `${id},ICD10CM,1,I10,final,${provider}`;

const codes = (csv?: Partial<CsvDialect>): Landing =>
  new Landing({ format: 'csv', contract: 'encounter_code', ...(csv ? { csv } : {}) });
const said = (landing: Landing, csv: Partial<CsvDialect>): Promise<readonly BatchReport[]> =>
  landing.run({ ...landing.source, csv });
const statuses = (reports: readonly BatchReport[]) => reports.map(({ status }) => status);
const providers = (landing: Landing) =>
  landing.raw('select provider_id as p from raw.encounter_code order by encounter_id');

test('a dialect found is told, and a later file in another one is held with both named', async () => {
  const landing = codes();
  landing.write('extract/a.csv', text([row('e1')], '\t'));
  const plain = { delimiter: '\t', quote: '"', encoding: 'utf-8' };
  expect((await landing.runOne()).files).toMatchObject([{ dialect: plain }]);
  landing.write('extract/b.csv', text([row('e2')], ';'));
  const [, held] = await landing.run();
  expect(held).toMatchObject({ status: 'held', contracts: [] });
  expect(held?.message).toBe(
    'extract/b.csv is held by rule other-dialect: it has `;` between its values instead of a tab, as the files before it have for source north. ' +
      "Ask its sender for the file as before, or accept the new form with `csv: { delimiter: ';' }` of the source in himsight.yaml.",
  );
});

test('a dialect accepted in himsight.yaml lands, and what landed in the old one stays known', async () => {
  const landing = codes();
  landing.write('extract/a.csv', text([row('e1')], '\t'));
  landing.write('extract/b.csv', text([row('e2')], ';'));
  expect(statuses(await landing.run())).toEqual(['landed', 'held']);
  expect(statuses(await said(landing, { delimiter: ';' }))).toEqual(['unchanged', 'landed']);
  expect(await providers(landing)).toHaveLength(2);
  // The newest batch pins from now on.
  landing.write('extract/c.csv', text([row('e3')], ';'));
  landing.write('extract/d.csv', text([row('e4')], '\t'));
  expect(statuses(await landing.run())).toEqual(['unchanged', 'unchanged', 'landed', 'held']);
});

test('a file in another dialect than himsight.yaml says is held', async () => {
  const landing = codes({ delimiter: '|' });
  landing.write('extract/a.csv', text([row('e1')]));
  const { status, message } = await landing.runOne();
  expect(status).toBe('held');
  expect(message).toBe(
    'extract/a.csv is held by rule other-dialect: it has `,` between its values instead of `|`, as himsight.yaml says for source north. Mend `csv` of the source, or ask for the file as it says.',
  );
});

test('a file that does not tell its quote is read with that of the files before', async () => {
  const landing = codes();
  landing.write('extract/a.csv', text([row('e1', `'x, y'`)]).replace('encounter_id', `'encounter_id'`));
  landing.write('extract/b.csv', text([row('e2'), row('e3', `'it''s'`)]));
  expect(statuses(await landing.run())).toEqual(['landed', 'landed']);
  expect(await providers(landing)).toEqual([{ p: 'x, y' }, { p: 'p1' }, { p: "it's" }]);
});

test('windows-1252 is read where it is said or pinned, and never guessed', async () => {
  const bytes = (id: string) => Buffer.from(text([row(id, 'Zo\xeb \x80')]), 'latin1');
  const landing = codes();
  landing.write('extract/a.csv', bytes('e1'));
  const first = await landing.runOne();
  expect(first.reasons).toMatchObject([{ rule: 'bad-encoding', count: 1, line: 2 }]);
  expect(await landing.quarantine('line')).toEqual([{ line: 2 }]);
  const [again] = await said(landing, { encoding: 'windows-1252' });
  expect(again).toMatchObject({ status: 'landed', rejected: 0, supersedes: [first.batch] });
  landing.write('extract/b.csv', bytes('e2'));
  landing.write('extract/c.csv', text([row('e3')]));
  expect(statuses(await landing.run())).toEqual(['unchanged', 'landed', 'landed']);
  expect(await providers(landing)).toEqual([{ p: 'Zoë €' }, { p: 'Zoë €' }, { p: 'p1' }]);
});

test('UTF-8 in a source of windows-1252 is held, since its letters would turn into others', async () => {
  const landing = codes({ encoding: 'windows-1252' });
  landing.write('extract/a.csv', text([row('e1', 'Zoë')]));
  const { status, message } = await landing.runOne();
  expect(status).toBe('held');
  expect(message).toMatch(
    /^extract\/a\.csv is held by rule utf-8: it is written in UTF-8, and its source says windows-1252/,
  );
});

test('nothing of a re-encoded file stays behind', async () => {
  const landing = codes();
  landing.write('extract/a.csv', Buffer.from(`\uFEFF${text([row('e1', 'Zoë')])}`, 'utf16le'));
  landing.write('data/tmp/input-left/0.utf-8', 'of a run that was killed');
  expect(await landing.runOne()).toMatchObject({ status: 'landed', files: [{ dialect: { encoding: 'utf-16le' } }] });
  expect(await providers(landing)).toEqual([{ p: 'Zoë' }]);
  const tmp = join(landing.workspace.dataFolder, 'tmp');
  expect(existsSync(tmp) ? readdirSync(tmp).filter((name) => name.startsWith('input-')) : []).toEqual([]);
});

test('quotes mean nothing where the source says so', async () => {
  const landing = codes({ quote: 'none' });
  landing.write('extract/a.csv', text([row('e1', '"5 in'), row('e2', 'a "b" c')]));
  expect((await landing.runOne()).status).toBe('landed');
  expect(await providers(landing)).toEqual([{ p: '"5 in' }, { p: 'a "b" c' }]);
});
