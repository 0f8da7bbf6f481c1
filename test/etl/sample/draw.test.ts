import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { allocate } from '../../../etl/sample/allocate.ts';
import { drawSimple, drawSystematic, startOf, type Drawable } from '../../../etl/sample/draw.ts';
import { periodOf } from '../../../etl/sample/period.ts';
import { ratStatsInput, sizeFor, tricare } from '../../../etl/sample/size.ts';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

const records = (count: number): readonly Drawable[] =>
  Array.from({ length: count }, (_, i) => ({
    encounterId: `E${i + 1}`,
    codedDate: `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`,
  }));

const ids = (drawn: readonly Drawable[]): readonly string[] => drawn.map(({ encounterId }) => encounterId);

test('the rule of the draw, worked by hand', () => {
  // sha256sum of 7:A, 7:B, 7:C, 7:D: lowest first, in the order of the first digits printed beside them.
  const four = ['A', 'B', 'C', 'D'].map((encounterId) => ({ encounterId, codedDate: '2026-01-01' }));
  const byHand = ['A', 'B', 'C', 'D'].toSorted((a, b) => (sha(`7:${a}`) < sha(`7:${b}`) ? -1 : 1));
  expect(['A', 'B', 'C', 'D'].map((id) => sha(`7:${id}`).slice(0, 6))).toEqual(digits);
  expect(ids(drawSimple(four, 4, 7))).toEqual(byHand);
  expect(ids(drawSimple(four, 2, 7))).toEqual(byHand.slice(0, 2));
});

/** First digits of `printf 7:A | sha256sum` and so on. */
const digits = ['0d3757', 'b8553d', '7bb5f5', 'e723ec'];

test('a systematic sample steps by N/n from a random start', () => {
  // N = 10, n = 4: steps of 2.5. With u the start as a share of the first step: floor(2.5u), floor(2.5(1 + u)) …
  const u = Number(startOf(7)) / 2 ** 48;
  const ordered = Array.from({ length: 10 }, (_, i) => ({ encounterId: `E${i}`, codedDate: '2026-01-01' }));
  const expected = [0, 1, 2, 3].map((i) => `E${Math.floor((i + u) * 2.5)}`);
  expect(ids(drawSystematic(ordered.toReversed(), 4, 7))).toEqual(expected);
  expect(ids(drawSystematic(ordered, 10, 7))).toEqual(ids(ordered));
});

test('an order by date comes before one by id', () => {
  const two = [
    { encounterId: 'A', codedDate: '2026-01-02' },
    { encounterId: 'B', codedDate: '2026-01-01' },
  ];
  expect(ids(drawSystematic(two, 2, 1))).toEqual(['B', 'A']);
});

test('the order of the records changes nothing, and the first k of a sample are the sample of k', () => {
  const frame = records(200);
  const shuffled = frame.toSorted((a, b) => (sha(a.encounterId) < sha(b.encounterId) ? -1 : 1));
  for (const seed of [1, 2, 99_999_999]) {
    expect(drawSimple(shuffled, 20, seed)).toEqual(drawSimple(frame, 20, seed));
    expect(drawSystematic(shuffled, 20, seed)).toEqual(drawSystematic(frame, 20, seed));
    expect(drawSimple(frame, 50, seed).slice(0, 20)).toEqual(drawSimple(frame, 20, seed));
    expect(new Set(ids(drawSimple(frame, 50, seed))).size).toBe(50);
    expect(new Set(ids(drawSystematic(frame, 77, seed))).size).toBe(77);
  }
});

test.each([
  ['simple', drawSimple],
  ['systematic', drawSystematic],
] as const)('over 2,000 seeds each record is drawn as often as any other: %s', (_name, draw) => {
  const [N, n, seeds] = [37, 9, 2000];
  const frame = records(N);
  const times = new Map<string, number>();
  for (let seed = 1; seed <= seeds; seed++)
    for (const id of ids(draw(frame, n, seed))) times.set(id, (times.get(id) ?? 0) + 1);
  const share = n / N;
  const sigma = Math.sqrt(seeds * share * (1 - share));
  for (const { encounterId } of frame)
    expect(Math.abs((times.get(encounterId) ?? 0) - seeds * share)).toBeLessThan(4 * sigma);
});

test('an allocation adds up, holds at least one of each stratum and never more than there are', () => {
  // Quotas of 10 over 50, 30, 20: 5, 3, 2.
  expect(allocate([50, 30, 20], 10, 'proportional')).toEqual([5, 3, 2]);
  // Quotas of 10 over 47, 33, 20: 4.7, 3.3, 2 → 4 + 1, 3, 2 by the largest remainder.
  expect(allocate([47, 33, 20], 10, 'proportional')).toEqual([5, 3, 2]);
  // Quotas of 4 over 97, 2, 1: 3.88, 0.08, 0.04, but each has one.
  expect(allocate([97, 2, 1], 4, 'proportional')).toEqual([2, 1, 1]);
  // 12 over three strata: 4 each; the one of 2 gives what it has not to the others, the earlier first.
  expect(allocate([50, 2, 20], 12, 'equal')).toEqual([5, 2, 5]);
  expect(allocate([50, 2, 20], 11, 'equal')).toEqual([5, 2, 4]);
  expect(() => allocate([5, 5], 1, 'equal')).toThrow(RangeError);
  expect(() => allocate([5, 5], 11, 'equal')).toThrow(RangeError);
  expect(() => allocate([5, 0], 2, 'equal')).toThrow(RangeError);
});

test('allocations of any frame keep these bounds, proportional ones within one of their quota', () => {
  for (let round = 1; round <= 500; round++) {
    const sizes = Array.from(
      { length: 1 + (round % 9) },
      (_, i) => 1 + (parseInt(sha(`${round}:${i}`).slice(0, 4), 16) % 300),
    );
    const total = sizes.reduce((a, b) => a + b);
    const n = sizes.length + (parseInt(sha(`n${round}`).slice(0, 6), 16) % (total - sizes.length + 1));
    for (const rule of ['proportional', 'equal'] as const) {
      const drawn = allocate(sizes, n, rule);
      expect(drawn.reduce((a, b) => a + b)).toBe(n);
      drawn.forEach((one, i) => expect(one >= 1 && one <= sizes[i]!).toBe(true));
      if (rule === 'proportional' && sizes.every((size) => (n * size) / total >= 1))
        drawn.forEach((one, i) => expect(Math.abs(one - (n * sizes[i]!) / total)).toBeLessThan(1));
    }
  }
});

test('sizes by precision: n₀ = z²p(1 − p)/e², finite population, then the oversample', () => {
  // z = 1.6449: n₀ = 2.7055 · 0.25 / 0.01 = 67.6; of N = 1,476: 67.64/(1 + 66.64/1476) = 64.7 → 65; · 1.2 = 78.
  expect(sizeFor(tricare, 1476)).toBe(78);
  // Of endless many 68; · 1.2 = 81.6 → 82.
  expect(sizeFor(tricare, 1_000_000)).toBe(82);
  expect(sizeFor({ ...tricare, oversample: 0 }, 1_000_000)).toBe(68);
  // Never above the frame.
  expect(sizeFor(tricare, 30)).toBe(26);
  expect(sizeFor(tricare, 3)).toBe(3);
  // 50 needed and 10 % more are 55, though 50 · 1.1 is 55.00000000000001 in doubles.
  expect(sizeFor({ precision: 0.1, confidence: 0.9, occurrence: 0.5, oversample: 0.1 }, 185)).toBe(55);
  expect(ratStatsInput(tricare, 1476)).toEqual({
    universe: 1476,
    anticipatedRateOfOccurrence: 50,
    desiredPrecisionRange: 20,
    confidenceLevel: 90,
  });
});

test('the period of a frame is its month, else the quarter of its last day', () => {
  const coded = [{ codedDate: '2026-02-03' }, { codedDate: '2026-04-01' }];
  expect(periodOf(coded, { from: '2026-01-01', to: '2026-04-01' })).toBe('2026-Q1');
  expect(periodOf(coded, { from: '2026-01-01', to: '2026-02-01' })).toBe('2026-01');
  expect(periodOf(coded, { from: null, to: null })).toBe('2026-Q2');
  expect(periodOf(coded.slice(0, 1), null)).toBe('2026-02');
});
