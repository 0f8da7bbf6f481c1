import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBuilder } from '../../../warehouse/open.ts';
import { literal } from '../../../warehouse/quote.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { sharedData } from '../../support/shared-data.ts';

const reference = (name: string): string =>
  `read_csv(${literal(join(import.meta.dirname, '../../../etl/demo/reference', name))}, all_varchar = true)`;
const shared = (...path: string[]): string => `read_csv(${literal(sharedData(...path) ?? '')}, all_varchar = true)`;
const used = `(select unnest(string_split(dx, ' ')) as code from ${reference('case-mix.csv')}
  union select unnest(string_split(codes, ' ')) from ${reference('comorbidity.csv')}
  union select code from ${reference('sibling.csv')} union select sibling from ${reference('sibling.csv')}
  union select code from ${reference('omitted.csv')})`;

const count = async (sql: string): Promise<number> => {
  const { connection, close } = await openBuilder(null);
  const [row] = await readRows(connection, `select count(*) as count from (${sql})`);
  await close();
  return Number(row?.count);
};

test.skipIf(sharedData('icd10') === null)(
  'every diagnosis is billable through the whole window, every procedure valid',
  async () => {
    expect(
      await count(`select code from ${used} except select code from ${shared('icd10', 'icd10cm_validity_dates.csv.gz')}
    where billable = '1' and valid_from <= '2024-10-01' and coalesce(valid_to_excl, '9999') > '2026-08-31'`),
    ).toBe(0);
    expect(
      await count(`select unnest(string_split(px, ' ')) as code from ${reference('case-mix.csv')} where px is not null
    except select code from ${shared('icd10', 'icd10pcs_validity_fy2016_2026.csv.gz')} where billable = '1' and fy_to = '2026'`),
    ).toBe(0);
  },
);

test.skipIf(sharedData('ms-drg') === null)('CC levels and DRG weights are the published ones', async () => {
  const levels = `(select replace(icd_code, '.', '') as code, dx_type from ${shared('ms-drg', 'cc_list_v41.1.csv')}
    union all select replace(icd_code, '.', ''), dx_type from ${shared('ms-drg', 'mcc_list_v41.1.csv')})`;
  expect(
    await count(`select code from (select unnest(string_split(codes, ' ')) as code, cc_level from ${reference('comorbidity.csv')})
    left join ${levels} using (code) where cc_level <> coalesce(dx_type, 'N')`),
  ).toBe(0);
  expect(
    await count(`select drg, relative_weight::double, gmlos::double from ${reference('drg.csv')}
    except select ms_drg, relative_weight::double, gmlos::double from ${shared('ms-drg', 'msdrg_fy2021_table5.csv')}`),
  ).toBe(0);
});
