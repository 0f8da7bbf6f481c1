import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SaxesParser } from 'saxes';
import { UserError } from '../../warehouse/error.ts';
import { readItemTable } from '../contract/item-column.ts';

/** Where in a NAACCR XML file an item stands. */
export type NaaccrLevel = 'NaaccrData' | 'Patient' | 'Tumor';

/** What a dictionary says of one item. */
export interface NaaccrItem {
  readonly id: string;
  readonly number: string;
  readonly level: NaaccrLevel;
  /** Whether the item may be part of record type I, which leaves out what names a person. */
  readonly isAllowed: boolean;
}

/** The items of one base or user dictionary. */
export interface NaaccrDictionary {
  readonly uri: string;
  readonly items: readonly NaaccrItem[];
}

/** All items a file may use, by id. */
export type NaaccrItems = ReadonlyMap<string, NaaccrItem>;

/**
 * A NAACCR dictionary as its publisher gives it out.
 *
 * @param file path of the XML
 * @throws UserError when it cannot be read, is no dictionary, or an item lacks what a dictionary must say
 */
export const readNaaccrDictionary = (file: string): NaaccrDictionary => {
  const name = basename(file);
  const items: NaaccrItem[] = [];
  let uri = '';
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (what: string): never => {
    throw new UserError(`${name}:${parser.line} ${what}`, { mend: 'Use the dictionary as published, unchanged.' });
  };
  parser.on('error', () => refuse('is not well-formed XML'));
  parser.on('doctype', () => refuse('holds a document type declaration; dictionaries have none'));
  parser.on('opentag', ({ local, attributes }) => {
    const value = (attribute: string): string => attributes[attribute]?.value ?? '';
    if (local === 'NaaccrDictionary') uri = value('dictionaryUri');
    if (local !== 'ItemDef') return;
    const level = levelOf(value('parentXmlElement')) ?? refuse('ItemDef has no parentXmlElement');
    if (value('naaccrId') === '') refuse('ItemDef has no naaccrId');
    const recordTypes = value('recordTypes') || 'A,M,C,I';
    items.push({ id: value('naaccrId'), number: value('naaccrNum'), level, isAllowed: allows(recordTypes) });
  });
  parser.write(textOf(file)).close();
  if (uri === '') throw new UserError(`${name} is not a NAACCR dictionary: it names no dictionaryUri`);
  return { uri, items };
};

/**
 * The items of a file that names its dictionaries by URI. The base dictionary is the one given under that URI, else
 * the fact table that comes with the program, which knows the items its tumor contract has columns for.
 *
 * @throws UserError when a user dictionary is not among those given, there is no base dictionary of that version, or
 *   a user dictionary redefines an item
 */
export const itemsOf = (
  uris: { readonly base: string; readonly user: readonly string[] },
  dictionaries: readonly NaaccrDictionary[],
): NaaccrItems => {
  const base = dictionaries.find(({ uri }) => uri === uris.base)?.items ?? builtInItems(uris.base);
  const items = new Map(base.map((item) => [item.id, item]));
  for (const uri of uris.user) {
    const user = dictionaries.find((one) => one.uri === uri);
    if (!user) throw new UserError(`The user dictionary ${uri} is not at hand`, { mend: addDictionary });
    for (const item of user.items) {
      const known = items.get(item.id);
      const isSame = known?.number === item.number && known.level === item.level && known.isAllowed === item.isAllowed;
      if (known && !isSame)
        throw new UserError(`The user dictionary ${uri} defines \`${item.id}\` otherwise than another dictionary`, {
          mend: 'An id has one meaning; rename the item in the user dictionary.',
        });
      items.set(item.id, item);
    }
  }
  return items;
};

/** What to do when a file needs a dictionary that is not there. */
export const addDictionary = 'Add the path of its dictionary to `registry.dictionaries` of himsight.yaml.';

const builtInItems = (uri: string): readonly NaaccrItem[] => {
  const version = /naaccr-dictionary-(\d\d)0\.xml$/.exec(uri)?.[1];
  const rows = readItemTable(fileURLToPath(new URL('../contract/naaccr-item.csv', import.meta.url)));
  const versions = new Set(rows.flatMap((at) => /^v(\d\d) only/.exec(at('versions'))?.[1] ?? []));
  if (version === undefined || !versions.has(version))
    throw new UserError(`The base dictionary ${uri} is not at hand`, { mend: addDictionary });
  return rows
    .filter((at) => at('versions') === 'both' || at('versions').startsWith(`v${version} only`))
    .map((at) => ({
      id: at('xmlId'),
      number: at('number'),
      level: levelOf(at('parent')) ?? 'Tumor',
      isAllowed: allows(at('recordTypes')),
    }));
};

const allows = (recordTypes: string): boolean => recordTypes.split(',').some((type) => type.trim() === 'I');

const levelOf = (text: string): NaaccrLevel | null =>
  text === 'NaaccrData' || text === 'Patient' || text === 'Tumor' ? text : null;

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`The dictionary ${basename(file)} cannot be read`, {
      mend: 'Check the path in `registry.dictionaries` of himsight.yaml.',
      cause,
    });
  }
};
