import { expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { readCodeTable } from '../../../etl/code-table/code-table.ts';
import { codeTables } from '../../../etl/raw/code-table.ts';
import type { CodeTableKind } from '../../../etl/code-table/kind.ts';
import type { CodeTablesConfig } from '../../../etl/workspace/config.ts';
import { UserError } from '../../../warehouse/error.ts';
import { orderLine, tablesIn, zipOf } from './files.ts';

const good = orderLine(1, 'A00', 0, 'Made-up') + orderLine(2, 'A000', 1, 'Made-up');
const pcs = orderLine(1, '001', 0, 'Made-up') + orderLine(2, '0016070', 1, 'Made-up');
const header = 'code,valid_from,valid_to_excl,billable,long_desc';
const archive = zipOf({ 'icd10cm_order_2026.txt': good });
const damaged = Buffer.from(archive);
damaged[60] = (damaged[60] ?? 0) ^ 0xff;

const bad: readonly (readonly [
  string,
  CodeTableKind,
  Readonly<Record<string, string | Buffer>>,
  CodeTablesConfig,
  RegExp,
])[] = [
  ['0 bytes', 'icd10cm', { 'a.txt': '' }, 'a.txt', /a\.txt is empty \(0 bytes\)/],
  ['no such file', 'icd10cm', {}, 'a.txt', /`code_tables\.icd10cm`: a\.txt cannot be read/],
  [
    'a zip broken off',
    'icd10cm',
    { 'a.zip': archive.subarray(0, 90) },
    'a.zip',
    /a\.zip cannot be unpacked: it is broken off or damaged/,
  ],
  ['a damaged zip', 'icd10cm', { 'a.zip': damaged }, 'a.zip', /a\.zip cannot be unpacked: it is broken off or damaged/],
  ['a gzip broken off', 'icd10cm', { 'a.gz': gzipSync(good).subarray(0, 30) }, 'a.gz', /a\.gz cannot be unpacked/],
  [
    'a zip of something else',
    'icd10cm',
    { 'a.zip': zipOf({ 'icd10pcs_order_2026.txt': pcs }) },
    'a.zip',
    /holds no file such as icd10cm_order_2026\.txt; in it are icd10pcs_order_2026\.txt/,
  ],
  [
    'two order files in one zip',
    'icd10cm',
    { 'a.zip': zipOf({ 'icd10cm_order_2025.txt': good, 'icd10cm_order_2026.txt': good }) },
    'a.zip',
    /holds 2 files such as/,
  ],
  ['a spreadsheet', 'icd10cm', { 'a.xls': Buffer.from([0xd0, 0xcf, 0, 0]) }, 'a.xls', /is no text file/],
  [
    'procedures for diagnoses',
    'icd10cm',
    { 'icd10pcs_order_2026.txt': pcs },
    'icd10pcs_order_2026.txt',
    /:1: no code of ICD-10-CM; this looks like the order file of ICD-10-PCS/,
  ],
  [
    'diagnoses for procedures',
    'icd10pcs',
    { 'icd10cm_order_2026.txt': good },
    'icd10cm_order_2026.txt',
    /:2: no code of ICD-10-PCS; this looks like the order file of ICD-10-CM/,
  ],
  [
    'the codes file',
    'icd10cm',
    { 'icd10cm_codes_2026.txt': 'A000    Made-up\r\n' },
    'icd10cm_codes_2026.txt',
    /:1: no line of a CMS order file/,
  ],
  [
    'lines missing',
    'icd10cm',
    { 'icd10cm_order_2026.txt': good + orderLine(4, 'A001', 1, 'Made-up') },
    'icd10cm_order_2026.txt',
    /:3: order number 4 where 3 is due/,
  ],
  ['a year nobody told', 'icd10cm', { 'order.txt': good }, 'order.txt', /order\.txt does not tell from when it holds/],
  [
    'an end before the beginning',
    'icd10cm',
    { 'icd10cm_order_2026.txt': good },
    { file: 'icd10cm_order_2026.txt', valid_to: '2025-10-01' },
    /valid_to is not after valid_from/,
  ],
  [
    'two versions on one day',
    'icd10cm',
    { 'a_2026.txt': good, 'b_2026.txt': good },
    ['a_2026.txt', 'b_2026.txt'],
    /both hold from 2025-10-01: two versions on one day/,
  ],
  [
    'spans that overlap',
    'icd10cm',
    { 'a.csv': `${header}\nA000,2024-10-01,2025-10-02,1,x\nA000,2025-10-01,,1,x\n` },
    'a.csv',
    /1 codes hold twice on one day, in a\.csv/,
  ],
  [
    'a list and an order file of the same days',
    'icd10cm',
    { 'a.csv': `${header}\nA000,2024-10-01,,1,x\n`, 'b_2026.txt': good },
    ['a.csv', 'b_2026.txt'],
    /1 codes hold twice on one day/,
  ],
  [
    'a code that ends before it begins',
    'icd10cm',
    { 'a.csv': `${header}\nA000,2024-10-01,2024-10-01,1,x\n` },
    'a.csv',
    /a\.csv:2: the code ends before it begins/,
  ],
  [
    'a day that is none',
    'icd10cm',
    { 'a.csv': `${header}\nA000,October,,1,x\n` },
    'a.csv',
    /a\.csv:2: no valid_from or valid_to/,
  ],
  [
    'a line broken off',
    'icd10cm',
    { 'a.csv': `${header}\nA000,2024-10-01\n` },
    'a.csv',
    /a\.csv:2: 2 columns where the header has 5/,
  ],
  [
    'weights of no version',
    'ms_drg',
    { 'table5.csv': 'ms_drg,relative_weight\n001,1\n' },
    'table5.csv',
    /does not tell of which version it is/,
  ],
  [
    'a weight that is none',
    'ms_drg',
    { 'fy2021.csv': 'ms_drg,relative_weight\n001,heavy\n' },
    'fy2021.csv',
    /fy2021\.csv:2: a weight or length of stay is no number/,
  ],
  [
    'a DRG twice',
    'ms_drg',
    { 'fy2021.csv': 'ms_drg,relative_weight\n001,1\n1,2\n' },
    'fy2021.csv',
    /fy2021\.csv:3: this DRG stands in the file twice/,
  ],
  [
    'two tables of weights of one version',
    'ms_drg',
    { 'a_fy2021.csv': 'ms_drg,relative_weight\n001,1\n', 'b_v38.csv': 'ms_drg,relative_weight\n001,2\n' },
    ['a_fy2021.csv', 'b_v38.csv'],
    /two versions on one day/,
  ],
  ['MCCs for CCs', 'cc', { 'v42.csv': 'icd_code,dx_type\nA000,MCC\n' }, 'v42.csv', /v42\.csv:2: this is no CC/],
  [
    'no list of the code editor',
    'mce',
    { 'v42.csv': 'a,b\n1,2\n' },
    'v42.csv',
    /v42\.csv:1: this is not a list of MCE codes/,
  ],
  ['two CCSR', 'ccsr', { 'a.csv': ccsr(), 'b.csv': ccsr() }, ['a.csv', 'b.csv'], /`code_tables\.ccsr`: 2 files/],
];

function ccsr(): string {
  const names = [
    'icd_10_cm_code',
    'default_ccsr_category_ip',
    'default_ccsr_category_description_ip',
    'default_ccsr_category_op',
    'default_ccsr_category_description_op',
  ];
  return `${names.join(',')}\nA000,DIG001,x,DIG001,x\n`;
}

test.each(bad)('%s', async (_name, kind, files, config, says) => {
  const workspace = tablesIn(files, { [kind]: config });
  const error: unknown = await readCodeTable(workspace, kind).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toMatch(says);
  expect((error as UserError).mend).toBeTruthy();
  expect((error as UserError).exitCode).toBe(2);
});

test('a code that is CC and MCC on one day', async () => {
  const files = { 'cc_v42.csv': 'icd_code\nA000\n', 'mcc_v42.csv': 'icd_code\nA000\n' };
  const workspace = tablesIn(files, { cc: 'cc_v42.csv', mcc: 'mcc_v42.csv' });
  await expect(codeTables(workspace, 'build')).rejects.toThrow(/1 codes are both CC and MCC on one day/);
});
