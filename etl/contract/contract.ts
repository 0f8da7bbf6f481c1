import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../warehouse/error.ts';
import { shapeOf } from '../../warehouse/json-schema.ts';
import { checkedYaml, placeOf, type YamlText } from '../workspace/checked-yaml.ts';
import type { PrivacyMode } from '../workspace/config.ts';
import { readItemColumns } from './item-column.ts';

/** What the rows of one extract promise. One .yaml in this folder each. */
export interface Contract {
  /** Also the name of its raw and staging table. */
  readonly id: string;
  /** "One row per …" */
  readonly describes: string;
  /** Names of the columns that tell two rows apart; a null counts as a value of its own. */
  readonly key: readonly string[];
  /** The column that says when a row happened, or null. */
  readonly period: string | null;
  /** Id of the contract whose rows these are parts of: those made of a record whose row there is refused are refused too. */
  readonly partOf?: string;
  /** In the order of the raw table. */
  readonly columns: readonly ContractColumn[];
  readonly checks: readonly ContractCheck[];
  /** Hex digest of all of the above: a changed contract is another one, and its files are landed again. */
  readonly fingerprint: string;
}

/** One column of a contract. */
export interface ContractColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether a row without it is refused. */
  readonly required: boolean;
  /** Privacy modes in which it may be empty all the same. */
  readonly unlessPrivacy: readonly PrivacyMode[];
  /** The closed list of texts it may hold, or null: any. */
  readonly values: readonly string[] | null;
  /** RE2 expression that the whole text matches, or null. */
  readonly pattern: string | null;
  /** What kind of identifier it may hold, or null: none whatever. */
  readonly identifier: 'surrogate' | 'date' | 'month' | 'geography' | 'age' | null;
  readonly describes: string | null;
}

/** How a contract's values are written; `sqlType` gives DuckDB's name. */
export type ColumnType = 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp';

/** A question put to every row, beyond what the columns say by themselves. */
export interface ContractCheck {
  readonly id: string;
  /** SQL condition on the typed columns: the rows the question applies to. */
  readonly examined: string;
  /** SQL condition: among those, the rows that break it. */
  readonly violated: string;
  /** quarantine: such a row does not land. warn: it lands and is counted. */
  readonly severity: 'quarantine' | 'warn';
  /** Category of Kahn et al. 2016 (doi:10.13063/2327-9214.1244). */
  readonly kahn: string;
  /** Characteristic of AHIMA's data quality model. */
  readonly quality: string;
  /** What is wrong with such a row, as the middle of a sentence. */
  readonly says: string;
  /** Privacy modes in which it is not asked. */
  readonly unlessPrivacy: readonly PrivacyMode[];
}

interface ContractFile {
  readonly id: string;
  readonly describes: string;
  readonly key: readonly string[];
  readonly period?: string;
  readonly part_of?: string;
  readonly columns_from?: string;
  readonly columns: Readonly<Record<string, ColumnFile>>;
  readonly checks?: readonly (Omit<ContractCheck, 'examined' | 'unlessPrivacy'> & {
    readonly examined?: string;
    readonly unless_privacy?: readonly PrivacyMode[];
  })[];
}

interface ColumnFile {
  readonly type: ColumnType;
  readonly required?: boolean;
  readonly unless_privacy?: readonly PrivacyMode[];
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly identifier?: 'surrogate' | 'date' | 'month' | 'geography' | 'age';
  readonly describes?: string;
}

const schema = JSON.parse(readFileSync(new URL('contract.schema.json', import.meta.url), 'utf8')) as object;
const contractFile = shapeOf<ContractFile>(schema);

/**
 * The contracts of a folder by id, in name order.
 *
 * @param folder absolute; the ready-made ones when left out
 * @throws UserError naming file, line, key and what would be right
 */
export const readContracts = (folder = fileURLToPath(new URL('.', import.meta.url))): ReadonlyMap<string, Contract> => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return new Map(names.sort().map((name) => [name.replace('.yaml', ''), readContract(folder, name)]));
};

const readContract = (folder: string, name: string): Contract => {
  const yaml: YamlText = { name: `etl/contract/${name}`, text: readFileSync(join(folder, name), 'utf8') };
  const file = checkedYaml(yaml, contractFile);
  const contract = resolve(file, folder);
  const problem = firstProblem(contract, name);
  if (problem) throw new UserError(`${placeOf(yaml, problem.key)}: ${problem.says}`);
  return { ...contract, fingerprint: createHash('sha256').update(JSON.stringify(contract)).digest('hex') };
};

const resolve = (file: ContractFile, folder: string): Omit<Contract, 'fingerprint'> => ({
  id: file.id,
  describes: file.describes,
  key: file.key,
  period: file.period ?? null,
  // Only where it is said, so that what has landed under other contracts stays known.
  ...(file.part_of === undefined ? {} : { partOf: file.part_of }),
  columns: [
    ...Object.entries(file.columns).map(([name, column]) => resolveColumn(name, column)),
    ...(file.columns_from === undefined ? [] : readItemColumns(join(folder, file.columns_from))),
  ],
  checks: (file.checks ?? []).map(({ examined, unless_privacy, ...check }) => ({
    ...check,
    examined: examined ?? 'true',
    unlessPrivacy: unless_privacy ?? [],
  })),
});

const resolveColumn = (name: string, column: ColumnFile): ContractColumn => ({
  name,
  type: column.type,
  required: column.required ?? false,
  unlessPrivacy: column.unless_privacy ?? [],
  values: column.values ?? null,
  pattern: column.pattern ?? null,
  identifier: column.identifier ?? null,
  describes: column.describes ?? null,
});

/** The first mistake that a JSON Schema cannot see. */
const firstProblem = (
  contract: Omit<Contract, 'fingerprint'>,
  name: string,
): { readonly key: readonly string[]; readonly says: string } | undefined => {
  const columns = contract.columns.map((column) => column.name);
  const ids = contract.checks.map(({ id }) => id);
  const stranger = contract.key.find((column) => !columns.includes(column));
  const twin = [...columns, ...ids].find((one, at, all) => all.indexOf(one) !== at);
  if (`${contract.id}.yaml` !== name)
    return { key: ['id'], says: `must be the file's own name, ${name.replace('.yaml', '')}` };
  if (stranger !== undefined) return { key: ['key'], says: `\`${stranger}\` is no column of this contract` };
  if (contract.period !== null && !columns.includes(contract.period))
    return { key: ['period'], says: 'is no column of this contract' };
  if (twin !== undefined) return { key: ['columns'], says: `\`${twin}\` is there twice` };
  return undefined;
};

/** DuckDB's type of a column's accepted values. */
export const sqlType = ({ type }: Pick<ContractColumn, 'type'>): string =>
  ({
    text: 'VARCHAR',
    integer: 'BIGINT',
    decimal: 'DECIMAL(18,4)',
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
  })[type];

/** Whether a column may not be empty in rows of a source of that privacy mode. */
export const isRequired = ({ required, unlessPrivacy }: ContractColumn, privacy: PrivacyMode): boolean =>
  required && !unlessPrivacy.includes(privacy);
