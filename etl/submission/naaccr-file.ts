import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { NaaccrDictionary } from '../naaccr/dictionary/dictionary.ts';
import type { NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import { validateText } from '../naaccr/validate/validate-text.ts';
import { naaccrXml, type NaaccrFile } from '../naaccr/write/naaccr-xml.ts';
import { textOf } from '../naaccr/xml/text-of.ts';
import { configuredCodeLists } from '../registry/configured.ts';
import { givenCodeLists } from '../registry/given-code-lists.ts';
import type { CodeLists } from '../naaccr/rule/code-list.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { Flaws } from './body.ts';
import type { FilePlan } from './make-package.ts';
import type { NaaccrFacts } from './manifest.ts';
import { csvBody, xmlBody, type NaaccrSource } from './naaccr-body.ts';
import type { NaaccrProfile } from './profile.ts';
import type { ProfileDictionaries } from './profile-dictionaries.ts';

export interface NaaccrRequest {
  readonly workspace: Workspace;
  readonly dictionaries: ProfileDictionaries;
  readonly source: NaaccrSource;
  readonly release: string;
}

/** Of the specification that is written. */
const specification = '1.8';

/**
 * How the file of a NAACCR profile is written, and held afterwards to the standard by the validator that `himsight validate`
 * uses: it knows nothing of how the file came about.
 *
 * @throws UserError where the profile asks for what its dictionary or record type does not have
 */
export const naaccrFile = async ({ workspace, dictionaries, source, release }: NaaccrRequest): Promise<FilePlan> => {
  const { base, users } = dictionaries;
  const { connection, profile, items } = source;
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
