import type { ValueRule } from './value-rule.ts';

const source = 'NAACCR XML Data Exchange Standard, specification 1.7: no trim attribute any more';

/** Before specification 1.7 blanks around a value were taken off, unless the dictionary said otherwise. */
const concerns: ValueRule['concerns'] = (_item, specification) => specification === '1.7' || specification === '1.8';

export const leadingSpace: ValueRule = {
  code: 'leading-space',
  kind: 'standard',
  says: 'A value does not start with a space.',
  source,
  concerns,
  broken: (value) => (value.startsWith(' ') ? 'starts with a space: take it off' : null),
};

export const trailingSpace: ValueRule = {
  code: 'trailing-space',
  kind: 'standard',
  says: 'A value does not end with a space.',
  source,
  concerns,
  broken: (value) => (value.endsWith(' ') ? 'ends with a space: take it off' : null),
};
