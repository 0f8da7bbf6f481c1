import type { RawColumn } from './raw-rows.ts';

const texts = (...names: readonly string[]): readonly RawColumn[] => names.map((name) => ({ name, type: 'VARCHAR' }));

const days: readonly RawColumn[] = [
  { name: 'valid_from', type: 'DATE', describes: 'First day' },
  { name: 'valid_to', type: 'DATE', describes: 'First day on which it no longer holds; null while it does' },
];

const ages: readonly RawColumn[] = [
  { name: 'age_from', type: 'INTEGER', describes: 'Completed years, inclusive' },
  { name: 'age_to', type: 'INTEGER', describes: 'Inclusive; null for the open last group' },
];

const icd: readonly RawColumn[] = [
  { name: 'code', type: 'VARCHAR', describes: 'Without its dot' },
  ...days,
  { name: 'is_billable', type: 'BOOLEAN', describes: 'Complete; false for a header, which may not be reported' },
  { name: 'title', type: 'VARCHAR', describes: 'Official long title' },
];

/** Columns of the raw tables that `code_tables` of himsight.yaml fill. */
export const codeTableColumns: Readonly<Record<string, readonly RawColumn[]>> = {
  icd10cm_code: [
    ...icd,
    { name: 'is_unspecified', type: 'BOOLEAN', describes: 'Its official title has the word "unspecified"' },
    {
      name: 'has_specific_sibling',
      type: 'BOOLEAN',
      describes: 'Its category has a billable code that is not unspecified',
    },
  ],
  icd10pcs_code: icd,
  poa_exempt: [{ name: 'code', type: 'VARCHAR', describes: 'Without its dot' }, ...days],
  ms_drg: [
    ...texts('drg_code', 'version'),
    ...days,
    ...['relative_weight', 'gmlos', 'amlos'].map((name) => ({ name, type: 'DECIMAL(18,4)' })),
    ...texts('mdc', 'drg_type', 'title'),
    { name: 'split', type: 'VARCHAR', describes: 'How its title splits its base DRG: with_mcc, without_cc_mcc …' },
    { name: 'base_drg', type: 'VARCHAR', describes: 'Lowest DRG of its base; null where the base does not split' },
  ],
  cc_code: [...texts('code', 'level', 'version'), ...days],
  mce_code: [
    ...texts('version'),
    ...days,
    { name: 'edit', type: 'INTEGER', describes: 'Number of the edit, as in the Medicare Code Editor manual' },
    ...texts('code_kind', 'code', 'rule'),
    { name: 'age_from', type: 'INTEGER', describes: 'Years, inclusive; null where the rule is not of ages' },
    { name: 'age_to', type: 'INTEGER', describes: 'Years, inclusive' },
  ],
  ccsr_code: texts('code', 'version', 'category_ip', 'category_op', 'title_ip', 'title_op'),
  site_recode: [
    { name: 'scheme', type: 'VARCHAR', describes: 'Definition of the site recode: 2008 or 2023' },
    { name: 'place', type: 'INTEGER', describes: 'Of the row in its table: the first that fits counts' },
    ...texts('recode', 'label'),
    { name: 'behaviors', type: 'VARCHAR', describes: 'Behavior codes it is for, apart by commas; null: any' },
    { name: 'year_from', type: 'INTEGER', describes: 'Of diagnosis, inclusive; null: any' },
    { name: 'year_to', type: 'INTEGER', describes: 'Of diagnosis, inclusive' },
    { name: 'axis', type: 'VARCHAR', describes: 'What the span is of: site, histology or none' },
    { name: 'side', type: 'VARCHAR', describes: 'in, or out: everything else' },
    ...texts('low', 'high'),
  ],
  standard_population: [
    ...texts('standard'),
    ...ages,
    { name: 'people', type: 'DECIMAL(18,4)', describes: 'Of the standard' },
  ],
  population: [
    { name: 'year', type: 'INTEGER' },
    ...texts('state', 'county', 'race', 'origin'),
    { name: 'sex', type: 'VARCHAR', describes: 'NAACCR code, 1 or 2' },
    ...ages,
    { name: 'people', type: 'DECIMAL(18,4)', describes: 'At the middle of the year' },
  ],
  life_table: [
    { name: 'sex', type: 'VARCHAR', describes: 'NAACCR code, 1 or 2' },
    { name: 'race', type: 'VARCHAR', describes: 'all where the table does not tell races apart' },
    { name: 'year', type: 'INTEGER' },
    { name: 'age', type: 'INTEGER', describes: 'Completed years' },
    { name: 'survival', type: 'DOUBLE', describes: 'Annual probability' },
  ],
  expected_cases: [
    { name: 'year', type: 'INTEGER', describes: 'Of diagnosis' },
    { name: 'county', type: 'VARCHAR', describes: 'FIPS code; null: all' },
    { name: 'site', type: 'VARCHAR', describes: 'ICD-O-3 category; null: all' },
    { name: 'expected', type: 'DECIMAL(18,4)', describes: 'Cases' },
    { name: 'source', type: 'VARCHAR', describes: 'Where the number comes from' },
  ],
};
