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

test.skipIf(sharedData('icd10') === null)('what an auditor puts in place of a procedure is a procedure', async () => {
  expect(
    await count(`select sibling as code from ${reference('sibling-procedure.csv')} where code_set = 'ICD10PCS'
    except select code from ${shared('icd10', 'icd10pcs_validity_fy2016_2026.csv.gz')} where billable = '1' and fy_to = '2026'`),
  ).toBe(0);
});

test.skipIf(sharedData('icd10') === null)('codes used too long, and categories, are no codes on that day', async () => {
  const lapse = reference('lapse.csv');
  const dated = shared('icd10', 'icd10cm_validity_dates.csv.gz');
  expect(
    await count(`select * from ${lapse} as lapse anti join ${dated} as dated
    on dated.code = instead and billable = '1' and valid_to_excl = "from" where kind = 'outdated'`),
  ).toBe(0);
  expect(
    await count(`select * from ${lapse} as lapse anti join ${dated} as dated
    on dated.code = instead and billable = '0' and valid_to_excl is null where kind = 'header'`),
  ).toBe(0);
});

test.skipIf(sharedData('icd10') === null)(
  'codes exempt from POA are on the list of FY 2026, and those not on it are not',
  async () => {
    const listed = `(select replace(code, '.', '') as code from ${shared('icd10', 'poa_exempt_fy2016_2026.csv.gz')} where fiscal_year = '2026')`;
    expect(await count(`select code from ${reference('poa-exempt.csv')} except select code from ${listed}`)).toBe(0);
    expect(
      await count(
        `(select code from ${used} intersect select code from ${listed}) except select code from ${reference('poa-exempt.csv')}`,
      ),
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
    await count(`select published, relative_weight::double, gmlos::double from ${reference('drg.csv')}
    except select ms_drg, relative_weight::double, gmlos::double from ${shared('ms-drg', 'msdrg_fy2021_table5.csv')}`),
  ).toBe(0);
});
