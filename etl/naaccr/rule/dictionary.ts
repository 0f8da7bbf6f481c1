import { rulesOf } from './rule.ts';

const standard = 'NAACCR XML Data Exchange Standard, dictionaries';
const xsd = 'naaccr_dictionary_1.8.xsd';

/** What a dictionary is held to. */
export type DictionaryRule =
  | 'dictionary-namespace'
  | 'dictionary-specification'
  | 'dictionary-version'
  | 'dictionary-empty'
  | 'dictionary-groups'
  | 'dictionary-attribute'
  | 'dictionary-twice'
  | 'def-id-missing'
  | 'def-id-format'
  | 'def-id-length'
  | 'def-id-twice'
  | 'def-id-of-base'
  | 'def-number-missing'
  | 'def-number-twice'
  | 'def-number-of-base'
  | 'def-number-range'
  | 'def-name-length'
  | 'def-length-missing'
  | 'def-level'
  | 'def-record-types'
  | 'def-data-type'
  | 'def-date-time'
  | 'def-padding'
  | 'def-trim'
  | 'def-unlimited-text'
  | 'def-regex';

export const dictionaryRules = rulesOf<DictionaryRule>({
  'dictionary-namespace': { says: 'A dictionary is of the namespace of NAACCR XML.', source: xsd },
  'dictionary-specification': {
    says: 'specificationVersion is one of 1.0 to 1.8, and required since 1.5.',
    source: `${xsd}; specification 1.5`,
  },
  'dictionary-version': {
    says: 'naaccrVersion is three digits; base dictionaries have one, and user dictionaries before specification 1.1.',
    source: `${standard}; specification 1.1`,
  },
  'dictionary-empty': { says: 'A dictionary has an ItemDef at least.', source: standard },
  'dictionary-groups': {
    says: 'User dictionaries have no GroupedItemDef, and since specification 1.6 no dictionary has.',
    source: `${standard}; specification 1.6`,
  },
  'dictionary-attribute': { says: 'Elements of a dictionary have the attributes of the standard alone.', source: xsd },
  'dictionary-twice': { says: 'A dictionaryUri names one dictionary.', source: standard },
  'def-id-missing': { says: 'An ItemDef has a naaccrId.', source: xsd },
  'def-id-format': { says: 'naaccrId begins with a small letter, letters and digits follow.', source: standard },
  'def-id-length': {
    says: 'naaccrId has 32 characters at most, 50 before specification 1.4.',
    source: `${standard}; specification 1.4`,
  },
  'def-id-twice': { says: 'naaccrId stands once in a dictionary.', source: `${xsd}, xsd:ID` },
  'def-id-of-base': { says: 'A user dictionary has no id of the base dictionary.', source: standard },
  'def-number-missing': { says: 'An ItemDef has a naaccrNum, a whole number.', source: xsd },
  'def-number-twice': { says: 'naaccrNum stands once in a dictionary.', source: standard },
  'def-number-of-base': { says: 'A user dictionary has no number of the base dictionary.', source: standard },
  'def-number-range': {
    says: 'Before specification 1.3 numbers of user dictionaries are 9500 to 99999.',
    source: `${standard}; specification 1.3`,
  },
  'def-name-length': { says: 'naaccrName has 50 characters at most.', source: standard },
  'def-length-missing': { says: 'An ItemDef has a length, a whole number of 1 or more.', source: xsd },
  'def-level': { says: 'parentXmlElement is NaaccrData, Patient or Tumor.', source: `${xsd}, parentType` },
  'def-record-types': {
    says: 'recordTypes are A, M, C and I with commas between; all where left out.',
    source: standard,
  },
  'def-data-type': {
    says: 'dataType is alpha, digits, mixed, numeric, date, dateTime or text; text where left out.',
    source: `${xsd}, datatypeType`,
  },
  'def-date-time': { says: 'dataType dateTime needs specification 1.8.', source: `${standard}; specification 1.8` },
  'def-padding': {
    says: 'padding is leftZero or none; before specification 1.7 also rightZero, leftBlank and rightBlank.',
    source: `${xsd}, paddingType; specification 1.7`,
  },
  'def-trim': {
    says: 'trim is all or none, and gone since specification 1.7.',
    source: `${standard}; specification 1.7`,
  },
  'def-unlimited-text': {
    says: 'allowUnlimitedText is for items of type text, and gone since specification 1.6.',
    source: `${standard}; specification 1.6`,
  },
  'def-regex': { says: 'regexValidation is gone since specification 1.2.', source: `${standard}; specification 1.2` },
});
