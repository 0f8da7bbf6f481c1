import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { UserError } from '../../warehouse/error.ts';
import { shapeOf } from '../../warehouse/json-schema.ts';
import { nearest } from '../workspace/nearest.ts';
import { checkedYaml } from '../workspace/checked-yaml.ts';
import type { Workspace } from '../workspace/workspace.ts';
import schema from './profile.schema.json' with { type: 'json' };

/** What a registry is sent: which cases, which items, in which form. */
export type Profile = NaaccrProfile | CsvProfile;

interface AnyProfile {
  readonly id: string;
  readonly describes: string;
  /** Twelve hexadecimal digits of what the profile says, what it is `like` included: another one where any of it is changed. */
  readonly version: string;
  /** Of the file; `{from}` and `{to}` stand for the first and the last year. It is compressed where it ends in .gz. */
  readonly file: string;
  /** Items or columns the receiver asks for. */
  readonly required: readonly string[];
  readonly checks: readonly ProfileCheck[];
}

/** Tumor abstracts under their NAACCR items. */
export interface NaaccrProfile extends AnyProfile {
  readonly format: 'naaccr-xml' | 'naaccr-csv';
  /** Version of the base dictionary, such as 260. */
  readonly dictionary: string;
  readonly recordType: 'A' | 'M' | 'C' | 'I';
  /** Of record type M: the profile of type A whose cases it sends again; else null. */
  readonly modifies: string | null;
  /** URIs. */
  readonly userDictionaries: readonly string[];
  /** Items of the file itself. */
  readonly root: ReadonlyMap<string, string>;
  /** Null: all that the record type allows. */
  readonly items: readonly string[] | null;
  readonly cases: CaseFilter;
}

/** Rows of any relation under columns of the receiver's. */
export interface CsvProfile extends AnyProfile {
  readonly format: 'csv';
  readonly rows: string;
  readonly key: readonly string[];
  readonly period: string;
  readonly columns: ReadonlyMap<string, CsvColumn>;
  readonly where: string | null;
}

/** Which abstracts are sent; what is left out is told by the first of these that says so. */
export interface CaseFilter {
  readonly behavior?: readonly string[];
  readonly benign_brain_from?: number;
  readonly class_of_case?: readonly string[];
  readonly state?: readonly string[];
  readonly facility?: readonly string[];
  readonly where?: string;
}

/** Where a column of the file comes from. */
export interface CsvColumn {
  readonly from?: string;
  readonly constant?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly date?: string;
  readonly length?: number;
}

/** A question put to each row that is sent. */
export interface ProfileCheck {
  readonly id: string;
  readonly says: string;
  readonly violated: string;
  readonly level: 'error' | 'warning';
}

/** As written in the file. */
interface WrittenProfile {
  readonly like?: string;
  readonly describes: string;
  readonly format: Profile['format'];
  readonly file: string;
  readonly dictionary?: string;
  readonly record_type?: NaaccrProfile['recordType'];
  readonly modifies?: string;
  readonly user_dictionaries?: readonly string[];
  readonly root?: Readonly<Record<string, string>>;
  readonly items?: 'all' | readonly string[];
  readonly required?: readonly string[];
  readonly cases?: CaseFilter;
  readonly rows?: string;
  readonly key?: readonly string[];
  readonly period?: string;
  readonly columns?: Readonly<Record<string, CsvColumn>>;
  readonly checks?: readonly (Omit<ProfileCheck, 'level'> & { readonly level?: ProfileCheck['level'] })[];
}

const shape = shapeOf<WrittenProfile>(schema);
const shipped = fileURLToPath(new URL('./profile', import.meta.url));

const shippedNames = (): readonly string[] =>
  readdirSync(shipped)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => basename(name, '.yaml'));

/** Names of the profiles of a workspace: the ready-made ones and those under `registry.profiles`. */
export const profileNames = ({ config }: Pick<Workspace, 'config'>): readonly string[] =>
  [...new Set([...shippedNames(), ...Object.keys(config.registry?.profiles ?? {})])].sort();

/**
 * A profile by its name: one of `registry.profiles` in himsight.yaml, else a ready-made one.
 *
 * @throws UserError when there is none of that name, or it is not one, with the key and what would be right
 */
export const readProfile = (workspace: Pick<Workspace, 'config'>, name: string): Profile => {
  const names = profileNames(workspace);
  if (!names.includes(name)) {
    const meant = nearest(name, names);
    throw new UserError(`There is no profile \`${name}\`${meant ? `; did you mean \`${meant}\`?` : '.'}`, {
      mend: `There are ${names.join(', ')}; write your own under \`registry.profiles\` of himsight.yaml.`,
    });
  }
  return resolved(name, written(workspace, name, []));
};

const written = ({ config }: Pick<Workspace, 'config'>, name: string, above: readonly string[]): WrittenProfile => {
  const own = config.registry?.profiles?.[name];
  const file = `registry.profiles.${name}`;
  if (above.includes(name)) throw new UserError(`${file}: \`like\` leads back to itself.`);
  if (own === undefined) {
    const text = readFileSync(join(shipped, `${name}.yaml`), 'utf8');
    return checkedYaml({ name: `${name}.yaml`, text }, shape);
  }
  const like = (own as { readonly like?: unknown }).like;
  if (
    like !== undefined &&
    (typeof like !== 'string' || ![...shippedNames(), ...Object.keys(config.registry?.profiles ?? {})].includes(like))
  )
    throw new UserError(`${file}: \`like\` names no profile.`, {
      mend: `Ready-made are ${shippedNames().join(', ')}.`,
    });
  const base =
    typeof like === 'string' && like !== name ? written({ config }, like, [...above, name]) : shippedBase(name, like);
  // What himsight.yaml holds has been read already; as text again, its mistakes are told as those of any other file.
  return checkedYaml({ name: file, text: JSON.stringify({ ...base, ...(own as object) }) }, shape);
};

/** A profile that is like the ready-made one of its own name. */
const shippedBase = (name: string, like: unknown): object =>
  like === name ? (parse(readFileSync(join(shipped, `${name}.yaml`), 'utf8')) as object) : {};

/** Whom the profile is like says nothing once that is filled in, nor does the order of its keys; that of columns does. */
const versionOf = ({ like: _like, ...file }: WrittenProfile): string =>
  createHash('sha256')
    .update(JSON.stringify(inOrder(file)))
    .digest('hex')
    .slice(0, 12);

/** Columns of a file stand in their order; of everything else it is that of the keys. */
const inOrder = ({ columns, ...file }: Omit<WrittenProfile, 'like'>): unknown => [
  Object.entries(file).sort(([a], [b]) => (a < b ? -1 : 1)),
  Object.entries(columns ?? {}),
];

const resolved = (id: string, file: WrittenProfile): Profile => {
  const common = {
    id,
    describes: file.describes,
    version: versionOf(file),
    file: file.file,
    required: file.required ?? [],
    checks: (file.checks ?? []).map((check) => ({ ...check, level: check.level ?? ('warning' as const) })),
  };
  const lacking = (key: string): never => {
    throw new UserError(`Profile ${id}: \`${key}\` is missing; a profile of format ${file.format} needs it.`);
  };
  if (file.format === 'csv')
    return {
      ...common,
      format: 'csv',
      rows: file.rows ?? lacking('rows'),
      key: file.key ?? lacking('key'),
      period: file.period ?? lacking('period'),
      columns: new Map(Object.entries(file.columns ?? lacking('columns'))),
      where: file.cases?.where ?? null,
    };
  if (file.modifies !== undefined && file.record_type !== 'M')
    throw new UserError(`Profile ${id}: \`modifies\` is for record type M alone.`);
  return {
    ...common,
    format: file.format,
    dictionary: file.dictionary ?? lacking('dictionary'),
    recordType: file.record_type ?? lacking('record_type'),
    modifies: file.modifies ?? null,
    userDictionaries: file.user_dictionaries ?? [],
    root: new Map(Object.entries(file.root ?? {})),
    items: file.items === undefined || file.items === 'all' ? null : file.items,
    cases: file.cases ?? {},
  };
};
