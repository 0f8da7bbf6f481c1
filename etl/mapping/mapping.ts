import { readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { shapeOf } from '../../warehouse/json-schema.ts';
import type { Contract } from '../contract/contract.ts';
import { checkedYaml, placeOf } from '../workspace/checked-yaml.ts';
import type { SourceFormat } from '../workspace/config.ts';
import { readView } from '../fhir/read-view.ts';
import type { ViewDefinition } from '../fhir/view.ts';
import { mappingProblems, unknownName } from './mapping-problems.ts';
import { resolveMapping } from './resolve-mapping.ts';

/** A mapping as written, its shape held by mapping.schema.json; what each key means stands there and in README.md. */
export interface MappingFile {
  readonly id: string;
  readonly describes: string;
  readonly reads: {
    readonly format?: SourceFormat;
    readonly view?: string;
    readonly columns: 'contract' | 'dictionary' | 'view' | readonly string[];
    readonly optional?: readonly string[];
  };
  readonly timestamps?: 'wall' | 'instant';
  readonly dates?: readonly string[];
  readonly lookups?: Readonly<Record<string, LookupFile>>;
  readonly cases?: Cases;
  readonly writes: Readonly<Record<string, WriteFile>>;
  readonly cannot_feed?: readonly string[] | { readonly all_but: readonly string[] };
}

/** One entry of `lookups`. */
export interface LookupFile {
  readonly view?: string;
  readonly key: string;
  readonly by: string;
  readonly columns: readonly string[];
  readonly only?: Condition;
  readonly first?: string;
}

/** One entry of `writes`. */
export interface WriteFile {
  readonly rows: Write['rows'];
  readonly only?: Condition;
  readonly except?: Condition;
  readonly same_name?: boolean;
  readonly columns?: Readonly<Record<string, Rule | readonly Rule[]>>;
  readonly families?: readonly Readonly<Record<string, Rule | readonly Rule[]>>[];
}

/** Source column → texts: holds for rows that have, in each of the columns, one of its texts. */
export type Condition = Readonly<Record<string, readonly string[]>>;

/** Contract column → rules, of which the first that gives a value counts. */
export type Rules = Readonly<Record<string, readonly Rule[]>>;

/** What makes a case of an event log, as source columns. */
export interface Cases {
  readonly by: string;
  /** Numbers are compared as numbers, anything else as text; ties go by `time`, then by `event`. */
  readonly order: string;
  readonly event: string;
  readonly time: string;
}

/** How source rows become rows of one contract. */
export interface Write {
  /** each: a row a row · unpivot: a row for each filled column of `families` · event: a row an event, knowing its case · case: a row a case. */
  readonly rows: 'each' | 'unpivot' | 'event' | 'case';
  /** Source rows taken; null takes all. With `case`: the cases that have such an event. */
  readonly only: Condition | null;
  /** Source rows passed over. */
  readonly except: Condition | null;
  readonly columns: Rules;
  /** Of `unpivot`: the first rule with `from` decides whether there is a row. Empty otherwise. */
  readonly families: readonly Rules[];
}

/** One way a contract column gets its text. Exactly one of from, constant, age, place, number and name is given. */
export interface Rule {
  readonly from?: string;
  readonly constant?: string;
  /** Whole years from a birth date to an event, 90 for 90 and over. */
  readonly age?: { readonly from: string; readonly at: string };
  /** The row's number among those that agree in the columns `in`, by the columns `order`; the same again has the same. */
  readonly place?: { readonly in: readonly string[]; readonly order: readonly string[]; readonly first?: number };
  readonly number?: boolean;
  readonly name?: boolean;
  readonly trim?: string;
  readonly null_if?: readonly string[];
  readonly carry?: boolean;
  readonly at?: { readonly first?: string; readonly last?: string };
  readonly values?: Readonly<Record<string, string | null>>;
  readonly else?: string | null;
  readonly when?: Condition;
  readonly at_most?: number;
}

/** A mapping that fits the contracts it writes: every name in it exists. */
export interface Mapping {
  readonly id: string;
  readonly describes: string;
  /** Null when any format of rows will do. */
  readonly format: SourceFormat | null;
  /** How resources become the rows it reads, of FHIR; else null. */
  readonly view: ViewDefinition | null;
  readonly reads: {
    readonly columns: readonly SourceColumn[];
    /** Whether files may hold further columns because their reader vouches for them (a NAACCR dictionary). */
    readonly open: boolean;
  };
  /** instant: the source's timestamps are UTC; wall: they are the facility's clock. */
  readonly timestamps: 'wall' | 'instant';
  /** How the source writes dates and times other than by ISO 8601, as strptime has it. */
  readonly dates: readonly string[];
  /** Other files of the delivery in which values are looked up. */
  readonly lookups: readonly Lookup[];
  readonly cases: Cases | null;
  /** Whether what becomes of a row may depend on rows of other files, so that all files of the source are one batch. */
  readonly spansFiles: boolean;
  /** By contract id, in the order written. */
  readonly writes: ReadonlyMap<string, Write>;
  /** By contract id: required columns this mapping never fills. Their metrics stand in `cannotFeed`. */
  readonly partial: ReadonlyMap<string, readonly string[]>;
  /** Ids of metrics that would be zero or empty if computed from this source alone; or all of the product's but some. */
  readonly cannotFeed: readonly string[] | { readonly all_but: readonly string[] };
}

/** A file in which values are looked up: `from: patient.GENDER`. Nothing but `key`, `columns` and `only` is read of it. */
export interface Lookup {
  /** Name of the source's entry in `lookups` that says where the file is. */
  readonly name: string;
  /** How its resources become rows, of FHIR; else null. */
  readonly view: ViewDefinition | null;
  /** Its column that names a row. */
  readonly key: string;
  /** Column of the source that names the row to look up. */
  readonly by: string;
  readonly columns: readonly string[];
  /** Its rows that count; null counts all. */
  readonly only: Condition | null;
  /** Its column by which the first of several rows of a key is taken; null: there may be one. */
  readonly first: string | null;
}

/** A column of the source's files. */
export interface SourceColumn {
  readonly name: string;
  /** Whether a file may lack it. */
  readonly optional: boolean;
}

// Everything in a mapping is text as written (`01` stays `01`); the schema turns the few numbers and yes/no into theirs.
const schema = JSON.parse(readFileSync(new URL('mapping.schema.json', import.meta.url), 'utf8')) as object;
const mappingFile = shapeOf<MappingFile>(schema, 'text');

/**
 * The ready-made mapping of that id, or the one in a .yaml file.
 *
 * @param contract the source's own contract, needed by `canonical` alone
 * @throws UserError naming file, line, key and the mend when there is no such mapping or it does not fit the contracts
 */
export const readMapping = (
  idOrFile: string,
  contracts: ReadonlyMap<string, Contract>,
  contract: string | null = null,
): Mapping => {
  if (contract !== null && !contracts.has(contract))
    throw new UserError(`\`contract\` of the source: ${unknownName('contract', contract, [...contracts.keys()])}`);
  const isFile = /\.ya?ml$/.test(idOrFile);
  const name = isFile ? idOrFile : `etl/mapping/${idOrFile}.yaml`;
  const yaml = { name, text: textOf(idOrFile, isFile), scalars: 'text' } as const;
  const file = forContract(checkedYaml(yaml, mappingFile), contract);
  const viewOf = (view: string): ViewDefinition => readView(view, isFile ? dirname(idOrFile) : null);
  const problems = mappingProblems(file, contracts, viewOf).map(({ key, says }) => `${placeOf(yaml, key)}: ${says}`);
  if (problems.length > 0) throw new UserError([...new Set(problems)].join('\n'));
  return resolveMapping(file, contracts, viewOf);
};

/** `contract` as a name in `writes` stands for the source's own contract. */
const forContract = (file: MappingFile, contract: string | null): MappingFile => {
  const { contract: own, ...named } = file.writes;
  if (!own) {
    if (contract === null || contract in file.writes) return file;
    throw new UserError(
      `Mapping \`${file.id}\` does not write \`${contract}\`; it writes ${listed(Object.keys(named))}.`,
      {
        mend: 'Leave out `contract:` of the source, or name another mapping.',
      },
    );
  }
  if (contract !== null) return { ...file, writes: { ...named, [contract]: own } };
  throw new UserError(
    `Mapping \`${file.id}\` passes columns on to the source's own contract, but the source names none.`,
    {
      mend: 'Add `contract:` to the source, such as `contract: encounter`.',
    },
  );
};

const textOf = (idOrFile: string, isFile: boolean): string => {
  try {
    return readFileSync(isFile ? idOrFile : new URL(`${idOrFile}.yaml`, import.meta.url), 'utf8');
  } catch (cause) {
    const ready = readdirSync(new URL('.', import.meta.url))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => name.replace('.yaml', ''));
    throw new UserError(`There is no mapping \`${idOrFile}\`.`, {
      mend: `Name a .yaml file of your own or one of ${listed(ready)}.`,
      cause,
    });
  }
};

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
