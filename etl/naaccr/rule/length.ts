import type { NaaccrItem } from '../dictionary/dictionary.ts';
import type { ValueRule } from './value-rule.ts';

const source = 'NAACCR XML Data Exchange Standard, length and dataType';

/** Counted as UTF-16 units, as the reference implementation does; they differ from characters only beyond U+FFFF. */
const charactersOf = (value: string): number => value.length;

/** A value may not be longer than its dictionary allows. Texts without limit went with specification 1.6. */
export const tooLong: ValueRule = {
  code: 'too-long',
  kind: 'standard',
  says: 'A value is as long as its dictionary says at most.',
  source,
  concerns: ({ length }) => length !== null,
  broken: (value, { length }) =>
    length !== null && charactersOf(value) > length ? `has ${charactersOf(value)} characters, ${length} at most` : null,
};

/** Capital letters, digits and both fill the whole length; numbers, dates and texts may be shorter. */
export const isFilled = ({ type }: NaaccrItem): boolean => type === 'alpha' || type === 'digits' || type === 'mixed';

/** A value of such a type may not be shorter either. */
export const tooShort: ValueRule = {
  code: 'too-short',
  kind: 'standard',
  says: 'A value of type alpha, digits or mixed fills its length.',
  source,
  concerns: (item) => item.length !== null && isFilled(item),
  broken: (value, { length, padding }) =>
    length !== null && charactersOf(value) < length
      ? `has ${charactersOf(value)} characters instead of ${length}${padding === 'leftZero' ? ': fill up with zeros on the left' : ''}`
      : null,
};
