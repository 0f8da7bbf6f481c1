import { expect, test } from 'vitest';
import { faultSentence, faultStack } from '../../etl/fault.ts';

test.each([
  [
    'a conversion names its value, so only its kind is kept',
    'Conversion Error: Could not convert string "Miller" to INT32',
    'Conversion Error.',
  ],
  ['a constraint too', 'Constraint Error: Duplicate key "id: 4711"', 'Constraint Error.'],
  [
    'a statement that does not bind speaks of columns',
    'Binder Error: Ambiguous reference to "line"\nLINE 1: …',
    'Binder Error: Ambiguous reference to "line".',
  ],
  ['an error of ours is a sentence', 'the disk is full', 'the disk is full.'],
])('%s', (_what, message, kept) => {
  expect(faultSentence(new Error(message))).toBe(kept);
});

test('a stack goes on to the causes, and says no more of them', () => {
  const cause = new Error('Invalid Input Error: Malformed JSON: {"name":"Miller"}');
  const stack = faultStack(new Error('reading failed', { cause }));
  expect(stack).toMatch(/^Error: reading failed\.\n\s+at [^]*\nError: Invalid Input Error\.\n\s+at /);
  expect(stack).not.toContain('Miller');
});
