import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dictionaryFlaws } from '../../../../etl/naaccr/dictionary/check-dictionary.ts';
import { dictionaryOf, readWrittenDictionary } from '../../../../etl/naaccr/dictionary/read-dictionary.ts';
import { sharedData } from '../../../support/shared-data.ts';
import { brokenDictionaries } from '../rule/broken-dictionary.ts';
import { baseText, changed, dictionaryFrom, userText } from '../small-registry.ts';

const flawsOf = (text: string) =>
  dictionaryFlaws(readWrittenDictionary(text), [dictionaryFrom(baseText)]).map(({ rule, line, id }) => ({
    rule,
    line,
    id,
  }));

test('good dictionaries have no flaw', () => {
  expect([flawsOf(baseText), flawsOf(userText)]).toEqual([[], []]);
});

test.each(brokenDictionaries.map((one) => [one.rule, one] as const))(
  '%s: told with its line, and kept by a hair',
  (rule, one) => {
    const flaws = flawsOf(one.broken);
    expect(flaws.map((flaw) => [flaw.rule, flaw.line])).toEqual([[rule, one.line]]);
    if (one.id !== undefined) expect(flaws[0]?.id).toBe(one.id);
    expect(flawsOf(one.kept ?? userText)).toEqual([]);
  },
);

test('a user dictionary without a version is held against the newest base dictionary, one with a version against its own', () => {
  const older = dictionaryFrom(changed(baseText.replaceAll('260', '250'), '"400"', '"9500"'));
  const rulesOf = (text: string) =>
    dictionaryFlaws(readWrittenDictionary(text), [older, dictionaryFrom(baseText)]).map(({ rule }) => rule);
  const of = (version: string) => changed(userText, ' specification', ` naaccrVersion="${version}" specification`);
  expect([rulesOf(userText), rulesOf(of('250')), rulesOf(of('260'))]).toEqual([[], ['def-number-of-base'], []]);
});

test('the model has the defaults of the standard', () => {
  const [item, note] = dictionaryFrom(userText).items;
  expect(item).toEqual({
    ...{ id: 'stateItem', number: '9500', name: 'State item', length: 3, recordTypes: ['A', 'I'], level: 'Tumor' },
    ...{ type: 'digits', padding: 'leftZero', isTrimmed: true },
  });
  expect(note).toMatchObject({ recordTypes: ['A', 'M', 'C', 'I'], type: 'text', padding: 'none', name: null });
});

test.each([
  ['<NaaccrDictionary', 'is not well-formed XML'],
  ['<!DOCTYPE x><NaaccrDictionary dictionaryUri="x"/>', 'holds a document type declaration; dictionaries have none'],
  ['<NaaccrDictionary/>', 'is not a NAACCR dictionary: it names no dictionaryUri'],
  ['<html dictionaryUri="x"/>', 'is not a NAACCR dictionary'],
])('%s is no dictionary', (text, says) => {
  expect(() => readWrittenDictionary(text)).toThrow(says);
});

const official = ['240', '250', '260'].map(
  (version) => sharedData('naaccr', 'dictionaries', `naaccr-dictionary-${version}.xml`) ?? '',
);

describe.skipIf(official.includes(''))('the official dictionaries', () => {
  test.each([
    ['240', 783, 695, 735],
    ['250', 780, 693, 732],
    ['260', 771, 684, 723],
  ])('%s: no flaw, %i items, %i of them of type I and %i of type C', (version, items, incidence, confidential) => {
    const written = readWrittenDictionary(readFileSync(official.find((path) => path.includes(version)) ?? '', 'utf8'));
    const { items: all } = dictionaryOf(written);
    expect(dictionaryFlaws(written, [])).toEqual([]);
    const of = (type: 'I' | 'C') => all.filter(({ recordTypes }) => recordTypes.includes(type)).length;
    expect([all.length, of('I'), of('C')]).toEqual([items, incidence, confidential]);
  });
});
