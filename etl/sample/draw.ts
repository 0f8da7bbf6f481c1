import { byBytes, digest } from './digest.ts';

/** What can be drawn: one record of a frame. */
export interface Drawable {
  readonly encounterId: string;
  /** Day of final coding, ISO. */
  readonly codedDate: string;
}

/**
 * The rank of a record under a seed: sha256 of `seed:encounter_id`, hex. Records in the order of their ranks are in
 * random order, the same on any machine and in any program that has sha256.
 */
export const rankOf = (seed: number, encounterId: string): string => digest(`${seed}:${encounterId}`);

/** The n records of lowest rank, lowest first: a simple random sample without replacement, whose first k are one too. */
export const drawSimple = <T extends Drawable>(records: readonly T[], n: number, seed: number): readonly T[] =>
  records
    .map((record) => ({ record, rank: rankOf(seed, record.encounterId) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : byBytes(a.record.encounterId, b.record.encounterId)))
    .slice(0, n)
    .map(({ record }) => record);

/** Steps that an interval is divided into, so that the random start is a whole number: 2^48. */
const steps = 1n << 48n;

/** Where a systematic sample starts within its first interval, in 2^48ths: the first 48 bits of sha256 of `seed:start`. */
export const startOf = (seed: number): bigint => BigInt(`0x${digest(`${seed}:start`).slice(0, 12)}`);

/**
 * Every (N/n)-th record in order of coding date and id, from a random start: position ⌊(i + u)·N/n⌋ for i = 0 … n − 1,
 * u the random start in [0, 1). Where N/n is no whole number the steps differ by one, and each record still has the
 * chance n/N (fractional interval method; Kish, Survey Sampling, 1965, 4.1).
 */
export const drawSystematic = <T extends Drawable>(records: readonly T[], n: number, seed: number): readonly T[] => {
  const ordered = records.toSorted((a, b) =>
    a.codedDate === b.codedDate ? byBytes(a.encounterId, b.encounterId) : a.codedDate < b.codedDate ? -1 : 1,
  );
  const start = startOf(seed);
  const size = BigInt(ordered.length);
  return Array.from(
    { length: n },
    (_, i) => ordered[Number(((BigInt(i) * steps + start) * size) / (BigInt(n) * steps))]!,
  );
};
