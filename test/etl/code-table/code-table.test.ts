import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCodeTable } from '../../../etl/code-table/code-table.ts';
import { drgTitle, baseDrgs } from '../../../etl/code-table/drg-title.ts';
import { describeCodeTable } from '../../../etl/code-table/describe.ts';
import { fiscalYearEnd, fiscalYearOf, versionIn, versionStart } from '../../../etl/code-table/calendar.ts';
import { codeTables } from '../../../etl/raw/code-table.ts';
import { openBuilder } from '../../../warehouse/open.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { orderLine, rowsOf, tablesIn, zipOf } from './files.ts';

/** Made-up order files in the published format. */
const order = (...codes: readonly (readonly [string, 0 | 1, string])[]): string =>
  codes.map(([code, billable, title], i) => orderLine(i + 1, code, billable, title)).join('');
const order2025 = order(
  ['A00', 0, 'Made-up'],
  ['A000', 1, 'Made-up, first'],
  ['A009', 1, 'Made-up, unspecified'],
  ['B880', 1, 'Left'],
);
const order2026 = order(
  ['A00', 0, 'Made-up'],
  ['A000', 1, 'Made-up, first'],
  ['A009', 1, 'Made-up, unspecified'],
  ['B88', 0, 'New'],
);
const april2026 = order(
  ['A00', 0, 'Made-up'],
  ['A000', 1, 'Made-up, first'],
  ['A009', 1, 'Made-up, unspecified'],
  ['B880', 1, 'Back'],
);

const days = 'code, valid_from::varchar as since, valid_to::varchar as until';

test('order files of two years and an April update become spans, each until the next takes its place', async () => {
  const workspace = tablesIn(
    {
      'dx2025.zip': zipOf({ 'icd10cm_order_addenda_2025.txt': 'no', 'sub/icd10cm_order_2025.txt': order2025 }),
      'icd10cm_order_2026.txt': order2026,
      'april.zip': zipOf({ 'icd10cm_order_2026.txt': april2026 }),
    },
    { icd10cm: ['dx2025.zip', { file: 'april.zip', valid_from: '2026-04-01' }, 'icd10cm_order_2026.txt'] },
  );
  expect(
    await rowsOf(
      workspace,
      'icd10cm',
      `select ${days}, is_billable as billable from code_table where code like 'B%' order by 2`,
    ),
  ).toEqual([
    { code: 'B880', since: '2024-10-01', until: '2025-10-01', billable: true },
    { code: 'B88', since: '2025-10-01', until: '2026-04-01', billable: false },
    { code: 'B880', since: '2026-04-01', until: '2026-10-01', billable: true },
  ]);
  expect(
    await rowsOf(
      workspace,
      'icd10cm',
      `select code, is_unspecified as un, has_specific_sibling as sibling from code_table where valid_from = '2024-10-01' order by 1`,
    ),
  ).toEqual([
    { code: 'A00', un: false, sibling: true },
    { code: 'A000', un: false, sibling: true },
    { code: 'A009', un: true, sibling: true },
    { code: 'B880', un: false, sibling: true },
  ]);
  expect(await describeCodeTable(await readCodeTable(workspace, 'icd10cm'))).toBe(
    '12 rows of 3 files, valid from 2024-10-01 to 2026-09-30',
  );
});

test('a file is converted once for its content, and again when it changed', async () => {
  const files = { 'icd10cm_order_2026.txt': order2026 };
  const workspace = tablesIn(files, { icd10cm: 'icd10cm_order_2026.txt' });
  const first = await readCodeTable(workspace, 'icd10cm');
  const made = statSync(first.parts[0]!.parquet).mtimeMs;
  const second = await readCodeTable(workspace, 'icd10cm');
  expect(second).toEqual(first);
  expect(statSync(second.parts[0]!.parquet).mtimeMs).toBe(made);
  const changed = tablesIn({ 'icd10cm_order_2026.txt': april2026 }, { icd10cm: 'icd10cm_order_2026.txt' });
  expect((await readCodeTable(changed, 'icd10cm')).fingerprint).not.toBe(first.fingerprint);
  const later = {
    ...workspace,
    config: { sources: [], code_tables: { icd10cm: { file: 'icd10cm_order_2026.txt', valid_to: '2026-04-01' } } },
  };
  expect((await readCodeTable(later, 'icd10cm')).fingerprint).not.toBe(first.fingerprint);
  expect(readdirSync(join(workspace.dataFolder, 'code_table'))).toHaveLength(1);
});

test('lists with validity: days as given, fiscal years to the end of the last', async () => {
  const workspace = tablesIn(
    {
      'cm.csv':
        'code,valid_from,valid_to_excl,billable,short_desc,long_desc\nA000,2015-10-01,2025-10-01,1,x,"Made-up, with comma"\nA000,2025-10-01,,0,x,Made-up\n',
      'pcs.csv': 'code,fy_from,fy_to,billable,short_desc,long_desc\n0016070,2016,2026,1,x,Made-up\n',
      'poa.csv': 'fiscal_year,code\n2016,B90.0\n2017,B900\n2019,B900\n',
    },
    { icd10cm: { file: 'cm.csv', valid_from: '2020-10-01' }, icd10pcs: 'pcs.csv', poa_exempt: 'poa.csv' },
  );
  expect(await rowsOf(workspace, 'icd10cm', `select ${days}, title from code_table order by 2`)).toEqual([
    { code: 'A000', since: '2020-10-01', until: '2025-10-01', title: 'Made-up, with comma' },
    { code: 'A000', since: '2025-10-01', until: null, title: 'Made-up' },
  ]);
  expect(await rowsOf(workspace, 'icd10pcs', `select ${days} from code_table`)).toEqual([
    { code: '0016070', since: '2015-10-01', until: '2026-10-01' },
  ]);
  expect(await rowsOf(workspace, 'poa_exempt', `select ${days} from code_table order by 2`)).toEqual([
    { code: 'B900', since: '2015-10-01', until: '2017-10-01' },
    { code: 'B900', since: '2018-10-01', until: '2019-10-01' },
  ]);
});

test('POA-exempt text of CMS from its zip, its year read off its name', async () => {
  const archive = zipOf({
    'POAexemptAddCodesFY26.txt': 'Order26\tPOAexemptCode\tDescription\r\n',
    'POAexemptCodesFY26.txt': 'Order26\tPOAexemptCode\tDescription\r\n01238\tB90.0\tMade-up\r\n',
  });
  const workspace = tablesIn({ 'poa.zip': archive }, { poa_exempt: 'poa.zip' });
  expect(await rowsOf(workspace, 'poa_exempt', `select ${days} from code_table`)).toEqual([
    { code: 'B900', since: '2025-10-01', until: '2026-10-01' },
  ]);
});

test('table 5 as CMS prints it, titles above and notes below', async () => {
  const table5 = [
    'TABLE 5.-LIST OF MADE-UP MS-DRGS\t\t\t\t\t\t\t\t',
    'MS-DRG\tPost-Acute DRG\tSpecial Pay DRG\tMDC\tTYPE\tMS-DRG Title\tWeights\tGeometric mean LOS\tArithmetic mean LOS',
    '1\tNo\tNo\tPRE\tSURG\tMADE-UP WITH MCC\t28.9651\t30.2\t39.2',
    '280\tYes\tNo\t05\tMED\tINFARCTION WITH MCC OR MADE-UP\t"1.6"\t4.0\t5.1',
    '282\tYes\tNo\t05\tMED\tINFARCTION WITHOUT CC/MCC\t0.7\t1.0\t2.1',
    '998\tNo\tNo\t\t**\tUNGROUPABLE\t*\t*\t*',
    'Notes: made up',
  ].join('\r\n');
  const workspace = tablesIn({ 'Table 5.txt': table5 }, { ms_drg: { file: 'Table 5.txt', version: '42' } });
  expect(
    await rowsOf(
      workspace,
      'ms_drg',
      'select drg_code, relative_weight as weight, mdc, drg_type, split, base_drg, version, valid_from::varchar as since from code_table order by 1',
    ),
  ).toEqual([
    {
      drg_code: '001',
      weight: 28.9651,
      mdc: null,
      drg_type: 'surgical',
      split: 'with_mcc',
      base_drg: null,
      version: '42',
      since: '2024-10-01',
    },
    {
      drg_code: '280',
      weight: 1.6,
      mdc: '05',
      drg_type: 'medical',
      split: 'with_mcc',
      base_drg: '280',
      version: '42',
      since: '2024-10-01',
    },
    {
      drg_code: '282',
      weight: 0.7,
      mdc: '05',
      drg_type: 'medical',
      split: 'without_cc_mcc',
      base_drg: '280',
      version: '42',
      since: '2024-10-01',
    },
    {
      drg_code: '998',
      weight: null,
      mdc: null,
      drg_type: null,
      split: null,
      base_drg: null,
      version: '42',
      since: '2024-10-01',
    },
  ]);
});

test('CC and MCC lists, Medicare Code Editor lists in both shapes, CCSR', async () => {
  const workspace = tablesIn(
    {
      'cc_v41.1.csv': 'icd_code,icd_description,dx_type\nA00.0,Made-up,CC\n',
      'mce_v37.txt':
        'MCE_Version\tICD_Version\tMCE_Section\tMCE_Subsection\tMCE_Edit_Type\tICD_Code_Type\tICD_Code\tICD_Desc\n37\t10\t4\tC\tMaternity_Only\tD\tO80\tMade-up\n37\t10\t11\tF\tNoncovered_Over60\tP\t0016070\tMade-up\n',
      'mce_v41.1.csv':
        'icd_code,icd_description,icd_conflict_group,icd_conflict_rule\nA33,Made-up,Age,Perinatal/Newborn (Age 0 Only)\nO80,Made-up,Age,Maternity (Ages 12-55)\nN40.0,Made-up,Sex,Male Only\n',
      'dxccsr_v2023_1.csv':
        "'ICD-10-CM CODE','x','Default CCSR CATEGORY IP','Default CCSR CATEGORY DESCRIPTION IP','Default CCSR CATEGORY OP','Default CCSR CATEGORY DESCRIPTION OP'\n'A000',x,'DIG001',Made-up,'DIG001',Made-up\n".replace(
          /^'|','|'\n/g,
          (quote) => quote.replaceAll("'", ''),
        ),
    },
    { cc: 'cc_v41.1.csv', mce: ['mce_v41.1.csv', 'mce_v37.txt'], ccsr: 'dxccsr_v2023_1.csv' },
  );
  expect(await rowsOf(workspace, 'cc', `select ${days}, level, version from code_table`)).toEqual([
    { code: 'A000', since: '2024-04-01', until: '2024-10-01', level: 'CC', version: '41.1' },
  ]);
  const edits = await rowsOf(
    workspace,
    'mce',
    'select version, edit, code_kind, code, rule, age_from, age_to from code_table order by all',
  );
  expect(edits.map((row) => Object.values(row).join(' '))).toEqual([
    '37 4 dx O80 maternity 9 64',
    '37 11 px 0016070 noncovered_over_60  ',
    '41.1 4 dx A33 newborn 0 0',
    '41.1 4 dx O80 maternity 12 55',
    '41.1 5 dx N400 male  ',
  ]);
  expect(await rowsOf(workspace, 'ccsr', 'select code, category_ip, version from code_table')).toEqual([
    { code: 'A000', category_ip: 'DIG001', version: '2023.1' },
  ]);
});

test.each([
  ['PULMONARY EMBOLISM WITH MCC OR ACUTE COR PULMONALE', 'PULMONARY EMBOLISM', 'with_mcc'],
  ['PULMONARY EMBOLISM WITHOUT  MCC', 'PULMONARY EMBOLISM', 'without_mcc'],
  ['SKIN GRAFT W CC/MCC', 'SKIN GRAFT', 'with_cc_mcc'],
  ['SKIN GRAFT W/O CC/MCC', 'SKIN GRAFT', 'without_cc_mcc'],
  ['TRACHEOSTOMY WITH MV >96 HOURS', 'TRACHEOSTOMY WITH MV >96 HOURS', null],
  [
    'BILIARY TRACT PROCEDURES WITH OR WITHOUT C.D.E. WITH CC',
    'BILIARY TRACT PROCEDURES WITH OR WITHOUT C.D.E.',
    'with_cc',
  ],
  ['CHEMOTHERAPY WITH LEUKEMIA OR WITH HIGH DOSE AGENT WITH MCC', 'CHEMOTHERAPY WITH LEUKEMIA', 'with_mcc'],
])('%s', (title, stem, split) => {
  expect(drgTitle(title)).toEqual({ stem, split });
});

test('a base splits where its stem stands with and without', () => {
  const titles = new Map([
    ['280', drgTitle('INFARCTION WITH MCC')],
    ['281', drgTitle('INFARCTION WITH CC')],
    ['282', drgTitle('INFARCTION WITHOUT CC/MCC')],
    ['837', drgTitle('ALONE WITH MCC')],
  ]);
  expect([...baseDrgs(titles)]).toEqual([
    ['280', '280'],
    ['281', '280'],
    ['282', '280'],
    ['837', null],
  ]);
});

test('fiscal years and versions', () => {
  expect([fiscalYearOf('2025-09-30'), fiscalYearOf('2025-10-01')]).toEqual([2025, 2026]);
  expect([fiscalYearEnd('2025-10-01'), fiscalYearEnd('2026-04-01'), fiscalYearEnd('2026-09-30')]).toEqual([
    '2026-10-01',
    '2026-10-01',
    '2026-10-01',
  ]);
  expect([versionStart('42'), versionStart('41.1'), versionStart('x')]).toEqual(['2024-10-01', '2024-04-01', null]);
  expect([versionIn('msdrg_v41.1.csv'), versionIn('list_V37.txt'), versionIn('table5.csv')]).toEqual([
    '41.1',
    '37',
    null,
  ]);
});

test('weights and titles of one version come together from two files', async () => {
  const workspace = tablesIn(
    {
      'weights.csv': 'ms_drg,relative_weight,title_26char\n280,1.6,INFARCTION WITH MC\n282,0.7,INFARCTION WITHOU\n',
      'titles.csv':
        'drg,mdc,drg_abb,drg_description\n280,5,M,INFARCTION WITH MCC\n282,05,M,INFARCTION WITHOUT CC/MCC\n',
    },
    {
      ms_drg: [
        { file: 'weights.csv', version: '42' },
        { file: 'titles.csv', version: 'v42.0' },
      ],
    },
  );
  const raw = (await codeTables(workspace, 'build')).find(({ name }) => name === 'ms_drg')!;
  const { connection, close } = await openBuilder(null);
  const found = await readRows(
    connection,
    `select drg_code, version, relative_weight as weight, mdc, drg_type, title, split, base_drg from (${raw.query}) order by 1`,
  );
  await close();
  expect(found.map((row) => Object.values(row).join(' | '))).toEqual([
    '280 | 42 | 1.6 | 05 | medical | INFARCTION WITH MCC | with_mcc | 280',
    '282 | 42 | 0.7 | 05 | medical | INFARCTION WITHOUT CC/MCC | without_cc_mcc | 280',
  ]);
});
