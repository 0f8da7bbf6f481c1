import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import type { NaaccrDictionary, NaaccrItem } from '../naaccr/dictionary/dictionary.ts';
import { itemsOf, type NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import {
  DictionaryFault,
  dictionaryOf,
  levelOf,
  readWrittenDictionary,
  type WrittenDictionary,
} from '../naaccr/dictionary/read-dictionary.ts';
import { factTableDictionary } from './naaccr-fact-table.ts';

const unchanged = { mend: 'Use the dictionary as published, unchanged.' };

/**
 * A NAACCR dictionary as its publisher gives it out.
 *
 * @param file path of the XML
 * @throws UserError when it cannot be read, is no dictionary, or an item lacks what a dictionary must say
 */
export const readNaaccrDictionary = (file: string): NaaccrDictionary => {
  const written = writtenDictionary(file);
  for (const { line, attributes } of written.items) {
    const lacks =
      levelOf(attributes.parentXmlElement) === null ? 'parentXmlElement' : !attributes.naaccrId ? 'naaccrId' : null;
    if (lacks !== null) throw new UserError(`${basename(file)}:${line} ItemDef has no ${lacks}`, unchanged);
  }
  return dictionaryOf(written);
};

/** A dictionary as it is written. @throws UserError when it cannot be read or is none */
export const writtenDictionary = (file: string): WrittenDictionary => {
  try {
    return readWrittenDictionary(textOf(file));
  } catch (error) {
    if (!(error instanceof DictionaryFault)) throw error;
    throw new UserError(`${basename(file)}:${error.line} ${error.message}`, unchanged);
  }
};

/**
 * The items of a file that lands. The base dictionary is the one given under that URI, else the fact table that comes with
 * the program, which knows the items its tumor contract has columns for.
 *
 * @throws UserError when a user dictionary is not among those given, there is no base dictionary of that version, or
 *   a user dictionary redefines an item
 */
export const landingItems = (
  uris: { readonly base: string; readonly user: readonly string[] },
  dictionaries: readonly NaaccrDictionary[],
): NaaccrItems => {
  const { base, items, missing, conflicts } = itemsOf(uris, withFactTable(uris.base, dictionaries));
  if (base === null) throw new UserError(`The base dictionary ${uris.base} is not at hand`, { mend: addDictionary });
  if (missing[0] !== undefined)
    throw new UserError(`The user dictionary ${missing[0]} is not at hand`, { mend: addDictionary });
  const otherwise = conflicts.find(({ first, second }) => !landsAlike(first, second));
  if (otherwise)
    throw new UserError(
      `The user dictionary ${otherwise.uri} defines \`${otherwise.first.id}\` otherwise than another dictionary`,
      { mend: 'An id has one meaning; rename the item in the user dictionary.' },
    );
  return items;
};

/** The dictionaries given, with the fact table behind them where the base dictionary is not among them. */
export const withFactTable = (base: string, dictionaries: readonly NaaccrDictionary[]): readonly NaaccrDictionary[] => {
  if (dictionaries.some(({ uri }) => uri === base)) return dictionaries;
  const facts = factTableDictionary(base);
  return facts === null ? dictionaries : [...dictionaries, facts];
};

/** What to do when a file needs a dictionary that is not there. */
export const addDictionary = 'Add the path of its dictionary to `registry.dictionaries` of himsight.yaml.';

/** Whether an item may be part of record type I, which leaves out what names a person: only then it lands. */
export const isIncidence = ({ recordTypes }: NaaccrItem): boolean => recordTypes.includes('I');

/** Landing keeps texts, so lengths and types may differ between dictionaries. */
const landsAlike = (one: NaaccrItem, other: NaaccrItem): boolean =>
  one.id !== other.id ||
  (one.number === other.number && one.level === other.level && isIncidence(one) === isIncidence(other));

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
