import type { NaaccrType } from '../dictionary/dictionary.ts';
import type { ValueRule } from './value-rule.ts';

/** What each type looks like. Whether a date is in the calendar is a check of our own, as the standard does not ask. */
const types: readonly {
  readonly type: Exclude<NaaccrType, 'text'>;
  readonly code: string;
  readonly pattern: RegExp;
  readonly are: string;
}[] = [
  { type: 'alpha', code: 'not-alpha', pattern: /^[A-Z]+$/, are: 'capital letters A to Z' },
  { type: 'digits', code: 'not-digits', pattern: /^[0-9]+$/, are: 'digits' },
  { type: 'mixed', code: 'not-mixed', pattern: /^[A-Z0-9]+$/, are: 'capital letters A to Z and digits' },
  {
    type: 'numeric',
    code: 'not-numeric',
    pattern: /^[0-9]+(\.[0-9]+)?$/,
    are: 'digits, with one point between them at most',
  },
  {
    type: 'date',
    code: 'not-date',
    pattern: /^(18|19|20)[0-9]{2}((0[1-9]|1[012])(0[1-9]|[12][0-9]|3[01])?)?$/,
    are: 'YYYY, YYYYMM or YYYYMMDD of 1800 to 2099, without 99 for what is not known',
  },
  {
    type: 'dateTime',
    code: 'not-date-time',
    pattern:
      /^([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60))?)?(Z|([+-])((0[0-9]|1[0-3]):[0-5][0-9]|14:00)?)?)?$/,
    are: 'YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss, with an offset where needed',
  },
];

/** One rule a type: the characters of a value. Text may be anything. */
export const dataTypes: readonly ValueRule[] = types.map(({ type, code, pattern, are }) => ({
  code,
  kind: 'standard',
  says: `Values of type ${type} are ${are}.`,
  source: 'naaccr_dictionary_1.8.xsd, datatypeType',
  concerns: (item) => item.type === type,
  broken: (value) => (pattern.test(value) ? null : `is of type ${type}: ${are}`),
}));
