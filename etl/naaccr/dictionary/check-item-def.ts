import type { DictionaryRule } from '../rule/dictionary.ts';
import { isFrom, type Specification } from '../rule/rule.ts';
import { levelOf, type WrittenItem } from './read-dictionary.ts';

/** A rule of dictionaries that is broken. */
export interface DictionaryFlaw {
  readonly rule: DictionaryRule;
  readonly line: number;
  /** Id of the ItemDef it is about, else null. */
  readonly id: string | null;
}

const types = ['alpha', 'digits', 'mixed', 'numeric', 'date', 'dateTime', 'text'];
const attributes = [
  ...['naaccrId', 'naaccrNum', 'naaccrName', 'parentXmlElement', 'dataType', 'padding', 'startColumn', 'length'],
  ...['sourceOfStandard', 'recordTypes', 'trim', 'allowUnlimitedText', 'regexValidation'],
];

/** What is wrong with one ItemDef by itself: every rule it breaks. */
export const itemDefFlaws = (
  { line, attributes: of }: WrittenItem,
  specification: Specification,
): readonly DictionaryFlaw[] => {
  const id = of.naaccrId ?? '';
  const broken: [DictionaryRule, boolean][] = [
    ['def-id-missing', id === ''],
    ['def-id-format', id !== '' && !/^[a-z][a-zA-Z0-9]+$/.test(id)],
    ['def-id-length', id.length > (isFrom(specification, '1.4') ? 32 : 50)],
    ['def-number-missing', !/^\d+$/.test(of.naaccrNum ?? '')],
    ['def-name-length', (of.naaccrName ?? '').length > 50],
    ['def-length-missing', !/^0*[1-9]\d*$/.test(of.length ?? '')],
    ['def-level', levelOf(of.parentXmlElement) === null],
    ['def-record-types', of.recordTypes !== undefined && !/^[AMCI](,[AMCI])*$/.test(of.recordTypes)],
    ['def-data-type', of.dataType !== undefined && !types.includes(of.dataType)],
    ['def-date-time', of.dataType === 'dateTime' && !isFrom(specification, '1.8')],
    ['def-padding', of.padding !== undefined && !paddings(specification).includes(of.padding)],
    ['def-trim', of.trim !== undefined && (isFrom(specification, '1.7') || !['all', 'none'].includes(of.trim))],
    ['def-unlimited-text', breaksUnlimited(of, specification)],
    ['def-regex', of.regexValidation !== undefined && isFrom(specification, '1.2')],
    ['dictionary-attribute', Object.keys(of).some((name) => !attributes.includes(name))],
  ];
  return broken.filter(([, isBroken]) => isBroken).map(([rule]) => ({ rule, line, id: id || null }));
};

const paddings = (specification: Specification): readonly string[] =>
  isFrom(specification, '1.7') ? ['none', 'leftZero'] : ['none', 'leftZero', 'rightZero', 'leftBlank', 'rightBlank'];

const breaksUnlimited = (of: WrittenItem['attributes'], specification: Specification): boolean =>
  of.allowUnlimitedText !== undefined &&
  (isFrom(specification, '1.6') || (of.allowUnlimitedText === 'true' && (of.dataType ?? 'text') !== 'text'));
