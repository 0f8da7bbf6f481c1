import { expect, test } from 'vitest';
import {
  actuarialSurvival,
  countByInterval,
  type Outcome,
  type SurvivalCase,
} from '../../../warehouse/statistics/actuarial-survival.ts';
import { limitsAt } from '../../../warehouse/statistics/kaplan-meier.ts';
import { drawFrom } from '../../oracle/chance.ts';
import { sharedData } from '../../support/shared-data.ts';
import { rowsOf } from './population.ts';

const of = (text: string): SurvivalCase[] =>
  text.split(' ').map((word) => ({
    months: parseInt(word, 10),
    outcome: word.endsWith('+') ? 'alive' : word.endsWith('o') ? 'died_other' : 'died',
  }));

test('worked by hand: ten cases over three months', () => {
  // Month 1: 10 alive, 2 die, 2 leave; month 2: 6 alive, 1 dies, 1 leaves; month 3: 4 alive, 1 dies.
  const counts = countByInterval(of('0 0 0+ 0+ 1 1+ 2 5 6+ 7'), 3);
  expect(counts.entered).toBe(10);
  const curve = actuarialSurvival(counts);
  expect([...curve.alive]).toEqual([10, 6, 4]);
  expect([...curve.atRisk]).toEqual([10 - 2 / 2, 6 - 1 / 2, 4]);
  expect(curve.interval[1]).toBeCloseTo(1 - 1 / 5.5, 14);
  expect(curve.survival[2]).toBeCloseTo((1 - 2 / 9) * (1 - 1 / 5.5) * (1 - 1 / 4), 14);
  expect(curve.intervalError[0]).toBeCloseTo(Math.sqrt(((7 / 9) * (2 / 9)) / 9), 14);
  const variance = 2 / (9 * 7) + 1 / (5.5 * 4.5) + 1 / (4 * 3);
  expect(curve.error[2]).toBeCloseTo(curve.survival[2]! * Math.sqrt(variance), 14);
  const s = curve.survival[2]!;
  const power = (1.959963984540054 * Math.sqrt(variance)) / -Math.log(s);
  expect(limitsAt(curve, 2).lower).toBeCloseTo(s ** Math.exp(power), 12);
  expect(limitsAt(curve, 2).upper).toBeCloseTo(s ** Math.exp(-power), 12);
});

test('with Kaplan–Meier deaths come first', () => {
  const curve = actuarialSurvival(countByInterval(of('0 0 0+ 0+ 1 1+ 2 5 6+ 7'), 3), 'kaplan-meier');
  expect([...curve.atRisk]).toEqual([10, 6, 4]);
  expect(curve.survival[2]).toBeCloseTo((8 / 10) * (5 / 6) * (3 / 4), 14);
});

test('of another cause: a death in the observed survival, an end of watching in the cause-specific one', () => {
  const cases = of('0 0o 1+ 1 2o 3');
  expect(countByInterval(cases, 4)).toMatchObject({
    died: Float64Array.of(2, 1, 1, 1),
    withdrawn: Float64Array.of(0, 1, 0, 0),
  });
  expect(countByInterval(cases, 4, 'cause-specific')).toMatchObject({
    died: Float64Array.of(1, 1, 0, 1),
    withdrawn: Float64Array.of(1, 1, 1, 0),
  });
});

test('the table ends where nobody is left; months that are not known have no place', () => {
  const curve = actuarialSurvival(countByInterval(of('0 1'), 6));
  expect([...curve.survival]).toEqual([0.5, 0]);
  expect(curve.error[1]).toBeNaN();
  expect(limitsAt(curve, 1).lower).toBeNaN();
  expect(actuarialSurvival(countByInterval([], 6)).time).toHaveLength(0);
  expect(() => countByInterval([{ months: 9999.5, outcome: 'died' }], 6)).toThrow(RangeError);
  expect(() => countByInterval([{ months: -1, outcome: 'died' }], 6)).toThrow(/whole and not below 0/);
});

/** Case by case, month by month, nothing kept between them. */
const plainSurvival = (cases: readonly SurvivalCase[], until: number, isActuarial: boolean): number => {
  let survival = 1;
  for (let month = 0; month < until; month++) {
    let [alive, died, left] = [0, 0, 0];
    for (const { months, outcome } of cases) {
      if (months < month) continue;
      alive++;
      if (months === month && outcome === 'alive') left++;
      if (months === month && outcome !== 'alive') died++;
    }
    if (alive > 0) survival *= 1 - died / (alive - (isActuarial ? left / 2 : 0));
  }
  return survival;
};

test('equal to plain counting on random cases', () => {
  const draw = drawFrom(20260);
  for (let round = 0; round < 20; round++) {
    const outcomes: readonly Outcome[] = ['died', 'alive', 'died_other'];
    const cases = Array.from({ length: 150 }, () => ({
      months: draw.whole(0, 39),
      outcome: draw.one(outcomes),
    }));
    for (const method of ['actuarial', 'kaplan-meier'] as const) {
      const curve = actuarialSurvival(countByInterval(cases, 30), method);
      for (const i of [0, 11, 29])
        expect(curve.survival[i]).toBeCloseTo(plainSurvival(cases, i + 1, method === 'actuarial'), 12);
    }
  }
});

const amlFile = sharedData('survival', 'aml.csv');
const lungFile = sharedData('survival', 'lung.csv');

test.skipIf(amlFile === null)(
  'aml by weeks: Kaplan–Meier by intervals comes down as R has it, medians 31 and 23',
  () => {
    for (const [arm, median] of [
      ['Maintained', 31],
      ['Nonmaintained', 23],
    ] as const) {
      const cases = rowsOf(amlFile!)
        .filter(({ x }) => x === arm)
        .map(({ time, status }): SurvivalCase => ({
          months: Number(time),
          outcome: status === '1' ? 'died' : 'alive',
        }));
      const curve = actuarialSurvival(countByInterval(cases, 200), 'kaplan-meier');
      expect(curve.survival.findIndex((share) => share <= 0.5)).toBe(median);
    }
  },
);

test.skipIf(lungFile === null)('lung by days: S(90), S(180) and S(365) as R has them', () => {
  const cases = rowsOf(lungFile!).map(({ time, status }): SurvivalCase => ({
    months: Number(time),
    outcome: status === '2' ? 'died' : 'alive',
  }));
  const curve = actuarialSurvival(countByInterval(cases, 1100), 'kaplan-meier');
  expect(curve.events).toBe(165);
  expect(curve.survival[90]).toBeCloseTo(0.8815789, 7);
  expect(curve.survival[180]).toBeCloseTo(0.7216707, 7);
  expect(curve.survival[365]).toBeCloseTo(0.4092416, 7);
  // By months of 30.4375 days the actuarial estimate lies close by.
  const monthly = cases.map((one) => ({ ...one, months: Math.floor(one.months / 30.4375) }));
  expect(actuarialSurvival(countByInterval(monthly, 40)).survival[11]).toBeCloseTo(0.41, 2);
});
