import { isFilled } from './length.ts';
import type { ValueRule } from './value-rule.ts';

/**
 * Numbers in items of free length that are padded: 8 in an item of two characters is written 08. Items that fill their
 * length are the business of `too-short`.
 */
export const zeroPadding: ValueRule = {
  code: 'not-padded',
  kind: 'standard',
  says: 'Where the dictionary pads with zeros on the left, a value of digits has all its digits.',
  source: 'NAACCR XML Data Exchange Standard, padding',
  concerns: (item) => item.padding === 'leftZero' && item.length !== null && !isFilled(item),
  broken: (value, { length }) =>
    length !== null && value.length < length && /^[0-9]+$/.test(value)
      ? `has ${value.length} digits instead of ${length}: fill up with zeros on the left`
      : null,
};
