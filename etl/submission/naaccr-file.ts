import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { readRows } from '../../warehouse/rows.ts';
import { baseUriOf, type NaaccrDictionary } from '../naaccr/dictionary/dictionary.ts';
import { itemsOf, type NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import { validateText } from '../naaccr/validate/validate-text.ts';
import { naaccrXml, type NaaccrFile } from '../naaccr/write/naaccr-xml.ts';
import { textOf } from '../naaccr/xml/text-of.ts';
import { configuredCodeLists, configuredDictionaries } from '../registry/configured.ts';
import { givenCodeLists } from '../registry/given-code-lists.ts';
import { givenDictionaries } from '../registry/given-dictionaries.ts';
import type { CodeLists } from '../naaccr/rule/code-list.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { Flaws } from './body.ts';
import type { FilePlan } from './make-package.ts';
import type { NaaccrFacts } from './manifest.ts';
import { idIn } from './case-items.ts';
import { csvBody, xmlBody } from './naaccr-body.ts';
import type { NaaccrProfile } from './profile.ts';
import type { RowDigest } from './row-digest.ts';

export interface NaaccrRequest {
  readonly workspace: Workspace;
  readonly connection: DuckDBConnection;
  readonly profile: NaaccrProfile;
  /** SQL of `judgedCases`. */
  readonly judged: string;
  readonly release: string;
  readonly onRow: (row: RowDigest) => void;
}

/** Of the specification that is written. */
const specification = '1.8';

/**
 * How the file of a NAACCR profile is written, and held afterwards to the standard by the validator that `himsight validate`
 * uses: it knows nothing of how the file came about.
 *
 * @throws UserError where the profile asks for what its dictionary or record type does not have
 */
export const naaccrFile = async (request: NaaccrRequest): Promise<FilePlan> => {
  const { workspace, connection, profile, judged, release, onRow } = request;
  refuseRecordType(profile);
  const given = givenDictionaries(configuredDictionaries(workspace)).map(({ dictionary }) => dictionary);
  const { base, users, items } = dictionariesOf(profile, given);
  const flaws = new Flaws();
  const file: NaaccrFile = {
    base,
    users,
    recordType: profile.recordType,
    // When the release was built: the same release is the same file.
    timeGenerated: release.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'),
    items: await rootItems(connection, profile, items),
    onFlaw: ({ rule, item, message }) => flaws.add({ rule, item, says: message.replace(/^patient .*?: /, '') }, []),
  };
  const source = { connection, profile, items, judged, onRow };
  const facts: NaaccrFacts = {
    specification,
    dictionary: profile.dictionary,
    record_type: profile.recordType,
    user_dictionaries: users.map(({ uri }) => uri),
    not_checked: [],
  };
  if (profile.format === 'naaccr-csv')
    return { body: await csvBody(source), facts, reread: () => Promise.resolve({ flaws: [], codes: [], facts }) };
  const body = await xmlBody(source, (patients) => naaccrXml(file, patients));
  const lists = configuredCodeLists(workspace);
  return {
    body: { ...body, flaws: () => [...body.flaws(), ...flaws.all] },
    facts,
    reread: async (path) => reread(path, [base, ...users], lists === null ? null : await givenCodeLists(lists), facts),
  };
};

const refuseRecordType = ({ id, recordType, items }: NaaccrProfile): void => {
  if (recordType !== 'I')
    throw new UserError(
      `Profile ${id}: record type ${recordType} carries names and texts, which never enter this warehouse; it can only be made from a registry database kept apart.`,
      { mend: 'Write record type I from here, and the full abstract in the registry’s own software.' },
    );
  if (items !== null && items.length === 0) throw new UserError(`Profile ${id}: \`items\` names none.`);
};

/**
 * The items a profile can send, of its dictionary and those of users.
 *
 * @throws UserError as `naaccrFile`
 */
export const profileItems = (workspace: Workspace, profile: NaaccrProfile): NaaccrItems => {
  refuseRecordType(profile);
  const given = givenDictionaries(configuredDictionaries(workspace)).map(({ dictionary }) => dictionary);
  return dictionariesOf(profile, given).items;
};

const dictionariesOf = (
  profile: NaaccrProfile,
  given: readonly NaaccrDictionary[],
): { readonly base: NaaccrDictionary; readonly users: readonly NaaccrDictionary[]; readonly items: NaaccrItems } => {
  const mend = 'Add the path of its dictionary to `registry.dictionaries` of himsight.yaml.';
  const found = itemsOf({ base: baseUriOf(profile.dictionary), user: profile.userDictionaries }, given);
  if (found.base === null)
    throw new UserError(`Profile ${profile.id}: dictionary ${profile.dictionary} is not at hand.`, { mend });
  if (found.missing.length > 0)
    throw new UserError(`Profile ${profile.id}: the user dictionary ${found.missing[0]} is not at hand.`, { mend });
  for (const id of [...(profile.items ?? []), ...profile.required].map((each) => idIn(found.items, each))) {
    const item = found.items.get(id);
    if (item === undefined)
      throw new UserError(`Profile ${profile.id}: \`${id}\` is in no dictionary of it (${profile.dictionary}).`);
    if (!item.recordTypes.includes(profile.recordType))
      throw new UserError(
        `Profile ${profile.id}: \`${id}\` is not of record type ${profile.recordType}; it is of ${item.recordTypes.join(', ')}.`,
        { mend: 'Leave it out of `items`.' },
      );
  }
  return { base: found.base, users: found.users, items: found.items };
};

/** What the file says of itself: what the profile gives, else what all abstracts agree on. */
const rootItems = async (
  connection: DuckDBConnection,
  { id, root, recordType, dictionary }: NaaccrProfile,
  items: NaaccrItems,
): Promise<ReadonlyMap<string, string>> => {
  const given = new Map<string, string>();
  for (const item of [...items.values()].filter(({ level }) => level === 'NaaccrData')) {
    const value = root.get(item.id) ?? (await agreed(connection, item.id));
    if (value !== null) given.set(item.id, value);
  }
  for (const name of root.keys())
    if (items.get(name)?.level !== 'NaaccrData')
      throw new UserError(`Profile ${id}: \`root.${name}\` is no item of the file itself.`);
  given.set('recordType', recordType);
  given.set('naaccrRecordVersion', dictionary);
  return given;
};

const agreed = async (connection: DuckDBConnection, item: string): Promise<string | null> => {
  const [column] = await readRows(
    connection,
    `select column_name as name from (describe core.tumor) where column_name = $1`,
    [item],
  );
  if (column === undefined) return null;
  const rows = await readRows(
    connection,
    `select distinct "${item}" as value from core.tumor where "${item}" is not null limit 2`,
  );
  return rows.length === 1 ? String(rows[0]!.value) : null;
};

const reread = async (
  path: string,
  dictionaries: readonly NaaccrDictionary[],
  codeLists: CodeLists | null,
  facts: NaaccrFacts,
): Promise<Awaited<ReturnType<FilePlan['reread']>>> => {
  const [flaws, codes] = [new Flaws(), new Flaws()];
  const summary = await validateText(textOf(path), {
    dictionaries,
    codeLists,
    onFinding: ({ rule, item, says }) => {
      // A code that is in no list is for a person to judge; everything else would be refused by whoever receives it.
      (rule === 'code-list' ? codes : flaws).add({ rule, item, says }, []);
    },
  });
  return { flaws: flaws.all, codes: codes.all, facts: { ...facts, not_checked: summary.notChecked } };
};
