import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import { listQuarantine } from '../../../etl/quarantine/list.ts';
import type { Source } from '../../../etl/workspace/workspace.ts';
import { openBuilder } from '../../../warehouse/open.ts';
import { Landing } from '../../support/landing.ts';

const header = 'encounter_id,code_set,seq,code,stage,provider_id';
const row = (id: string, seq = 1, code = 'I10'): string => `${id},ICD10CM,${seq},${code},final,p1`;
const good = ['e1', 'e2', 'e3', 'e4'].map((id) => row(id));
const csv = (...lines: readonly string[]): string => `${[header, ...lines].join('\n')}\n`;

const codes = (source: Partial<Source> = {}): Landing =>
  new Landing({ format: 'csv', contract: 'encounter_code', ...source });

/** What every batch that landed must fulfil, however bad its rows. */
const expectReconciled = ({ files, rejected, contracts }: BatchReport): void => {
  const records = files.reduce((sum, file) => sum + file.records, 0);
  for (const { mapped, accepted, quarantined, duplicates, superseded, inserted, updated, unchanged } of contracts) {
    expect(records).toBe(mapped + rejected);
    expect(mapped).toBe(accepted + quarantined + duplicates + superseded);
    expect(accepted).toBe(inserted + updated + unchanged);
  }
};

/** A batch of which rows are refused by one rule and the rest lands. */
const expectQuarantined = async (
  landing: Landing,
  expected: { rule: string; line: number; says: string; count?: number; accepted: number; raw?: string | null },
) => {
  const report = await landing.runOne();
  expect(report.status).toBe('landed');
  expectReconciled(report);
  expect(report.reasons.map(({ rule, line, count }) => ({ rule, line, count }))).toEqual([
    { rule: expected.rule, line: expected.line, count: expected.count ?? 1 },
  ]);
  expect(report.message).toContain(`${expected.rule}: ${expected.says}`);
  expect(report.message).toContain(`line ${expected.line}`);
  expect(report.contracts[0]?.accepted).toBe(expected.accepted);
  const [refused] = await landing.quarantine();
  expect(refused).toMatchObject({ line: expected.line, rule: [expected.rule], state: 'open' });
  if (expected.raw !== undefined) expect(refused?.raw_text).toBe(expected.raw);
  return report;
};

/** A batch of which nothing lands. */
const expectHeld = async (landing: Landing, sentence: string | RegExp): Promise<BatchReport> => {
  const report = await landing.runOne();
  expect(report.status).toBe('held');
  expect(report.message).toMatch(sentence);
  expect(report.contracts).toEqual([]);
  expect(existsSync(join(landing.workspace.dataFolder, 'raw'))).toBe(false);
  return report;
};

test('a missing file', async () => {
  const landing = codes({ path: '/nowhere/codes.csv' });
  const report = await landing.runOne();
  expect(report.status).toBe('refused');
  expect(report.message).toMatch(
    /nowhere\/codes\.csv: no such file has arrived\. Put it there, or mend `path` of source north/,
  );
});

test('a folder without a file of the format', async () => {
  const landing = new Landing({ format: 'csv', contract: 'encounter_code' }, 'extract');
  for (const name of ['codes.csv.part', '.codes.csv', 'codes.xlsx', 'manifest.json', 'deep/codes.csv'])
    landing.write(`extract/${name}`, name === 'manifest.json' ? '{}' : csv(...good));
  const report = await landing.runOne();
  expect(report.status).toBe('refused');
  expect(report.message).toContain(
    'extract is a folder with no whole file in it that ends in .csv, .tsv, .psv or .txt',
  );
  expect(report.message).toContain('extract/*');
});

test('a link that leads nowhere', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good));
  symlinkSync(join(landing.folder, 'nowhere.csv'), join(landing.folder, 'extract/link.csv'));
  const [missed, landed] = await landing.run();
  expect(landed?.status).toBe('landed');
  expect(missed).toMatchObject({ status: 'refused', message: expect.stringContaining('extract/link.csv: went away') });
});

test('an empty file', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', '');
  await expectHeld(landing, /^extract\/codes\.csv is held by rule empty: it has 0 bytes\. Ask its sender/);
});

test('a header alone is an extract without rows', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv());
  const report = await landing.runOne();
  expect(report).toMatchObject({
    status: 'landed',
    contracts: [{ mapped: 0, accepted: 0, acceptedShare: null, file: null }],
  });
});

test.each([
  [':', '`:`'],
  [' ', 'a space'],
])('a wrong delimiter %j', async (delimiter, named) => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good).replaceAll(',', delimiter));
  await expectHeld(
    landing,
    `extract/codes.csv line 1 is held by rule wrong-delimiter: its columns are separated by ${named}`,
  );
});

test('rows under another delimiter than their header', async () => {
  const landing = codes({ hold: {} });
  landing.write('extract/codes.csv', csv(...good.map((line) => line.replaceAll(',', ';'))));
  await expectHeld(
    landing,
    /torn-row: the row has fewer columns than the header \(4, first in extract\/codes\.csv line 2\)/,
  );
});

test('a missing column', async () => {
  const landing = codes();
  landing.write(
    'extract/codes.csv',
    csv(...good)
      .replace('code_set', 'provider_id')
      .replace(',stage,provider_id', ',stage,hcc'),
  );
  await expectHeld(
    landing,
    'extract/codes.csv line 1 is held by rule missing-column: missing `code_set`. Send the columns',
  );
});

test('a column that its contract excuses in other privacy modes only', async () => {
  const landing = new Landing({ format: 'csv', contract: 'charge_event' });
  landing.write('extract/charges.csv', 'charge_event_id,encounter_id,amount_cents\nc1,e1,100\n');
  await expectHeld(landing, 'missing `posted_ts`');
  const harbor = new Landing({ format: 'csv', contract: 'charge_event', privacy: 'safe_harbor' });
  harbor.write('extract/charges.csv', 'charge_event_id,encounter_id,amount_cents\nc1,e1,100\n');
  expect((await harbor.runOne()).status).toBe('landed');
});

test('an undeclared column', async () => {
  const landing = codes();
  landing.write(
    'extract/codes.csv',
    csv(...good)
      .replaceAll('\n', ',x\n')
      .replace('provider_id,x', 'provider_id,patient_name'),
  );
  await expectHeld(
    landing,
    'extract/codes.csv line 1 is held by rule undeclared-column: undeclared `patient_name`. A column nobody declared may carry an identifier',
  );
});

test('a first row joined to the header, whose values are not repeated', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good).replace('\n', ''));
  const { message } = await expectHeld(
    landing,
    'extract/codes.csv line 1 is held by rule undeclared-column: 6 columns are undeclared, and no first row fits',
  );
  expect(message).not.toContain('e1');
  landing.write('extract/codes.csv', csv(good[0]!).replace('\n', ''));
  expect((await landing.runOne()).message).not.toContain('e1');
});

test('a file without a header, whose first row is not repeated', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', good.join('\n'));
  const { message } = await expectHeld(
    landing,
    /names none of the columns of mapping canonical; is the first line a row\?/,
  );
  expect(message).not.toContain('e1');
});

test('a header that names a column twice', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good).replace('provider_id', 'Stage'));
  await expectHeld(landing, 'line 1 is held by rule twin-column');
});

test('a torn row', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, good[1]!, 'e9,ICD10CM', good[2]!));
  await expectQuarantined(landing, {
    rule: 'torn-row',
    line: 4,
    says: 'the row has fewer columns than the header',
    accepted: 3,
    raw: 'e9,ICD10CM',
  });
  expect(await landing.raw('select encounter_id, record from raw.encounter_code order by record')).toEqual([
    { encounter_id: 'e1', record: 1 },
    { encounter_id: 'e2', record: 2 },
    { encounter_id: 'e3', record: 4 },
  ]);
});

test('a last row torn off by a transfer that broke', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good).slice(0, -16));
  await expectQuarantined(landing, { rule: 'torn-row', line: 5, says: 'the row has fewer', accepted: 3 });
});

test('a row with a column too many', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good, `${row('e5')},more`));
  await expectQuarantined(landing, {
    rule: 'too-many-columns',
    line: 6,
    says: 'the row has more columns',
    accepted: 4,
  });
});

test('a quote that nobody closes', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2', 1, '"I10'), good[2]!, good[3]!));
  const { message } = await expectHeld(
    landing,
    /^extract\/codes\.csv line 3 is held by rule unterminated-quote: it opens a quote that is never closed/,
  );
  expect(message).not.toContain('I10');
});

test('a quote closed rows later, by a quote that means another', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2', 1, '"I10'), good[2]!, row('e4', 1, '"I10"')));
  await expectHeld(
    landing,
    /^extract\/codes\.csv line 3 is held by rule stray-quote: it holds a quoted value that runs over several lines/,
  );
});

test('a quote closed rows later, so that the row is torn', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2', 1, '"I10'), good[2]!, 'e4,ICD10CM,1,"'));
  await expectHeld(
    landing,
    /^extract\/codes\.csv line 3 is held by rule unterminated-quote: a quote that opens there runs over 3 lines/,
  );
});

test('a quote closed rows later, so that the rows between hide in one value', async () => {
  const landing = codes();
  landing.write(
    'extract/codes.csv',
    csv(good[0]!, 'e2,ICD10CM,1,"I10,final,p1', good[2]!, 'e4,ICD10CM,1,I10",final,p1'),
  );
  const { message } = await expectHeld(
    landing,
    /^extract\/codes\.csv line 3 is held by rule hidden-rows: it opens a quote that is closed only lines later/,
  );
  expect(message).not.toContain('I10');
});

test('a row with empty columns too many, whose values may have moved', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, 'e2,ICD10CM,1,I10, final,p1,', good[2]!));
  await expectHeld(
    landing,
    /^extract\/codes\.csv line 3 is held by rule empty-columns: it has more columns than the header names, the last of them empty/,
  );
});

test('a carriage return within a line', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2').replace('I10', 'I\r10'), good[2]!));
  await expectHeld(landing, /^extract\/codes\.csv line 3 is held by rule carriage-returns: it holds a carriage return/);
});

test('text behind a closing quote, on one line', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2', 1, '"I10"x'), good[2]!));
  await expectQuarantined(landing, {
    rule: 'unterminated-quote',
    line: 3,
    says: 'a quote is not closed, or text follows',
    accepted: 2,
  });
});

test('Latin-1 bytes', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', Buffer.from(csv(good[0]!, row('e2', 1, 'é10'), good[2]!), 'latin1'));
  await expectQuarantined(landing, {
    rule: 'bad-encoding',
    line: 3,
    says: 'the row holds bytes that are not UTF-8',
    accepted: 2,
  });
});

test.each(['\uFEFF', '\uFEFF"encounter_id"'])('a byte order mark is tolerated', async (start) => {
  const landing = codes();
  landing.write(
    'extract/codes.csv',
    csv(...good).replace('encounter_id', start.length > 1 ? start : `${start}encounter_id`),
  );
  expect(await landing.runOne()).toMatchObject({ status: 'landed', contracts: [{ accepted: 4, quarantined: 0 }] });
});

test('NDJSON in UTF-16', async () => {
  const landing = codes({ format: 'ndjson' });
  landing.write('extract/codes.ndjson', Buffer.from('\uFEFF{"encounter_id": "e1"}\n', 'utf16le'));
  await expectHeld(landing, 'extract/codes.ndjson line 1 is held by rule utf-16: it is written in UTF-16');
});

test('a zip archive under the name of a CSV file', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 8, 0]));
  await expectHeld(landing, 'is held by rule torn-zip: it is a zip archive that breaks off before its end');
});

test('lines that end now in LF, now in CR LF', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good).replace('\n', '\r\n'));
  await expectHeld(landing, 'extract/codes.csv line 2 is held by rule mixed-line-ends');
});

test('CR LF throughout is as good as LF', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good, 'torn').replaceAll('\n', '\r\n'));
  await expectQuarantined(landing, { rule: 'torn-row', line: 6, says: 'the row has fewer', accepted: 4, raw: 'torn' });
});

test('a duplicate key', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good, row('e2', 1, 'I11.0')));
  await expectQuarantined(landing, {
    rule: 'unique-key',
    line: 3,
    count: 2,
    says: 'several rows share encounter_id, stage, code_set, seq and differ',
    accepted: 3,
    raw: row('e2'),
  });
});

test('a row that is there twice', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(...good, row('e2')));
  const report = await landing.runOne();
  expectReconciled(report);
  expect(report).toMatchObject({
    status: 'landed',
    reasons: [],
    contracts: [{ mapped: 5, accepted: 4, duplicates: 1 }],
  });
  expect(report.message).toContain('1 repeated another word for word');
});

test('an impossible date', async () => {
  const landing = new Landing({ format: 'csv', contract: 'charge_event' });
  landing.write(
    'extract/charges.csv',
    'charge_event_id,encounter_id,posted_ts,amount_cents\nc1,e1,2026-02-28,100\nc2,e1,2026-02-29,100\n',
  );
  await expectQuarantined(landing, {
    rule: 'type:posted_ts',
    line: 3,
    says: 'posted_ts is not a time of the calendar',
    accepted: 1,
    raw: 'c2,e1,2026-02-29,100',
  });
});

test.each([
  [
    'ICD9CM',
    '44',
    'icd9cm-shape',
    'code does not have the shape of an ICD-9-CM diagnosis code (a leading zero lost to a spreadsheet?)',
  ],
  [
    'CPT',
    '1234',
    'cpt-shape',
    'code does not have the shape of a CPT code, five characters (a leading zero lost to a spreadsheet?)',
  ],
])('a code of %s with its leading zero eaten', async (set, code, rule, says) => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, `e2,${set},1,${code},final,p1`));
  await expectQuarantined(landing, { rule, line: 3, says, accepted: 1 });
});

test('a value outside a closed list', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2').replace('final', 'Final')));
  await expectQuarantined(landing, {
    rule: 'value:stage',
    line: 3,
    says: 'stage is not one of final, billed, working, baseline',
    accepted: 1,
  });
});

test('every rule a row breaks is kept with it', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, ',ICD10CM,one,I10,Final,p1'));
  const report = await landing.runOne();
  expect((await landing.quarantine('rule'))[0]).toEqual({ rule: ['required:encounter_id', 'type:seq', 'value:stage'] });
  expect(report.rejected + (report.contracts[0]?.quarantined ?? 0)).toBe(1);
});

test('a direct identifier in a column that may not hold one is withheld even from the store', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2', 1, '123-45-6789').replace('ICD10CM', 'VISIT_REASON')));
  await expectQuarantined(landing, {
    rule: 'identifier:code',
    line: 3,
    says: "code holds what looks like a person's number",
    accepted: 1,
    raw: null,
  });
  expect((await landing.quarantine('business_key'))[0]).toEqual({ business_key: null });
  expect(landing.ledgerText()).not.toContain('123-45');
});

test('an identifier in a row the reader refused is withheld too', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, 'e2,ann@example.org'));
  await expectQuarantined(landing, { rule: 'torn-row', line: 3, says: 'the row has fewer', accepted: 1, raw: null });
});

test('a date in a safe_harbor source', async () => {
  const landing = new Landing({ format: 'csv', contract: 'charge_event', privacy: 'safe_harbor' });
  landing.write(
    'extract/charges.csv',
    'charge_event_id,encounter_id,posted_ts,amount_cents\nc1,e1,,100\nc2,e1,2026-02-28,100\n',
  );
  await expectQuarantined(landing, {
    rule: 'identifier:posted_ts',
    line: 3,
    says: "posted_ts holds what looks like a person's number, e-mail or telephone, or what safe_harbor keeps out (dates",
    accepted: 1,
    raw: null,
  });
});

test('quoted line breaks make more lines than records', async () => {
  const landing = codes();
  const broken = row('e2').replace('p1', '"p\n\n1"');
  landing.write('extract/codes.csv', csv(good[0]!, broken, good[2]!, row('e4').replace('final', 'last')));
  const report = await expectQuarantined(landing, { rule: 'value:stage', line: 7, says: 'stage is not', accepted: 3 });
  expect(report.files[0]).toMatchObject({ lines: 7, records: 4, longest: 3 });
  expect(await landing.raw(`select provider_id from raw.encounter_code where encounter_id = 'e2'`)).toEqual([
    { provider_id: 'p\n\n1' },
  ]);
});

test('a truncated gzip', async () => {
  const landing = codes();
  landing.write('extract/codes.csv.gz', gzipSync(csv(...good)).subarray(0, -12));
  await expectHeld(
    landing,
    'extract/codes.csv.gz is held by rule truncated-gzip: it is a gzip file that breaks off before its end. Transfer it again, whole.',
  );
});

test('a damaged gzip', async () => {
  const landing = codes();
  const bytes = gzipSync(csv(...good));
  landing.write('extract/codes.csv.gz', bytes.fill(0xff, 12, 20));
  await expectHeld(landing, 'is held by rule damaged-gzip');
});

test('NDJSON with a broken line', async () => {
  const landing = codes({ format: 'ndjson' });
  const object = (id: string) =>
    JSON.stringify({ encounter_id: id, code_set: 'ICD10CM', seq: 1, code: 'I10', stage: 'final' });
  landing.write('extract/codes.ndjson', `${object('e1')}\n\n{"encounter_id": "e2", \n[1]\n${object('e3')}\n`);
  const report = await expectQuarantined(landing, {
    rule: 'broken-json',
    line: 3,
    count: 2,
    says: 'the line is not one JSON object',
    accepted: 2,
    raw: '{"encounter_id": "e2", ',
  });
  expect(report.files[0]).toMatchObject({ lines: 5, records: 4 });
  expect(await landing.raw('select encounter_id, record from raw.encounter_code order by record')).toEqual([
    { encounter_id: 'e1', record: 1 },
    { encounter_id: 'e3', record: 4 },
  ]);
});

test('a NUL in the first line, which is a row', async () => {
  const landing = codes({ format: 'ndjson' });
  const object = '{"encounter_id": "secret1", "code_set": "ICD10CM", "seq": 1, "code": "I10", "stage": "final"}';
  landing.write('extract/codes.ndjson', `${object.replace('I10', 'I\0')}\n${object}\n`);
  const report = await landing.runOne();
  expect(report).toMatchObject({ status: 'landed', reasons: [{ rule: 'broken-json', line: 1 }] });
  expect(landing.ledgerText()).not.toContain('secret1');
});

test('NDJSON with a key nobody declared', async () => {
  const landing = codes({ format: 'ndjson' });
  landing.write(
    'extract/codes.ndjson',
    '{"encounter_id": "e1", "code_set": "ICD10CM", "seq": 1, "code": "I10", "stage": "final", "mrn": 1}\n',
  );
  await expectHeld(landing, 'extract/codes.ndjson is held by rule undeclared-column: undeclared `mrn`');
});

test('another format under the wrong name', async () => {
  const landing = codes({ format: 'parquet' });
  landing.write('extract/codes.parquet', csv(...good));
  await expectHeld(
    landing,
    'extract/codes.parquet is held by rule unreadable: it does not have the form its source says',
  );
});

test('more refused rows than the source allows hold the batch', async () => {
  const lines = Array.from({ length: 100 }, (_, i) => row(`e${i}`));
  const bad = (count: number) => lines.map((line, i) => (i < count ? line.replace('final', 'Final') : line));
  const under = codes({ hold: {} });
  under.write('extract/codes.csv', csv(...bad(5)));
  expect((await under.runOne()).status).toBe('landed');
  const over = codes({ hold: {} });
  over.write('extract/codes.csv', csv(...bad(6)));
  const report = await expectHeld(
    over,
    'more rows are refused than source north allows (5.0 %). Of 100 rows 6 refused by value:stage',
  );
  expect(report.reasons[0]).toMatchObject({ rule: 'value:stage', count: 6, line: 2 });
  expect(await over.quarantine('line')).toHaveLength(6);
  const byRows = codes({ hold: { rows: 6 } });
  byRows.write('extract/codes.csv', csv(...bad(6)));
  expect((await byRows.runOne()).status).toBe('landed');
  const tooManyRows = codes({ hold: { rows: 5 } });
  tooManyRows.write('extract/codes.csv', csv(...bad(6)));
  await expectHeld(tooManyRows, 'allows (5 rows)');
});

test('refused rows of a file that came again, mended, are superseded', async () => {
  const landing = codes({ hold: { share: 0.5 } });
  const listed = async () => {
    const builder = await openBuilder(null);
    const { dataFolder } = landing.workspace;
    const folders = { dataFolder, ledgerFolder: join(dataFolder, 'ledger') };
    const { rows } = await listQuarantine(builder.connection, folders);
    await builder.close();
    return rows.map(({ file_name: file, line, state }) => ({ file, line, state }));
  };
  landing.write('extract/a.csv', csv(good[0]!, good[1]!, row('e3').replace('final', 'last')));
  landing.write('extract/b.csv', csv(row('e5').replace('final', 'last'), row('e6')));
  await landing.run();
  expect(await listed()).toEqual([
    { file: 'extract/a.csv', line: 4, state: 'open' },
    { file: 'extract/b.csv', line: 2, state: 'open' },
  ]);
  landing.write('extract/a.csv', csv(...good));
  await landing.run();
  expect(await listed()).toEqual([
    { file: 'extract/b.csv', line: 2, state: 'open' },
    { file: 'extract/a.csv', line: 4, state: 'superseded' },
  ]);
});

test('a record too long to be read', async () => {
  const landing = codes();
  landing.write('extract/codes.csv', csv(good[0]!, row('e2').replace('p1', 'p'.repeat(40_000_000)), good[2]!));
  await expectHeld(
    landing,
    /^extract\/codes\.csv is held by rule records-reconcile: .*look at line 3, where the largest record begins/,
  );
});

const naaccrXml = (behavior: string): string => `<?xml version="1.0"?>
<NaaccrData baseDictionaryUri="http://naaccr.org/naaccrxml/naaccr-dictionary-250.xml" recordType="A" xmlns="http://naaccr.org/naaccrxml">
<Patient><Item naaccrId="patientIdNumber">00000001</Item>
<Tumor><Item naaccrId="primarySite">C501</Item><Item naaccrId="behaviorCodeIcdO3">3</Item></Tumor>
<Tumor>
<Item naaccrId="primarySite">C502</Item><Item naaccrId="behaviorCodeIcdO3">${behavior}</Item></Tumor></Patient></NaaccrData>`;

test('a tumor that breaks a rule is named by the line it begins on', async () => {
  const landing = new Landing({ format: 'naaccr-xml', mapping: 'naaccr-xml' });
  landing.write('extract/registry.xml', naaccrXml('7'));
  const report = await landing.runOne();
  expect(report.reasons).toMatchObject([{ rule: 'behavior-0-to-3', count: 1, line: 5 }]);
  expect(await landing.quarantine('line, raw_text')).toEqual([{ line: 5, raw_text: null }]);
});

test('a batch of several contracts is held by the rows of all of them', async () => {
  const landing = new Landing({ format: 'naaccr-xml', mapping: 'naaccr-xml', hold: { share: 0.4 } });
  landing.write('extract/registry.xml', naaccrXml('7'));
  await expectHeld(landing, /Of 2 rows 1 refused by behavior-0-to-3/);
});

test.each([
  ['cut off', (xml: string) => xml.slice(0, -40), 'line 6 is held by rule truncated-xml'],
  [
    'with a document type',
    (xml: string) => xml.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>'),
    'line 1 is held by rule document-type',
  ],
  [
    'with an item nobody knows',
    (xml: string) => xml.replaceAll('primarySite', 'shoeSize'),
    'line 4 is held by rule unknown-item',
  ],
  [
    'of a dictionary nobody has',
    (xml: string) => xml.replace('250', '180'),
    'line 2 is held by rule unknown-dictionary',
  ],
])('a registry file %s', async (_what, spoil, says) => {
  const landing = new Landing({ format: 'naaccr-xml', mapping: 'naaccr-xml' });
  landing.write('extract/registry.xml', spoil(naaccrXml('3')));
  await expectHeld(landing, new RegExp(`^extract/registry\\.xml ${says}: .*\\. [A-Z].*\\.$`));
});
