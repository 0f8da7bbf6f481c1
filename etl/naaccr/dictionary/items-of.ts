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
  /** Items of a user dictionary that are at odds with a dictionary before it, whose item stands. */
  readonly conflicts: readonly Conflict[];
}

/** Two items with one id that mean different things, or two ids with one number. */
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
  const numbers = new Map([...items.values()].map((item) => [item.number, item]));
  const users: NaaccrDictionary[] = [];
  const missing: string[] = [];
  const conflicts: Conflict[] = [];
  for (const uri of uris.user) {
    const user = given(uri);
    if (user === null) missing.push(uri);
    else users.push(user);
    for (const item of user?.items ?? []) {
      const known = items.get(item.id);
      const first = known ?? numbers.get(item.number);
      if (first && !isSame(first, item)) conflicts.push({ first, second: item, uri });
      if (known) continue;
      items.set(item.id, item);
      if (!first) numbers.set(item.number, item);
    }
  }
  return { base, users, items, missing, conflicts };
};

/** Whether two definitions mean the same; names are for people. */
const isSame = (one: NaaccrItem, other: NaaccrItem): boolean =>
  JSON.stringify({ ...one, name: null }) === JSON.stringify({ ...other, name: null });
