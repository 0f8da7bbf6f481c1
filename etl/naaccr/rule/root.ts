import type { NaaccrRoot } from '../root.ts';
import { naaccrNamespace, userDictionariesOf } from '../root.ts';
import { versionOf } from '../dictionary/dictionary.ts';
import type { FileDictionaries } from '../dictionary/items-of.ts';
import { isCalendarDate } from './calendar-date.ts';
import { isFrom, rulesOf, specificationOf, specifications } from './rule.ts';

const xsd = 'naaccr_data_1.8.xsd, NaaccrData';
const standard = 'NAACCR XML Data Exchange Standard';

/** What the outermost element says of the file. */
export type RootRule =
  | 'root-element'
  | 'namespace'
  | 'root-attribute'
  | 'specification-missing'
  | 'specification-unknown'
  | 'base-dictionary-missing'
  | 'base-dictionary-uri'
  | 'base-dictionary-absent'
  | 'user-dictionary-several'
  | 'user-dictionary-absent'
  | 'user-dictionary-version'
  | 'user-dictionary-conflict'
  | 'record-type-missing'
  | 'record-type-unknown'
  | 'time-generated';

export const rootRules = rulesOf<RootRule>({
  'root-element': { says: 'The outermost element is NaaccrData.', source: xsd },
  namespace: { says: `NaaccrData is of the namespace ${naaccrNamespace}, by default or by a prefix.`, source: xsd },
  'root-attribute': { says: 'Attributes of your own have a namespace prefix.', source: `${xsd}, xsd:anyAttribute` },
  'specification-missing': { says: 'specificationVersion is required; 1.0 is assumed without it.', source: xsd },
  'specification-unknown': { says: `specificationVersion is one of ${specifications.join(', ')}.`, source: standard },
  'base-dictionary-missing': { says: 'baseDictionaryUri is required.', source: xsd },
  'base-dictionary-uri': {
    says: 'baseDictionaryUri is http://naaccr.org/naaccrxml/naaccr-dictionary-VERSION.xml, the version in three digits.',
    source: standard,
  },
  'base-dictionary-absent': {
    says: 'The base dictionary a file names is at hand: give it with --dictionary.',
    source: standard,
  },
  'user-dictionary-several': {
    says: 'Before specification 1.2 a file names one user dictionary.',
    source: `${standard}, specification 1.2`,
  },
  'user-dictionary-absent': {
    says: 'Every user dictionary a file names is at hand: give it with --dictionary.',
    source: `${standard}; a missing one must not pass in silence`,
  },
  'user-dictionary-version': {
    says: 'A user dictionary of a version goes with files of that version.',
    source: standard,
  },
  'user-dictionary-conflict': {
    says: 'An id means the same in all dictionaries of a file, and a number is that of one id.',
    source: standard,
  },
  'record-type-missing': { says: 'recordType is required.', source: xsd },
  'record-type-unknown': { says: 'recordType is A, M, C or I.', source: `${xsd}, recordtypeType` },
  'time-generated': {
    says: 'timeGenerated is a date and time, as 2026-01-15T10:00:00-05:00.',
    source: `${xsd}, xsd:dateTime`,
  },
});

/** A rule of the root that is broken, with what stands there. */
export interface RootFlaw {
  readonly rule: RootRule;
  readonly says: string;
}

/** What is wrong with a root of NAACCR XML and the dictionaries it names. Whether it is one is not asked here. */
export const rootFlaws = (root: NaaccrRoot, dictionaries: FileDictionaries): readonly RootFlaw[] => {
  const flaws: RootFlaw[] = [];
  const broken = (rule: RootRule, isBroken: boolean, says = rootRules[rule].says): void => {
    if (isBroken) flaws.push({ rule, says });
  };
  const users = userDictionariesOf(root);
  const specification = specificationOf(root.specificationVersion ?? '1.0');
  const base = root.baseDictionaryUri ?? '';
  broken('namespace', root.namespace !== naaccrNamespace);
  broken('root-attribute', root.hasOtherAttributes);
  broken('specification-missing', root.specificationVersion === null);
  broken('specification-unknown', specification === null);
  broken('base-dictionary-missing', base === '');
  broken('base-dictionary-uri', base !== '' && versionOf(base) === null && dictionaries.base === null);
  broken(
    'base-dictionary-absent',
    versionOf(base) !== null && dictionaries.base === null,
    `The base dictionary ${base} is not at hand: give it with --dictionary.`,
  );
  broken('user-dictionary-several', users.length > 1 && specification !== null && !isFrom(specification, '1.2'));
  for (const uri of dictionaries.missing)
    broken('user-dictionary-absent', true, `The user dictionary ${uri} is not at hand: give it with --dictionary.`);
  for (const { uri, version } of dictionaries.users)
    broken(
      'user-dictionary-version',
      version !== null && version !== versionOf(base),
      `The user dictionary ${uri} is of version ${version}, the file is not.`,
    );
  for (const { uri, first, second } of dictionaries.conflicts)
    broken(
      'user-dictionary-conflict',
      true,
      first.id === second.id
        ? `The user dictionary ${uri} defines \`${first.id}\` otherwise than another dictionary.`
        : `The user dictionary ${uri} gives \`${second.id}\` the number ${first.number}, which is that of \`${first.id}\`.`,
    );
  broken('record-type-missing', !root.recordType);
  broken('record-type-unknown', Boolean(root.recordType) && !/^[AMCI]$/.test(root.recordType ?? ''));
  broken('time-generated', root.timeGenerated !== null && !isDateTime(root.timeGenerated));
  return flaws;
};

/** xsd:dateTime. */
const isDateTime = (text: string): boolean => {
  const match = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d)?$/.exec(
    text,
  );
  return match !== null && isCalendarDate(match[1]!, match[2]!, match[3]!);
};
