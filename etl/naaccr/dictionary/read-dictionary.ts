import { SaxesParser, type SaxesTagNS } from 'saxes';
import { recordTypes, type NaaccrDictionary, type NaaccrItem, type NaaccrLevel } from './dictionary.ts';

/** A dictionary as it is written. */
export interface WrittenDictionary {
  /** Namespace of its outermost element; empty for none. */
  readonly namespace: string;
  readonly attributes: Attributes;
  readonly line: number;
  readonly items: readonly WrittenItem[];
  /** Whether it has GroupedItemDef elements. */
  readonly hasGroups: boolean;
}

/** One ItemDef as it is written. */
export interface WrittenItem {
  readonly line: number;
  readonly attributes: Attributes;
}

type Attributes = Readonly<Record<string, string | undefined>>;

/** Why a text is no dictionary that could be read. */
export class DictionaryFault extends Error {
  readonly line: number;

  constructor(says: string, line: number) {
    super(says);
    this.name = 'DictionaryFault';
    this.line = line;
  }
}

/**
 * Reads the XML of a dictionary, all attributes as they are written.
 *
 * @throws DictionaryFault when it is not well-formed, holds a document type declaration, or is something else
 */
export const readWrittenDictionary = (text: string): WrittenDictionary => {
  const items: WrittenItem[] = [];
  const roots: { namespace: string; attributes: Attributes; line: number }[] = [];
  let hasGroups = false;
  let line = 1;
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (says: string): never => {
    throw new DictionaryFault(says, parser.line);
  };
  parser.on('error', () => refuse('is not well-formed XML'));
  parser.on('doctype', () => refuse('holds a document type declaration; dictionaries have none'));
  parser.on('opentagstart', () => (line = parser.line));
  parser.on('opentag', (tag) => {
    if (roots.length === 0) roots.push({ namespace: tag.uri, attributes: attributesOf(tag), line });
    if (tag.local === 'ItemDef') items.push({ line, attributes: attributesOf(tag) });
    hasGroups ||= tag.local === 'GroupedItemDef';
    if (tag.local !== 'NaaccrDictionary' && !/^(ItemDefs?|GroupedItemDefs?)$/.test(tag.local))
      refuse('is not a NAACCR dictionary');
  });
  parser.write(text).close();
  const [root] = roots;
  if (root?.attributes.dictionaryUri === undefined)
    throw new DictionaryFault('is not a NAACCR dictionary: it names no dictionaryUri', 1);
  return { ...root, items, hasGroups };
};

const attributesOf = ({ attributes }: SaxesTagNS): Attributes =>
  Object.fromEntries(
    Object.values(attributes)
      .filter(({ name }) => !name.startsWith('xmlns'))
      .map(({ name, value }) => [name, value]),
  );

/** A written dictionary as the model, with the defaults that the standard gives; what is wrong with it is not asked here. */
export const dictionaryOf = ({ attributes, items }: WrittenDictionary): NaaccrDictionary => ({
  uri: attributes.dictionaryUri ?? '',
  version: filled(attributes.naaccrVersion),
  specification: filled(attributes.specificationVersion),
  items: items.map(itemOf),
  isPartial: false,
});

const itemOf = ({ attributes: of }: WrittenItem): NaaccrItem => ({
  id: of.naaccrId ?? '',
  number: of.naaccrNum ?? '',
  name: of.naaccrName ?? null,
  length: of.allowUnlimitedText === 'true' ? null : wholeNumber(of.length),
  recordTypes: recordTypes.filter((type) =>
    (filled(of.recordTypes) ?? 'A,M,C,I').split(',').some((each) => each.trim() === type),
  ),
  level: levelOf(of.parentXmlElement) ?? 'Tumor',
  type: oneOf(of.dataType, ['alpha', 'digits', 'mixed', 'numeric', 'date', 'dateTime', 'text']) ?? 'text',
  padding: oneOf(of.padding, ['none', 'leftZero', 'rightZero', 'leftBlank', 'rightBlank']) ?? 'none',
  isTrimmed: of.trim !== 'none',
});

/** An attribute that says something; null where it is left out or empty. */
export const filled = (text = ''): string | null => (text === '' ? null : text);

const wholeNumber = (text = ''): number | null => (/^\d+$/.test(text) ? Number(text) : null);

/** A level as written, or null where it is none. */
export const levelOf = (text = ''): NaaccrLevel | null => oneOf(text, ['NaaccrData', 'Patient', 'Tumor']);

const oneOf = <T extends string>(text: string | undefined, choices: readonly T[]): T | null =>
  choices.find((choice) => choice === text) ?? null;
