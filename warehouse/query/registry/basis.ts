import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reader } from '../../open.ts';
import { readRows } from '../../rows.ts';

/** Definitions of the SEER site recode. */
export const recodeSchemes = ['2008', '2023'] as const;
export type RecodeScheme = (typeof recodeSchemes)[number];

/** A value that may be asked for, and its name. */
export interface Named {
  readonly value: string;
  readonly label: string;
}

/** A configured site recode with its groups, in the order of its table. */
export interface SiteRecode {
  readonly scheme: RecodeScheme;
  readonly groups: readonly Named[];
}

/** The configured denominators; a list is null where the table does not tell its members apart. */
export interface PopulationBasis {
  readonly years: readonly number[];
  readonly states: readonly string[] | null;
  /** As they are asked for: the county's code, behind its state where there are several. */
  readonly counties: readonly string[] | null;
  readonly races: readonly string[] | null;
}

/** The configured life table. */
export interface LifeTableBasis {
  readonly races: readonly string[];
  readonly firstYear: number;
  readonly lastYear: number;
}

/** One thing that figures of a registry stand on, as `mart.registry_basis` has it: a table, a population, a cut-off. */
export interface BasisRow {
  readonly basis: string;
  readonly name: string;
  /** Null where it has no years. */
  readonly firstYear: number | null;
  readonly lastYear: number | null;
  readonly rows: number;
}

/** What rates and survival of a release can stand on, and so what may be asked of it. */
export interface RegistryBasis {
  readonly release: string;
  /** Everything there is, by kind and name. */
  readonly tables: readonly BasisRow[];
  /** NAACCR versions of the abstracts; `not told` where they carry none. */
  readonly naaccrVersions: readonly string[];
  readonly siteRecodes: readonly SiteRecode[];
  /** Names of the configured standard populations. */
  readonly standards: readonly string[];
  readonly population: PopulationBasis | null;
  readonly lifeTable: LifeTableBasis | null;
  /** Day up to which survival is counted; null where nothing says so. */
  readonly cutoff: string | null;
  /** Years of diagnosis that have cases and people. */
  readonly coveredYears: readonly number[];
  /** Cases that survival may be counted of. */
  readonly survivalCases: number;
  /** Years of diagnosis of these. */
  readonly survivalYears: readonly number[];
  /** Summary stages these have. */
  readonly stages: readonly Named[];
}

const known = new WeakMap<Reader, Promise<RegistryBasis>>();

/** Read once for each reader, then remembered. A release without the registry's models has nothing to stand on. */
export const registryBasis = (reader: Reader): Promise<RegistryBasis> => {
  let basis = known.get(reader);
  if (basis === undefined) {
    basis = readBasis(reader);
    known.set(reader, basis);
    basis.catch(() => known.delete(reader));
  }
  return basis;
};

const needed = ['mart.incidence_count', 'mart.survival_case', 'mart.registry_basis', 'core.population'];

const readBasis = async (reader: Reader): Promise<RegistryBasis> => {
  const connection = await reader.connect();
  try {
    const relations = await readRows(
      connection,
      `select table_schema || '.' || table_name as name from information_schema.tables`,
    );
    const names = new Set(relations.map(({ name }) => name));
    if (!needed.every((name) => names.has(name))) return { ...nothing, release: reader.release };
    return await readAll(connection, reader.release);
  } finally {
    connection.closeSync();
  }
};

const nothing: Omit<RegistryBasis, 'release'> = {
  tables: [],
  naaccrVersions: [],
  siteRecodes: [],
  standards: [],
  population: null,
  lifeTable: null,
  cutoff: null,
  coveredYears: [],
  survivalCases: 0,
  survivalYears: [],
  stages: [],
};

const readAll = async (connection: DuckDBConnection, release: string): Promise<RegistryBasis> => {
  const rows = (sql: string) => readRows(connection, sql);
  const column = async (sql: string): Promise<string[]> => (await rows(sql)).map(({ v }) => String(v));
  const tables = (
    await rows(
      `select basis, name, first_year, last_year, cast(row_count as double) as n
       from mart.registry_basis order by basis, name`,
    )
  ).map((row): BasisRow => ({
    ...{ basis: String(row.basis), name: String(row.name), rows: Number(row.n) },
    ...{ firstYear: row.first_year as number | null, lastYear: row.last_year as number | null },
  }));
  const namesOf = (kind: string): string[] => tables.filter(({ basis }) => basis === kind).map(({ name }) => name);
  const groups = await rows(
    `select scheme, recode, any_value(label) as label from core.site_recode_row
     group by scheme, recode order by scheme, min(place)`,
  );
  const lives = tables.filter(({ basis }) => basis === 'life_table');
  const survivors = await rows(
    `select diagnosis_year as year, count(*)::double as n from mart.survival_case
     where excluded is null group by 1 order by 1`,
  );
  return {
    release,
    tables,
    naaccrVersions: namesOf('naaccr_version'),
    siteRecodes: recodeSchemes
      .map((scheme) => ({
        scheme,
        groups: groups
          .filter((row) => row.scheme === scheme)
          .map(({ recode, label }) => ({ value: String(recode), label: String(label) })),
      }))
      .filter((recode) => recode.groups.length > 0),
    standards: namesOf('standard_population'),
    population: await populationOf(connection),
    lifeTable:
      lives.length === 0
        ? null
        : {
            races: lives.map(({ name }) => name),
            firstYear: Math.min(...lives.map((row) => Number(row.firstYear))),
            lastYear: Math.max(...lives.map((row) => Number(row.lastYear))),
          },
    cutoff: namesOf('cutoff')[0] ?? null,
    coveredYears: (
      await column(
        `select distinct diagnosis_year as v from mart.incidence_count
         where diagnosis_year in (select year from core.population) order by v`,
      )
    ).map(Number),
    survivalCases: survivors.reduce((sum, { n }) => sum + Number(n), 0),
    survivalYears: survivors.flatMap(({ year }) => (year === null ? [] : [Number(year)])),
    stages: (
      await rows(
        `select summary_stage as value, label from reference.summary_stage
         where summary_stage in (select summary_stage from mart.survival_case where excluded is null) order by 1`,
      )
    ).map(({ value, label }) => ({ value: String(value), label: String(label) })),
  };
};

const populationOf = async (connection: DuckDBConnection): Promise<PopulationBasis | null> => {
  const [told] = await readRows(
    connection,
    `select count(*)::double as n, count(state)::double as state, count(county)::double as county,
     count(race)::double as race, count(distinct state)::double as states from core.population`,
  );
  if (told === undefined || told.n === 0) return null;
  /** Told of some rows and not of others is not told apart. */
  const valuesOf = async (name: 'state' | 'county' | 'race', expression: string): Promise<string[] | null> => {
    if (told[name] !== told.n) return null;
    const found = await readRows(connection, `select distinct ${expression} as v from core.population order by v`);
    return found.map(({ v }) => String(v));
  };
  const years = await readRows(connection, 'select distinct year as v from core.population order by v');
  return {
    years: years.map(({ v }) => Number(v)),
    states: await valuesOf('state', 'state'),
    counties: await valuesOf('county', placeKey(Number(told.states) > 1 && told.state === told.n)),
    races: await valuesOf('race', 'race'),
  };
};

/** How a county is named: codes of counties repeat from state to state. */
export const placeKey = (severalStates: boolean): string => (severalStates ? `state || ' ' || county` : 'county');
