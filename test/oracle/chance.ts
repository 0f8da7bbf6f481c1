/** Draws that are the same every time for the same seed. */
export interface Chance {
  readonly maybe: (share: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
  /** Whole number, both ends included. */
  readonly whole: (from: number, to: number) => number;
}

/** mulberry32 */
export const chanceFrom = (seed: number): Chance => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return { maybe: (share) => next() < share, one: (of) => of[whole(0, of.length - 1)]!, whole };
};
