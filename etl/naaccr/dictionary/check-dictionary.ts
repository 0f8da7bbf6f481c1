import { naaccrNamespace } from '../root.ts';
import { isFrom, specificationOf, type Specification } from '../rule/rule.ts';
import { itemDefFlaws, type DictionaryFlaw } from './check-item-def.ts';
import { versionOf, type NaaccrDictionary } from './dictionary.ts';
import { filled, type WrittenDictionary, type WrittenItem } from './read-dictionary.ts';

/**
 * What is wrong with a dictionary: every rule that it breaks, in the order of its lines.
 *
 * @param bases base dictionaries that are at hand: a user dictionary is held against the one of its version, or against the
 *   newest where it names none. Whether it goes with the base dictionary of a file is asked of each file besides
 */
export const dictionaryFlaws = (
  written: WrittenDictionary,
  bases: readonly NaaccrDictionary[],
): readonly DictionaryFlaw[] => {
  const specification = specificationOf(written.attributes.specificationVersion ?? '1.0') ?? '1.8';
  const isBase = versionOf(written.attributes.dictionaryUri ?? '') !== null;
  return [
    ...headFlaws(written, specification, isBase),
    ...written.items.flatMap((item) => itemDefFlaws(item, specification)),
    ...twins(written.items),
    ...(isBase ? [] : baseFlaws(written, specification, bases)),
  ].sort((one, other) => one.line - other.line);
};

const headFlaws = (
  { namespace, attributes: of, line, items, hasGroups }: WrittenDictionary,
  specification: Specification,
  isBase: boolean,
): readonly DictionaryFlaw[] => {
  const needsVersion = isBase || !isFrom(specification, '1.1');
  const version = filled(of.naaccrVersion);
  const known = ['dictionaryUri', 'naaccrVersion', 'specificationVersion', 'dateLastModified', 'description'];
  const flaws: [DictionaryFlaw['rule'], boolean][] = [
    ['dictionary-namespace', namespace !== naaccrNamespace],
    ['dictionary-specification', specificationOf(of.specificationVersion ?? null) === null],
    ['dictionary-version', version === null ? needsVersion : !/^\d{3}$/.test(version)],
    ['dictionary-empty', items.length === 0],
    ['dictionary-groups', hasGroups && (!isBase || isFrom(specification, '1.6'))],
    ['dictionary-attribute', Object.keys(of).some((name) => !known.includes(name) && !name.includes(':'))],
  ];
  return flaws.filter(([, isBroken]) => isBroken).map(([rule]) => ({ rule, line, id: null }));
};

/** Ids and numbers that stand twice. */
const twins = (items: readonly WrittenItem[]): readonly DictionaryFlaw[] => {
  const ids = new Set<string>();
  const numbers = new Set<string>();
  return items.flatMap(({ line, attributes: { naaccrId: id = '', naaccrNum: number = '' } }) => {
    const flaws: DictionaryFlaw[] = [];
    if (id !== '' && ids.has(id)) flaws.push({ rule: 'def-id-twice', line, id });
    if (number !== '' && numbers.has(number)) flaws.push({ rule: 'def-number-twice', line, id: id || null });
    ids.add(id);
    numbers.add(number);
    return flaws;
  });
};

/** Where a user dictionary takes what is the base dictionary's. */
const baseFlaws = (
  { attributes: of, items }: WrittenDictionary,
  specification: Specification,
  given: readonly NaaccrDictionary[],
): readonly DictionaryFlaw[] => {
  const version = filled(of.naaccrVersion) ?? given.map((base) => base.version ?? '').reduce(latest, '');
  const bases = given.filter((base) => base.version === version).flatMap(({ items: of }) => of);
  const ids = new Set(bases.map(({ id }) => id));
  const numbers = new Set(bases.map(({ number }) => number));
  return items.flatMap(({ line, attributes: { naaccrId: id = '', naaccrNum: number = '' } }) => {
    const isOutside = !isFrom(specification, '1.3') && (Number(number) < 9500 || Number(number) > 99999);
    const flaws: [DictionaryFlaw['rule'], boolean][] = [
      ['def-id-of-base', ids.has(id)],
      ['def-number-of-base', numbers.has(number)],
      ['def-number-range', number !== '' && isOutside],
    ];
    return flaws.filter(([, isBroken]) => isBroken).map(([rule]) => ({ rule, line, id: id || null }));
  });
};

const latest = (one: string, other: string): string => (other > one ? other : one);
