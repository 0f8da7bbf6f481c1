import { expect, test } from 'vitest';
import { readCodeTable, tableRows } from '../../etl/code-table/code-table.ts';
import { codeTables } from '../../etl/raw/code-table.ts';
import type { CodeTableKind } from '../../etl/code-table/kind.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
import { tablesIn } from '../etl/code-table/files.ts';
import { sharedData } from '../support/shared-data.ts';

const icd10 = sharedData('icd10');
const msDrg = sharedData('ms-drg');
const given = {
  icd10cm: `${icd10}/icd10cm_validity_dates.csv.gz`,
  icd10pcs: `${icd10}/icd10pcs_validity_fy2016_2026.csv.gz`,
  poa_exempt: `${icd10}/poa_exempt_fy2016_2026.csv.gz`,
  cc: `${msDrg}/cc_list_v41.1.csv`,
  mcc: `${msDrg}/mcc_list_v41.1.csv`,
  ccsr: sharedData('ccsr', 'dxccsr_v2023_1.csv.gz') ?? '',
  ms_drg: [`${msDrg}/msdrg_v41.1.csv`, `${msDrg}/msdrg_fy2021_table5.csv`],
  mce: [sharedData('mce', 'MCE_Simple_Code_Edits_v37.txt') ?? '', sharedData('mce', 'MCE_code_edits_v41.1.csv') ?? ''],
};

test.skipIf(icd10 === null || msDrg === null)('the published tables have the rows they are known to have', async () => {
  const workspace = tablesIn({}, given);
  const { connection, close } = await openBuilder(null);
  for (const { name, query } of await codeTables(workspace, 'build'))
    await connection.run(`create table ${name} as ${query}`);
  const count = async (sql: string): Promise<unknown> =>
    (await readRows(connection, `select count(*) as n from ${sql}`))[0]?.n;
  const billable = (day: string): string =>
    `icd10cm_code where is_billable and valid_from <= date '${day}' and coalesce(valid_to, date '9999-12-31') > date '${day}'`;
  expect(await count(billable('2023-10-01'))).toBe(74_044);
  expect(await count(billable('2024-10-01'))).toBe(74_260);
  expect(await count(billable('2025-10-01'))).toBe(74_719);
  expect(await count('icd10cm_code')).toBe(99_245);
  expect(await count(`cc_code where level = 'CC'`)).toBe(14_885);
  expect(await count(`cc_code where level = 'MCC'`)).toBe(3_330);
  expect(await count('ccsr_code')).toBe(74_549);
  expect(await count(`poa_exempt where valid_from <= date '2025-10-01' and valid_to > date '2025-10-01'`)).toBe(38_349);
  expect(await count(`ms_drg where version = '38' and relative_weight is not null`)).toBe(767);
  // DRGs whose title names CC or MCC all belong to a base that splits.
  expect(await count(`ms_drg where version = '41.1' and split is not null and base_drg is null`)).toBe(0);
  expect(await count(`ms_drg where version = '41.1' and split is not null`)).toBe(692);
  expect(await count(`mce_code where version = '37'`)).toBe(14_153);
  expect(await count(`mce_code where version = '41.1' and edit = 4`)).toBe(854 + 2543 + 125 + 42);
  await close();
});

test.skipIf(icd10 === null)(
  'order files agree with the list of validity, and the POA text with the list by year',
  async () => {
    const difference = async (
      kind: CodeTableKind,
      one: string,
      other: string,
      day: string,
      columns = 'code, is_billable, title',
    ): Promise<unknown> => {
      const { connection, close } = await openBuilder(null);
      const rows = async (file: string): Promise<string> => {
        const table = await readCodeTable(tablesIn({}, { [kind]: `${icd10}/${file}` }), kind);
        await connection.run(`create or replace table t${file.length} as ${tableRows(table)}`);
        return `select ${columns} from t${file.length} where valid_from <= date '${day}' and coalesce(valid_to, date '9999-12-31') > date '${day}'`;
      };
      const [a, b] = [await rows(one), await rows(other)];
      const [found] = await readRows(
        connection,
        `select (select count(*) from (${a} except ${b})) + (select count(*) from (${b} except ${a})) as n, (select count(*) from (${a})) as of`,
      );
      await close();
      return found;
    };
    // The list has the latest titles: 45 of those of fiscal year 2025 were worded otherwise.
    const list = 'icd10cm_validity_dates.csv.gz';
    expect(await difference('icd10cm', 'cms_2026_dx.zip', list, '2025-10-01')).toEqual({ n: 0, of: 98_186 });
    expect(await difference('icd10cm', 'cms_2025_dx.zip', list, '2024-10-01', 'code, is_billable')).toEqual({
      n: 0,
      of: 97_584,
    });
    expect(
      await difference('icd10pcs', 'cms_2026_pr.zip', 'icd10pcs_validity_fy2016_2026.csv.gz', '2025-10-01'),
    ).toEqual({ n: 0, of: 80_029 });
    expect(
      await difference('poa_exempt', 'poa_2026.zip', 'poa_exempt_fy2016_2026.csv.gz', '2025-10-01', 'code'),
    ).toEqual({
      n: 0,
      of: 38_349,
    });
  },
);
