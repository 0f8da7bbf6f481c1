import type { SaxesTagNS } from 'saxes';

export const naaccrNamespace = 'http://naaccr.org/naaccrxml';

/** The attributes of the outermost element, as written but for blanks around them; null where there is none. */
export interface NaaccrRoot {
  /** Its local name; NaaccrData in NAACCR XML. */
  readonly name: string;
  /** The namespace it is of; empty for none. */
  readonly namespace: string;
  readonly baseDictionaryUri: string | null;
  /** Whole, as several may stand in it. */
  readonly userDictionaryUri: string | null;
  readonly recordType: string | null;
  readonly specificationVersion: string | null;
  readonly timeGenerated: string | null;
  /** Whether it has attributes besides these that are of no namespace of their own. */
  readonly hasOtherAttributes: boolean;
  readonly line: number;
}

const known = ['baseDictionaryUri', 'userDictionaryUri', 'recordType', 'specificationVersion', 'timeGenerated'];

/** The outermost element as `NaaccrRoot`. */
export const rootOf = ({ local, uri, attributes }: SaxesTagNS, line: number): NaaccrRoot => {
  const value = (name: string): string | null => attributes[name]?.value.trim() ?? null;
  return {
    name: local,
    namespace: uri,
    baseDictionaryUri: value('baseDictionaryUri'),
    userDictionaryUri: value('userDictionaryUri'),
    recordType: value('recordType'),
    specificationVersion: value('specificationVersion'),
    timeGenerated: value('timeGenerated'),
    hasOtherAttributes: Object.values(attributes).some(({ name, uri: of }) => of === '' && !known.includes(name)),
    line,
  };
};

/** The user dictionaries a file names. Before specification 1.2 the attribute held one URI, blanks and all. */
export const userDictionariesOf = ({ userDictionaryUri }: NaaccrRoot): readonly string[] =>
  (userDictionaryUri ?? '').split(/\s+/).filter(Boolean);
