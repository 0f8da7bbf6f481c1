import type { Reader } from '../../../../warehouse/open.ts';
import { cancerSurvival, type CancerSurvivalAnswer } from '../../../../warehouse/query/registry/cancer-survival.ts';
import { rates, type RatesAnswer } from '../../../../warehouse/query/registry/rates.ts';
import { readRatesView } from '../../../../warehouse/query/registry/rates-view.ts';
import { readCancerSurvivalView } from '../../../../warehouse/query/registry/survival-view.ts';
import { tableToRows, type JsonRow } from '../../../../warehouse/query/text-formats.ts';
import { buildInMemory, createTable, type MemoryWarehouse } from '../../../support/warehouse.ts';
import { memoryReader } from '../memory-reader.ts';

/** Counts as `mart.incidence_count` has them; what is not given is the same for all. */
export interface Count {
  readonly year?: number | null;
  readonly state?: string | null;
  readonly county?: string | null;
  readonly sex?: string | null;
  readonly race?: string | null;
  readonly age: number | null;
  readonly site?: string | null;
  readonly behavior?: string;
  readonly recode?: string;
  readonly n: number;
}

/** Cases as `mart.survival_case` has them. */
export interface Watched {
  readonly months: number | null;
  readonly dead?: boolean;
  readonly year?: number;
  readonly month?: number;
  readonly age?: number;
  readonly sex?: string;
  readonly race?: string | null;
  readonly site?: string;
  readonly stage?: string | null;
  readonly first?: boolean;
  readonly excluded?: string | null;
  readonly presumed?: number;
}

/** A release in memory with configured tables drawn as text, its counts and cases put in as they are. */
export interface SmallRegistry {
  readonly reader: Reader;
  readonly rates: (view: object) => Promise<RatesAnswer & { readonly rows: readonly JsonRow[] }>;
  readonly survival: (view: object) => Promise<CancerSurvivalAnswer & { readonly rows: readonly JsonRow[] }>;
}

const text = (value: string | null | undefined): string =>
  value === null || value === undefined ? 'null' : `'${value}'`;
const plain = (value: number | null | undefined): string => String(value ?? 'null');

/** Configured tables, by the relation they come to. */
const tables = ['population', 'standard_population', 'life_table'] as const;
const refilled = [...tables.map((table) => `core.${table}`), 'mart.incidence_count', 'mart.survival_case'];

let built: Promise<MemoryWarehouse> | undefined;

/** The registry drawn, in the one warehouse of a test file: the one drawn before it is gone. */
export const smallRegistry = async (
  raw: Readonly<Partial<Record<(typeof tables)[number], string>>>,
  counts: readonly Count[] = [],
  watched: readonly Watched[] = [],
): Promise<SmallRegistry> => {
  const { connection, compiled } = await (built ??= buildInMemory({ raw: {} }));
  for (const relation of refilled) await connection.run(`delete from ${relation}`);
  for (const table of tables) if (raw[table] !== undefined) await createTable(connection, `core.${table}`, raw[table]);
  const insert = (relation: string, columns: string, rows: readonly string[]) =>
    rows.length === 0 ? null : connection.run(`insert into ${relation} (${columns}) values ${rows.join(', ')}`);
  await insert(
    'mart.incidence_count',
    'diagnosis_year, state, county, sex, race_group, age, site_recode_2023, behavior, behavior_recode, case_count',
    counts.map(
      ({ year = 2020, state, county, sex = '1', race, age, site, behavior = '3', recode = '3', n }) =>
        `(${plain(year)}, ${[state, county, sex, race].map(text).join(', ')}, ${plain(age)}, ${[site, behavior, recode].map(text).join(', ')}, ${n})`,
    ),
  );
  await insert(
    'mart.survival_case',
    `patient_key, diagnosis_year, diagnosis_month, site_recode_2023, age, sex, race_group, summary_stage, is_first, is_dead,
     survival_months, survival_months_presumed_alive, excluded, excluded_presumed_alive`,
    watched.map(
      (
        { months, dead = false, year = 2010, month = 1, age = 60, sex = '1', race, site, stage, first = true, ...one },
        i,
      ) =>
        `('p${i}', ${year}, ${month}, ${text(site)}, ${age}, ${[sex, race, stage].map(text).join(', ')}, ${first}, ${dead},
          ${plain(months)}, ${plain(one.presumed ?? months)}, ${text(one.excluded)}, null)`,
    ),
  );
  const basis = compiled.models.find(({ model }) => model.name === 'mart.registry_basis')!;
  await connection.run('delete from mart.registry_basis');
  await connection.run(`insert into mart.registry_basis ${basis.model.sql}`);
  const reader = await memoryReader(connection);
  const withRows = <T extends { readonly table: Parameters<typeof tableToRows>[0] }>(answer: T) => ({
    ...answer,
    rows: tableToRows(answer.table),
  });
  return {
    reader,
    rates: async (view) => withRows(await rates(reader, readRatesView(view))),
    survival: async (view) => withRows(await cancerSurvival(reader, readCancerSurvivalView(view))),
  };
};
