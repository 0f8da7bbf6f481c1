import { rulesOf } from './rule.ts';

const standard = 'NAACCR XML Data Exchange Standard, Item';

/** What an Item is held to by its dictionaries, whatever its value. */
export type ItemRule = 'id-missing' | 'unknown-id' | 'wrong-number' | 'wrong-level' | 'barred-item' | 'blank-value';

export const itemRules = rulesOf<ItemRule>({
  'id-missing': { says: 'An Item has a naaccrId.', source: 'naaccr_data_1.8.xsd, itemType' },
  'unknown-id': {
    says: 'naaccrId is an id of the base dictionary or of a user dictionary the file names.',
    source: standard,
  },
  'wrong-number': { says: 'naaccrNum, where it is given, is the number of the id.', source: standard },
  'wrong-level': { says: 'An Item stands in the element its dictionary gives as parentXmlElement.', source: standard },
  'barred-item': {
    says: 'An Item is of the record type of the file.',
    source: `${standard}; recordTypes of the dictionary`,
  },
  'blank-value': { says: 'An Item without a value is left out; one of blanks alone has none.', source: standard },
});
