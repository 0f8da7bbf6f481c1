import { expect, test } from 'vitest';
import { fuzz } from '../../crash/fuzz.ts';
import { mutationNames } from '../../crash/mutation.ts';

// The whole ten thousand: node test/crash/mutate.ts.
test.each([20_001, 20_051, 20_101])('fifty spoilt files from seed %i break nothing', async (from) => {
  const { files, outcomes, mutations, faults } = await fuzz(from, from + 50);
  expect(faults).toEqual([]);
  expect(files).toBe(50);
  expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(50);
  expect([...outcomes.keys()].map((name) => name.split(' ')[1])).toEqual(expect.arrayContaining(['landed', 'held']));
  expect([...mutations.keys()].every((name) => mutationNames.includes(name))).toBe(true);
});
