import type { NaaccrDictionary, NaaccrItem } from './dictionary.ts';

/** All items a file may use, by id. */
export type NaaccrItems = ReadonlyMap<string, NaaccrItem>;

/** What the dictionaries that a file names come to. */
export interface FileDictionaries {
  /** Null where it is not among those given. */
  readonly base: NaaccrDictionary | null;
  /** User dictionaries it names that are. */
  readonly users: readonly NaaccrDictionary[];
  readonly items: NaaccrItems;
  /** URIs of user dictionaries that are not among those given. */
  readonly missing: readonly string[];
  /** Items that a dictionary defines otherwise than one before it; the first stands. */
  readonly conflicts: readonly Conflict[];
}

/** An item that two dictionaries define differently. */
export interface Conflict {
  readonly first: NaaccrItem;
  readonly second: NaaccrItem;
  /** Of the dictionary that has the second. */
  readonly uri: string;
}

/** The items of a file that names its dictionaries by URI, of those that are given. */
export const itemsOf = (
  uris: { readonly base: string; readonly user: readonly string[] },
  dictionaries: readonly NaaccrDictionary[],
): FileDictionaries => {
  const given = (uri: string): NaaccrDictionary | null => dictionaries.find((one) => one.uri === uri) ?? null;
  const base = given(uris.base);
  const items = new Map((base?.items ?? []).map((item) => [item.id, item]));
  const users: NaaccrDictionary[] = [];
  const missing: string[] = [];
  const conflicts: Conflict[] = [];
  for (const uri of uris.user) {
    const user = given(uri);
    if (user === null) missing.push(uri);
    else users.push(user);
    for (const item of user?.items ?? []) {
      const known = items.get(item.id);
      if (known && !isSame(known, item)) conflicts.push({ first: known, second: item, uri });
      if (!known) items.set(item.id, item);
    }
  }
  return { base, users, items, missing, conflicts };
};

/** Whether two definitions mean the same; names are for people. */
const isSame = (one: NaaccrItem, other: NaaccrItem): boolean =>
  JSON.stringify({ ...one, name: null }) === JSON.stringify({ ...other, name: null });
