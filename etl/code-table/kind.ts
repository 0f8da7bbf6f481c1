import type { Member } from './archive.ts';
import { ccList } from './cc-list.ts';
import { ccsr } from './ccsr.ts';
import { expectedCases } from './expected-cases.ts';
import { lifeTable } from './life-table.ts';
import { mceList } from './mce-list.ts';
import { msDrg } from './ms-drg.ts';
import { orderFile } from './order-file.ts';
import type { Parser, PublishedText } from './parsed-table.ts';
import { poaExempt } from './poa-exempt.ts';
import { population } from './population.ts';
import { siteRecode } from './site-recode.ts';
import { standardPopulation } from './standard-population.ts';
import { validityList } from './validity-list.ts';

/** Keys of `code_tables` in himsight.yaml; the last is one of `registry` there, as no program publishes it. */
export const codeTableKinds = [
  ...(['icd10cm', 'icd10pcs', 'poa_exempt', 'ms_drg', 'cc', 'mcc', 'mce', 'ccsr'] as const),
  ...(['site_recode_2008', 'site_recode_2023', 'standard_population', 'population', 'life_table'] as const),
  'expected_cases',
] as const;
export type CodeTableKind = (typeof codeTableKinds)[number];

/** Kinds that a cancer registry's statistics need, and nothing else. */
export const registryKinds: readonly CodeTableKind[] = [
  ...(['site_recode_2008', 'site_recode_2023', 'standard_population', 'population', 'life_table'] as const),
  'expected_cases',
];

/** Kinds whose tables hold whatever the day. */
export const undatedKinds: readonly CodeTableKind[] = ['ccsr', ...registryKinds];

/** Kinds of which one file is the whole. */
export const singleKinds: readonly CodeTableKind[] = ['ccsr', 'site_recode_2008', 'site_recode_2023'];

/** How files of one kind are read. */
export interface Kind {
  readonly member: Member;
  readonly parse: Parser;
  /** Columns that must be the same for two rows to say the same thing of overlapping days. */
  readonly key: readonly string[];
}

/** An order file opens with its order number, a list of codes with a header. */
const icd = (kind: 'icd10cm' | 'icd10pcs'): Parser => {
  const [order, list] = [orderFile(kind), validityList(kind)];
  return (file: PublishedText) => (/^\uFEFF?\s*code\b/i.test(file.text) ? list(file) : order(file));
};

/** Every kind there is. */
export const kinds: Readonly<Record<CodeTableKind, Kind>> = {
  icd10cm: {
    member: { pattern: /^icd10cm[-_]order(?!.*addend).*\.txt$/i, example: 'icd10cm_order_2026.txt' },
    parse: icd('icd10cm'),
    key: ['code'],
  },
  icd10pcs: {
    member: { pattern: /^icd10pcs[-_]order(?!.*addend).*\.txt$/i, example: 'icd10pcs_order_2026.txt' },
    parse: icd('icd10pcs'),
    key: ['code'],
  },
  poa_exempt: {
    member: { pattern: /^POAexemptCodes.*\.txt$/i, example: 'POAexemptCodesFY26.txt' },
    parse: poaExempt,
    key: ['code'],
  },
  ms_drg: {
    member: { pattern: /table[ _-]?5.*\.(txt|csv)$/i, example: 'CMS-1808-F Table 5.txt' },
    parse: msDrg,
    key: ['drg_code'],
  },
  cc: {
    member: { pattern: /table[ _-]?6j.*\.(txt|csv)$/i, example: 'Table 6J.txt' },
    parse: ccList('cc'),
    key: ['code'],
  },
  mcc: {
    member: { pattern: /table[ _-]?6i.*\.(txt|csv)$/i, example: 'Table 6I.txt' },
    parse: ccList('mcc'),
    key: ['code'],
  },
  mce: {
    member: { pattern: /mce.*\.(txt|csv)$/i, example: 'MCE_Simple_Code_Edits_v37.txt' },
    parse: mceList,
    key: ['edit', 'code_kind', 'code', 'rule'],
  },
  ccsr: {
    member: { pattern: /dxccsr.*\.csv$/i, example: 'DXCCSR_v2025-1.csv' },
    parse: ccsr,
    key: ['code'],
  },
  site_recode_2008: {
    member: { pattern: /site[-_]?recode.*2008.*\.csv$/i, example: 'site-recode-data-2008.csv' },
    parse: siteRecode('2008'),
    key: ['scheme', 'place', 'axis', 'low'],
  },
  site_recode_2023: {
    member: { pattern: /site[-_]?recode.*2023.*\.csv$/i, example: 'site-recode-data-2023.csv' },
    parse: siteRecode('2023'),
    key: ['scheme', 'place', 'axis', 'low'],
  },
  standard_population: {
    member: { pattern: /(std|standard|pop).*\.csv$/i, example: 'standard-populations.csv' },
    parse: standardPopulation,
    key: ['standard', 'age_from'],
  },
  population: {
    member: { pattern: /pop.*\.csv$/i, example: 'population.csv' },
    parse: population,
    key: ['year', 'state', 'county', 'race', 'origin', 'sex', 'age_from'],
  },
  life_table: {
    member: { pattern: /(life|surv).*\.csv$/i, example: 'life-table.csv' },
    parse: lifeTable,
    key: ['sex', 'race', 'year', 'age'],
  },
  expected_cases: {
    member: { pattern: /expected.*\.csv$/i, example: 'expected-cases.csv' },
    parse: expectedCases,
    key: ['year', 'county', 'site'],
  },
};
