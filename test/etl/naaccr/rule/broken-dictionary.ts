import { baseText, changed, namespace, userText } from '../small-registry.ts';

/** A rule of dictionaries, one that breaks it and nothing else, and one that only just keeps it. */
export interface BrokenDictionary {
  readonly rule: string;
  readonly broken: string;
  readonly line: number;
  /** Id of the ItemDef as told; null where the dictionary is meant. */
  readonly id?: string | null;
  readonly kept?: string;
}

const copy = (from: string | RegExp, to: string): string => changed(userText, from, to);
const by = (specification: string, text = userText): string => changed(text, '"1.8"', `"${specification}"`);
const name = 'naaccrName="State item"';
const stateItem = 4;

export const brokenDictionaries: readonly BrokenDictionary[] = [
  { rule: 'dictionary-namespace', broken: copy(` xmlns="${namespace}"`, ''), line: 2, id: null },
  {
    rule: 'dictionary-specification',
    broken: changed(changed(baseText, ' specificationVersion="1.8"', ''), '"dateTime"', '"text"'),
    line: 2,
    kept: by('1.7'),
  },
  { rule: 'dictionary-specification', broken: by('2.0'), line: 2 },
  { rule: 'dictionary-version', broken: changed(baseText, ' naaccrVersion="260"', ''), line: 2, kept: baseText },
  {
    rule: 'dictionary-version',
    broken: copy(' specification', ' naaccrVersion="26" specification'),
    line: 2,
    kept: copy(' specification', ' naaccrVersion="260" specification'),
  },
  { rule: 'dictionary-version', broken: by('1.0'), line: 2, kept: by('1.1') },
  { rule: 'dictionary-empty', broken: copy(/<ItemDef .*\n.*\n/, ''), line: 2 },
  {
    rule: 'dictionary-groups',
    broken: copy('</ItemDefs>', '</ItemDefs><GroupedItemDefs><GroupedItemDef/></GroupedItemDefs>'),
    line: 2,
  },
  {
    rule: 'dictionary-attribute',
    broken: copy(name, 'shoeSize="1"'),
    line: stateItem,
    id: 'stateItem',
    kept: copy(name, 'sourceOfStandard="State"'),
  },
  {
    rule: 'dictionary-attribute',
    broken: copy(' specification', ' owner="x" specification'),
    line: 2,
    kept: copy(' specification', ' description="x" specification'),
  },
  { rule: 'def-id-missing', broken: copy('naaccrId="stateItem"', ''), line: stateItem, id: null },
  {
    rule: 'def-id-format',
    broken: copy('"stateItem"', '"StateItem"'),
    line: stateItem,
    id: 'StateItem',
    kept: copy('"stateItem"', '"s1"'),
  },
  { rule: 'def-id-format', broken: copy('"stateItem"', '"state_item"'), line: stateItem },
  {
    rule: 'def-id-length',
    broken: copy('"stateItem"', `"${'s'.repeat(33)}"`),
    line: stateItem,
    kept: copy('"stateItem"', `"${'s'.repeat(32)}"`),
  },
  {
    rule: 'def-id-length',
    broken: by('1.3', copy('"stateItem"', `"${'s'.repeat(51)}"`)),
    line: stateItem,
    kept: by('1.3', copy('"stateItem"', `"${'s'.repeat(50)}"`)),
  },
  { rule: 'def-id-twice', broken: copy('"stateNote"', '"stateItem"'), line: 5, id: 'stateItem' },
  { rule: 'def-id-of-base', broken: copy('"stateItem"', '"primarySite"'), line: stateItem, id: 'primarySite' },
  { rule: 'def-number-missing', broken: copy('naaccrNum="9500"', ''), line: stateItem },
  { rule: 'def-number-missing', broken: copy('"9500"', '"95.5"'), line: stateItem },
  { rule: 'def-number-twice', broken: copy('"9501"', '"9500"'), line: 5, id: 'stateNote' },
  { rule: 'def-number-of-base', broken: copy('"9500"', '"400"'), line: stateItem, kept: copy('"9500"', '"401"') },
  { rule: 'def-number-range', broken: by('1.2', copy('"9500"', '"9499"')), line: stateItem, kept: by('1.2') },
  {
    rule: 'def-number-range',
    broken: by('1.2', copy('"9501"', '"100000"')),
    line: 5,
    kept: by('1.3', copy('"9501"', '"100000"')),
  },
  {
    rule: 'def-name-length',
    broken: copy('State item', 'x'.repeat(51)),
    line: stateItem,
    kept: copy('State item', 'x'.repeat(50)),
  },
  { rule: 'def-length-missing', broken: copy('length="3"', ''), line: stateItem },
  {
    rule: 'def-length-missing',
    broken: copy('length="3"', 'length="0"'),
    line: stateItem,
    kept: copy('length="3"', 'length="1"'),
  },
  { rule: 'def-level', broken: copy('"Tumor"', '"Tumour"'), line: stateItem, kept: copy('"Tumor"', '"NaaccrData"') },
  { rule: 'def-record-types', broken: copy('"A,I"', '"A, I"'), line: stateItem, kept: copy('"A,I"', '"I"') },
  { rule: 'def-data-type', broken: copy('"digits"', '"number"'), line: stateItem, kept: copy('"digits"', '"numeric"') },
  {
    rule: 'def-date-time',
    broken: by('1.7', copy('"digits"', '"dateTime"')),
    line: stateItem,
    kept: copy('"digits"', '"dateTime"'),
  },
  {
    rule: 'def-padding',
    broken: copy('"leftZero"', '"rightZero"'),
    line: stateItem,
    kept: by('1.6', copy('"leftZero"', '"rightZero"')),
  },
  { rule: 'def-trim', broken: copy(name, 'trim="all"'), line: stateItem, kept: by('1.6', copy(name, 'trim="all"')) },
  {
    rule: 'def-trim',
    broken: by('1.6', copy(name, 'trim="some"')),
    line: stateItem,
    kept: by('1.6', copy(name, 'trim="none"')),
  },
  {
    rule: 'def-unlimited-text',
    broken: by('1.6', copy(name, 'allowUnlimitedText="false"')),
    line: stateItem,
    kept: by('1.5', copy(name, 'allowUnlimitedText="false"')),
  },
  {
    rule: 'def-unlimited-text',
    broken: by('1.5', copy(name, 'allowUnlimitedText="true"')),
    line: stateItem,
    kept: by('1.5', changed(copy(name, 'allowUnlimitedText="true"'), '"digits"', '"text"')),
  },
  {
    rule: 'def-regex',
    broken: by('1.2', copy(name, 'regexValidation="x"')),
    line: stateItem,
    kept: by('1.1', copy(name, 'regexValidation="x"')),
  },
];
