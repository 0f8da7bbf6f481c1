import { gzipSync } from 'node:zlib';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { dateText, isDateFormat, plainNumber } from '../../../etl/read/xlsx-value.ts';
import { Landing } from '../../support/landing.ts';
import { workbookFile, type WorkbookParts } from './xlsx-file.ts';

const header = ['audit_id', 'line', 'code_set', 'role', 'coder_code', 'auditor_code'];

/** A row of inline texts; null leaves a cell out. */
const row = (number: number, ...values: readonly (string | null)[]): string =>
  `<row r="${number}">${values.map((value, i) => (value === null ? '' : `<c r="${String.fromCharCode(65 + i)}${number}" t="inlineStr"><is><t>${value}</t></is></c>`)).join('')}</row>`;

const lines = (...rows: readonly string[]): WorkbookParts => ({
  sheets: { audit_code: { rows: row(1, ...header) + rows.join('') } },
});

const landed = async (parts: WorkbookParts, source: object = {}) => {
  const landing = new Landing({ format: 'xlsx', contract: 'audit_code', ...source });
  landing.write('extract/codes.xlsx', workbookFile(parts));
  return { landing, report: await landing.runOne() };
};

const expectHeld = async (
  content: Uint8Array | WorkbookParts,
  sentence: RegExp,
  source: object = {},
): Promise<void> => {
  const landing = new Landing({ format: 'xlsx', contract: 'audit_code', ...source });
  landing.write('extract/codes.xlsx', content instanceof Uint8Array ? content : workbookFile(content));
  const report = await landing.runOne();
  expect(report.status).toBe('held');
  expect(report.message).toMatch(sentence);
  expect(report.message).not.toMatch(/SECRET/);
};

test('texts, numbers, yes and no land as they were written, wherever a program keeps them', async () => {
  const { landing, report } = await landed({
    texts: ['a1', 'ICD10CM', '<r><t>E1</t></r><r><t xml:space="preserve">1.9</t></r>', 'I10'],
    sheets: {
      audit_code: {
        rows:
          row(1, ...header, 'affects_drg') +
          '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>1</v></c><c r="C2" t="s"><v>1</v></c><c r="D2" t="str"><f>"p"&amp;"dx"</f><v>pdx</v></c><c r="E2" t="s"><v>2</v></c><c r="F2" t="s" s="3"><v>3</v></c><c r="G2" t="b"><v>1</v></c></row>' +
          '<row r="3"><c r="A3" s="3"/></row>' +
          row(7, 'a1', '2', 'ICD10PCS', 'pcs', '00123A4'),
      },
    },
  });
  expect(report).toMatchObject({ status: 'landed', files: [{ records: 2 }] });
  expect(
    await landing.raw('select line, role, coder_code, auditor_code, affects_drg from raw.audit_code order by line'),
  ).toEqual([
    { line: 1, role: 'pdx', coder_code: 'E11.9', auditor_code: 'I10', affects_drg: true },
    { line: 2, role: 'pcs', coder_code: '00123A4', auditor_code: null, affects_drg: null },
  ]);
});

test('a refused row is told by its row on the sheet', async () => {
  const { landing, report } = await landed(
    lines(row(2, 'a1', '1', 'ICD10CM', 'pdx', 'I10'), '<row r="3"/>', row(9, 'a1', 'x', 'ICD10CM', 'sdx', 'I11')),
  );
  expect(report.status).toBe('landed');
  expect(await landing.quarantine('line')).toEqual([{ line: 9 }]);
});

test('times of date cells land as times, in both calendars, and none of another kind', async () => {
  const review = [
    'audit_id',
    'encounter_id',
    'audit_type',
    'sample_method',
    'coder_id',
    'auditor_id',
    'audit_period',
    'status',
  ];
  const cells = (r: number) =>
    ['a1', 'e1', 'focused', 'judgmental', 'c1', 'd1', '2026-Q1', 'final']
      .map((value, i) => `<c r="${String.fromCharCode(65 + i)}${r}" t="inlineStr"><is><t>${value}</t></is></c>`)
      .join('');
  for (const [is1904, serial] of [
    [false, 46053 + 14.5 / 24],
    [true, 46053 - 1462 + 14.5 / 24],
  ] as const) {
    const { landing } = await landed(
      {
        is1904,
        sheets: {
          audit_review: {
            rows:
              row(1, ...review, 'audit_closed_ts', 'audit_opened_ts', 'weight_original') +
              `<row r="2">${cells(2)}<c r="I2" s="2"><v>${serial}</v></c><c r="J2" s="1"><v>${Math.floor(serial)}</v></c><c r="K2"><v>0.71230000000000004</v></c></row>`,
          },
        },
      },
      { contract: 'audit_review' },
    );
    expect(
      await landing.raw(
        'select audit_closed_ts::varchar as c, audit_opened_ts::varchar as o, weight_original as w from raw.audit_review',
      ),
    ).toEqual([{ c: '2026-01-31 14:30:00', o: '2026-01-31 00:00:00', w: 0.7123 }]);
  }
});

test('numbers lose the noise of doubles and their powers of ten', () => {
  for (const [stored, shown] of [
    ['0.10000000000000001', '0.1'],
    ['0.30000000000000004', '0.3'],
    ['1.2344999999999999', '1.2345'],
    ['1E-3', '0.001'],
    ['1.5E+20', '150000000000000000000'],
    ['1E-7', '0.0000001'],
    ['-2.50', '-2.5'],
    ['7', '7'],
    ['470', '470'],
  ] as const)
    expect(plainNumber(stored)).toBe(shown);
});

test('a day number is a day of the calendar; the day that never was is none', () => {
  expect(dateText('1', false)).toBe('1900-01-01');
  expect(dateText('59', false)).toBe('1900-02-28');
  expect(dateText('60', false)).toBeNull();
  expect(dateText('61', false)).toBe('1900-03-01');
  expect(dateText('46053', false)).toBe('2026-01-31');
  expect(dateText('46053.999994', false)).toBe('2026-01-31 23:59:59');
  expect(dateText('0', true)).toBe('1904-01-01');
  expect(dateText('-1', false)).toBeNull();
});

test('a number format is one of dates by its letters, not by what it quotes', () => {
  for (const code of ['yyyy-mm-dd', '[$-409]d/m/yy h:mm AM/PM;@', '[h]:mm', 'm"月"d"日"'])
    expect(isDateFormat(170, code)).toBe(true);
  for (const code of ['General', '0.00', '#,##0" days"', '[Red]0.0', '@', '0\\d'])
    expect(isDateFormat(170, code)).toBe(false);
  expect(isDateFormat(14, undefined)).toBe(true);
  expect(isDateFormat(2, undefined)).toBe(false);
});

test('a sheet is the one named, else the contract’s, else the only one; a change of it lands anew', async () => {
  const one = { rows: row(1, ...header) + row(2, 'a1', '1', 'ICD10CM', 'pdx', 'I10') };
  const two = { rows: row(1, ...header) + row(2, 'a2', '1', 'ICD10CM', 'pdx', 'I10') };
  expect((await landed({ sheets: { Any: one } })).report.status).toBe('landed');
  const { landing, report } = await landed({ sheets: { Codes: one, AUDIT_CODE: two } });
  expect(report.status).toBe('landed');
  expect(await landing.raw('select audit_id from raw.audit_code')).toEqual([{ audit_id: 'a2' }]);
  const [again] = await landing.run({ ...landing.source, sheet: 'Codes' });
  expect(again?.status).toBe('landed');
  expect(await landing.raw('select audit_id from raw.audit_code')).toEqual([{ audit_id: 'a1' }]);
  await expectHeld({ sheets: { A: one, B: two } }, /rule no-such-sheet: it has no sheet `audit_code`, but `A`, `B`/);
  await expectHeld({ sheets: { A: one } }, /it has no sheet `Codes`, but `A`\. Name the sheet/, { sheet: 'Codes' });
});

const good = lines(row(2, 'a1', '1', 'ICD10CM', 'pdx', 'SECRET'));

test('what is no whole workbook is held by a sentence', async () => {
  const file = workbookFile(good);
  await expectHeld(new Uint8Array(), /rule empty: it has 0 bytes/);
  await expectHeld(file.subarray(0, file.length - 30), /rule torn-zip: it breaks off before its end/);
  await expectHeld(file.subarray(0, 40), /rule torn-zip/);
  const damaged = file.slice();
  const at = Buffer.from(damaged).indexOf('xl/worksheets/sheet1.xml') + 60;
  damaged[at] = damaged[at]! ^ 0xff;
  await expectHeld(damaged, /rule damaged-zip: it is damaged/);
  const locked = Buffer.from(file);
  const directory = locked.readUInt32LE(locked.length - 22 + 16);
  locked[directory + 8] = locked[directory + 8]! | 1;
  await expectHeld(new Uint8Array(locked), /rule encrypted-zip/);
  await expectHeld(
    Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(600)}`, 'hex'),
    /rule encrypted-workbook: it is protected by a password/,
  );
  await expectHeld(new TextEncoder().encode(`audit_id,line\n${'SECRET,1\n'.repeat(9)}`), /rule no-workbook/);
});

test('a sheet no rows can be made of is held by a sentence with the row', async () => {
  const merged = {
    sheets: { audit_code: { ...good.sheets.audit_code!, after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>' } },
  };
  await expectHeld(merged, /sheet audit_code row 2 is held by rule merged-cells/);
  const cell = (xml: string) => lines(`<row r="4">${xml}</row>`);
  await expectHeld(cell('<c r="A4" t="e"><v>#N/A</v></c>'), /row 4 is held by rule error-cell/);
  await expectHeld(cell('<c r="A4"><f>B4</f></c>'), /row 4 is held by rule formula-without-value/);
  await expectHeld(cell('<c r="A4" s="1"><v>60</v></c>'), /row 4 is held by rule no-such-date/);
  await expectHeld(
    lines(row(2, 'a1', '1', 'ICD10CM', 'pdx', 'I10', 'I10', 'SECRET')),
    /row 2 is held by rule too-many-columns/,
  );
  await expectHeld({ sheets: { audit_code: { rows: '' } } }, /sheet audit_code is held by rule empty/);
  await expectHeld({ sheets: { audit_code: { rows: row(1, ...header, 'LINE') } } }, /rule twin-column/);
  await expectHeld({ sheets: { audit_code: { rows: row(1, ...header, 'note') } } }, /undeclared `note`/);
  await expectHeld(
    { sheets: { audit_code: { rows: row(1, ...header, null, 'role2') } } },
    /undeclared one without a name, `role2`/,
  );
  // Rows nested where none belong: the two counts part.
  await expectHeld(
    {
      sheets: {
        audit_code: {
          rows: `${row(1, ...header)}<row r="2"><c r="A2"><v>1</v></c><row r="3"><c r="A3"><v>1</v></c></row></row>`,
        },
      },
    },
    /rule records-reconcile/,
  );
});

test('a workbook with a definition of entities is none', async () => {
  const parts = unzipSync(workbookFile(good));
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!);
  const bomb = { ...parts, 'xl/worksheets/sheet1.xml': strToU8(`<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheet}`) };
  await expectHeld(zipSync(bomb), /rule no-workbook/);
});

test('a workbook may come gzipped, and lands once', async () => {
  const landing = new Landing({ format: 'xlsx', contract: 'audit_code' });
  landing.write('extract/codes.xlsx.gz', gzipSync(workbookFile(good)));
  expect((await landing.runOne()).status).toBe('landed');
  expect((await landing.runOne()).status).toBe('unchanged');
});
