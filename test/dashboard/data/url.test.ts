import { expect, test } from 'vitest';
import { home, misread, readAddress, writeAddress, type Address } from '../../../dashboard/data/url.ts';

const roundTrip = (address: Address): Address => {
  const { pathname, search } = new URL(writeAddress(address), 'http://himsight');
  return readAddress(pathname, search);
};

test('the scorecard as it opens has the plainest address', () => {
  expect(writeAddress(home)).toBe('/');
  expect(readAddress('/', '')).toEqual(home);
});

test.each<[string, Address]>([
  ['0 and false', { ...home, where: { flag: ['0', 'false'] } }],
  ['the empty text, which stands for unknown', { ...home, where: { facility: [''] } }],
  ['commas, equals signs, ampersands', { ...home, where: { service: ['a,b', 'c=d&e', '50 %'] } }],
  ['Unicode', { ...home, where: { service: ['Gynäkologie', '内科', '🫀'] } }],
  ['several dimensions', { ...home, where: { facility: ['riverside', 'st-anne'], service: ['Oncology'] } }],
  ['months by name', { ...home, period: { kind: 'between', from: '2025-01', to: '2025-06' } }],
  ['a count of months', { ...home, period: { kind: 'last', months: 12 } }],
  [
    'grain, comparison, variant and split',
    { ...home, page: 'coding', grain: 'quarter', compare: 'none', show: 'code_accuracy_all', by: 'coder' },
  ],
  ['all indicators and the stretch of a bridge', { ...home, page: 'unbilled', all: true, bridge: 'month' }],
  [
    'what rates and survival of a registry are asked for',
    {
      ...home,
      page: 'registry',
      registry: {
        ...{ recode: '2008', sites: ['20010', '35011'], sex: '2', years: { first: 2010, last: 2014 } },
        ...{ standard: 'Höhe, 50 % & co.', limits: 'fay-feuer', rates: 'county', survival: 'stage' },
        ...{ measure: 'relative', method: 'kaplan-meier', expected: 'ederer-1', followed: '10' },
      },
    },
  ],
  ['a metric', { ...home, page: 'kpi', subject: 'delinquency_rate' }],
  ['a subject with a slash and a percent sign', { ...home, page: 'kpi', subject: 'a/b%c' }],
  ['whose cases are sent', { ...home, page: 'submissions', subject: 'incidence', cases: { from: '2004', to: '2023' } }],
  ['a run', { ...home, page: 'runs', subject: '20260902T040912Z-1b2c3d' }],
])('%s come back from the address', (_, address) => {
  expect(roundTrip(address)).toEqual(address);
});

test('an empty list is no filter, and is not written', () => {
  expect(writeAddress({ ...home, where: { facility: [] } })).toBe('/');
});

test('the order in which filters were set does not change the address', () => {
  const one = writeAddress({ ...home, where: { service: ['x'], facility: ['y'] } });
  expect(writeAddress({ ...home, where: { facility: ['y'], service: ['x'] } })).toBe(one);
});

test.each(['/nowhere', '/coding/extra', '/kpi', '/missing', '/runs/a/b'])('%s is no page of ours', (path) => {
  expect(readAddress(path, '').page).toBe('missing');
});

test('what cannot be read falls back, and is said in a sentence', () => {
  const search = '?period=soon&grain=day&compare=never&all=no&bridge=year&cases=2004';
  expect(readAddress('/', search)).toEqual(home);
  expect(misread(search)).toHaveLength(6);
  expect(misread('?period=24m&grain=week&compare=none&facility=x')).toEqual([]);
});

test('choices of a registry that cannot be read are the usual ones, and are said', () => {
  const search = '?rates=shoe&limits=wald&recode=1999&years=2014..2010&cancer_sex=9&followed=7';
  expect(readAddress('/registry', search)).toEqual({ ...home, page: 'registry' });
  expect(misread(search)).toHaveLength(6);
  expect(misread('?rates=age&cancer=20010&cancer_sex=1&years=2010..2010&standard=any')).toEqual([]);
});

test('months the wrong way round are not read', () => {
  expect(misread('?period=2025-06..2025-01')).toHaveLength(1);
});
