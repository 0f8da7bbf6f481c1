/** Draws from one stream of chance, the same every time (mulberry32). */
export interface Draw {
  readonly maybe: (share: number) => boolean;
  readonly one: <T>(of: readonly T[]) => T;
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number;
}

/** A stream of draws of its own for each seed. */
export const drawFrom = (seed: number): Draw => {
  let state = seed;
  const chance = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(chance() * (to - from + 1));
  return { maybe: (share) => chance() < share, one: (of) => of[whole(0, of.length - 1)]!, whole };
};
