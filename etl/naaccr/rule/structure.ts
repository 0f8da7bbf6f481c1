import { rulesOf } from './rule.ts';

/** How the elements of a file may stand: what the XML schema says, found without a dictionary. */
export type StructureRule =
  | 'misplaced-element'
  | 'element-in-item'
  | 'element-attribute'
  | 'item-attribute'
  | 'item-after-child'
  | 'item-after-extension'
  | 'extension-after-child'
  | 'item-twice'
  | 'loose-text';

const xsd = 'naaccr_data_1.8.xsd';

export const structureRules = rulesOf<StructureRule>({
  'misplaced-element': {
    says: 'Patient stands in NaaccrData, Tumor in Patient, nothing else in either but Item; what is more has a namespace of its own.',
    source: xsd,
  },
  'element-in-item': { says: 'An Item holds text alone.', source: `${xsd}, itemType` },
  'element-attribute': { says: 'Patient and Tumor have no attributes.', source: xsd },
  'item-attribute': { says: 'An Item has no attributes but naaccrId and naaccrNum.', source: `${xsd}, itemType` },
  'item-after-child': {
    says: 'All Items of an element come before its Patients or Tumors.',
    source: `${xsd}, xsd:sequence`,
  },
  'item-after-extension': {
    says: 'All Items of an element come before its extensions.',
    source: `${xsd}, xsd:sequence`,
  },
  'extension-after-child': { says: 'Extensions come before Patients or Tumors.', source: `${xsd}, xsd:sequence` },
  'item-twice': { says: 'An id stands once in an element.', source: 'NAACCR XML Data Exchange Standard, Item' },
  'loose-text': { says: 'Text stands in an Item.', source: xsd },
});
