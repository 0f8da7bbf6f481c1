import { expect } from 'vitest';

/** Equal to so many significant digits. */
export const expectDigits = (value: number, wanted: number, digits: number): void => {
  const off = wanted === 0 ? Math.abs(value) : Math.abs(value / wanted - 1);
  expect(off, `${value} for ${wanted}`).toBeLessThan(10 ** -digits);
};
