import { dictionaryFlaws } from '../naaccr/dictionary/check-dictionary.ts';
import { versionOf, type NaaccrDictionary } from '../naaccr/dictionary/dictionary.ts';
import { dictionaryOf, type WrittenDictionary } from '../naaccr/dictionary/read-dictionary.ts';
import { dictionaryRules } from '../naaccr/rule/dictionary.ts';
import type { Finding } from '../naaccr/validate/finding.ts';
import { shownId } from '../naaccr/reader.ts';
import { factTables } from '../read/naaccr-fact-table.ts';
import { writtenDictionary } from '../read/naaccr-dictionary.ts';

/** A dictionary that was given, and what is wrong with it. */
export interface GivenDictionary {
  /** As it was named. */
  readonly file: string;
  readonly dictionary: NaaccrDictionary;
  readonly findings: readonly Finding[];
}

/**
 * Reads the dictionaries that were given and holds each to the rules for dictionaries. Of two with the same URI that
 * differ the first counts, and the second is told of.
 *
 * @throws UserError when one cannot be read or is no dictionary
 */
export const givenDictionaries = (files: readonly string[]): readonly GivenDictionary[] => {
  const dictionaries = withoutCopies(
    files.map((file) => {
      const written = writtenDictionary(file);
      return { file, written, dictionary: dictionaryOf(written) };
    }),
  );
  const bases = withFactTables(dictionaries.map(({ dictionary }) => dictionary)).filter(
    ({ uri }) => versionOf(uri) !== null,
  );
  const uris = new Set<string>();
  return dictionaries.map(({ file, written, dictionary }) => {
    const isSecond = uris.has(dictionary.uri);
    uris.add(dictionary.uri);
    return { file, dictionary, findings: findingsOf(written, bases, isSecond) };
  });
};

/** The same dictionary named on the command line and in himsight.yaml, or lying in two places, is one. */
const withoutCopies = <T extends { readonly dictionary: NaaccrDictionary }>(given: readonly T[]): readonly T[] => {
  const texts = given.map(({ dictionary }) => JSON.stringify(dictionary));
  return given.filter((_one, i) => texts.indexOf(texts[i]!) === i);
};

/** Dictionaries, and behind them what the program itself knows of base dictionaries that are not among them. */
export const withFactTables = (given: readonly NaaccrDictionary[]): readonly NaaccrDictionary[] => [
  ...given,
  ...factTables().filter(({ uri }) => given.every((one) => one.uri !== uri)),
];

const findingsOf = (
  written: WrittenDictionary,
  bases: readonly NaaccrDictionary[],
  isSecond: boolean,
): readonly Finding[] => {
  const flaws = dictionaryFlaws(written, bases);
  const all = isSecond ? [{ rule: 'dictionary-twice', line: written.line, id: null } as const, ...flaws] : flaws;
  return all.map(({ rule, line, id }) => {
    const item = id === null ? null : shownId(id);
    const says = `${item === null ? '' : `ItemDef \`${item}\`: `}${dictionaryRules[rule].says}`;
    return { rule, kind: 'standard', line, patient: null, tumor: null, item, says };
  });
};
