/** Where in a NAACCR XML file an item stands. */
export type NaaccrLevel = 'NaaccrData' | 'Patient' | 'Tumor';

/** What the text of an item may be. */
export type NaaccrType = 'alpha' | 'digits' | 'mixed' | 'numeric' | 'date' | 'dateTime' | 'text';

/** I incidence only, C confidential, A full abstract, M modified since the last submission. */
export type RecordType = 'A' | 'M' | 'C' | 'I';

export const recordTypes: readonly RecordType[] = ['A', 'M', 'C', 'I'];

/** What a dictionary says of one item. */
export interface NaaccrItem {
  readonly id: string;
  /** As digits; empty where the dictionary gives none. */
  readonly number: string;
  readonly name: string | null;
  /** Characters its value may have; null where any number may stand. */
  readonly length: number | null;
  /** Record types it may be part of. */
  readonly recordTypes: readonly RecordType[];
  readonly level: NaaccrLevel;
  readonly type: NaaccrType;
  /** `rightZero`, `leftBlank` and `rightBlank` are older than specification 1.7. */
  readonly padding: 'none' | 'leftZero' | 'rightZero' | 'leftBlank' | 'rightBlank';
  /** Whether blanks around its value mean nothing, as was the default before specification 1.7. */
  readonly isTrimmed: boolean;
}

/** The items of one base or user dictionary. */
export interface NaaccrDictionary {
  readonly uri: string;
  /** Version it belongs to, as 260; null for user dictionaries of any. */
  readonly version: string | null;
  /** Specification it is written by; null where it does not say. */
  readonly specification: string | null;
  readonly items: readonly NaaccrItem[];
  /** Whether it is no dictionary but an extract of one, so that an id that is not in it may be right all the same. */
  readonly isPartial: boolean;
}

const baseUri = /^http:\/\/naaccr\.org\/naaccrxml\/naaccr-dictionary-(\d{3})\.xml$/;

/** The version of a base dictionary by its URI, as 260; null for another URI. */
export const versionOf = (uri: string): string | null => baseUri.exec(uri)?.[1] ?? null;

/** The URI of the base dictionary of a version. */
export const baseUriOf = (version: string): string => `http://naaccr.org/naaccrxml/naaccr-dictionary-${version}.xml`;
