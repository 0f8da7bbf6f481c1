import { expect, test } from 'vitest';
import {
  chartKinds,
  emptyExplore,
  exploreGrains,
  shareKinds,
  misreadExplore,
  readExplore,
  writeExplore,
  type ExploreView,
} from '../../../dashboard/data/explore-address.ts';
import { readAddress, writeAddress } from '../../../dashboard/data/url.ts';
import { seeded } from '../../support/seeded.ts';

const roundTrip = (view: ExploreView): ExploreView =>
  readExplore(new URL(writeExplore(view), 'http://himsight').search);

/** What people and extracts put into values and names, and what addresses trip over. */
const texts = [
  ...[
    '0',
    'false',
    '',
    ' ',
    'null',
    'a,b',
    '50 %',
    '%41',
    '%',
    'c=d&e',
    "O'Neil",
    '"quoted"',
    '+',
    'a+b',
    '#',
    '?',
    '/',
  ],
  ...['Gynäkologie', '内科', '🫀', '\u0000', '\u200d', 'é', 'line\nbreak', '..', 'riverside', '<b>', '\\', ';'],
];
/** Some of them called like keys of the address itself. */
const names = [
  ...texts,
  'facility',
  'metric',
  'rows',
  'top',
  'beside',
  'against',
  'share',
  'release',
  'is.top',
  'is.',
  '__proto__',
  'constructor',
];

const randomView = (random: () => number): ExploreView => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = (list: readonly string[]) => [
    ...new Set(Array.from({ length: Math.floor(random() * 4) }, () => pick(list))),
  ];
  const day = () => new Date(Date.UTC(2010, 0, 1 + Math.floor(random() * 7000))).toISOString();
  const length = pick(['2010-01', '2010-01-01']).length;
  const [from, to] = [day().slice(0, length), day().slice(0, length)].toSorted() as [string, string];
  return {
    metrics: some(names),
    rows: pick([null, ...names]),
    columns: pick([null, ...names]),
    grain: pick([null, ...exploreGrains]),
    period: random() < 0.5 ? { kind: 'last', months: 1 + Math.floor(random() * 999) } : { kind: 'between', from, to },
    where: Object.fromEntries(some(names).map((name) => [name, some(texts)])),
    compare: pick([null, 'year', 'previous']),
    against: pick([null, ...texts]),
    share: pick([null, ...shareKinds]),
    beside: some(names),
    chart: pick([null, ...chartKinds]),
    top: pick([null, 1, 10, 999]),
    release: pick([null, ...texts]),
  };
};

/** An empty list keeps everything, as no filter does: an address has no other way to say it. */
const withoutEmptyLists = (view: ExploreView): ExploreView => ({
  ...view,
  where: Object.fromEntries(Object.entries(view.where).filter(([, values]) => values.length > 0)),
});

test('10,000 random views come back from their addresses as they were', () => {
  const random = seeded(20260902);
  const seen = new Set<string>();
  for (let i = 0; i < 10_000; i++) {
    const view = randomView(random);
    const address = writeExplore(view);
    expect(readExplore(new URL(address, 'http://himsight').search)).toEqual(withoutEmptyLists(view));
    expect(writeExplore(roundTrip(view))).toBe(address);
    seen.add(address);
  }
  expect(seen.size).toBeGreaterThan(9_900);
});

test('the page as it opens has the plainest address', () => {
  expect(writeExplore(emptyExplore)).toBe('/explore');
  expect(readExplore('')).toEqual(emptyExplore);
});

test('an empty list is no filter, and the order of filters does not change the address', () => {
  expect(writeExplore({ ...emptyExplore, where: { facility: [] } })).toBe('/explore');
  const one = writeExplore({ ...emptyExplore, where: { service: ['x'], facility: ['y'] } });
  expect(writeExplore({ ...emptyExplore, where: { facility: ['y'], service: ['x'] } })).toBe(one);
});

test('a dimension called like a key of the address is filtered by all the same', () => {
  const view = { ...emptyExplore, where: { top: ['1'], 'is.top': ['2'] } };
  expect(roundTrip(view)).toEqual(view);
});

test('what cannot be read falls back, and is said in a sentence', () => {
  const search = '?metric=a&grain=minute&period=soon&compare=never&chart=pie&top=0';
  expect(readExplore(search)).toEqual({ ...emptyExplore, metrics: ['a'] });
  expect(misreadExplore(search)).toHaveLength(5);
  expect(misreadExplore('?metric=a&grain=none&period=12m&compare=year&chart=bars&top=all&facility=x')).toEqual([]);
});

test('period and filters go along from page to page', () => {
  const view = { ...emptyExplore, metrics: ['a'], rows: 'coder', where: { facility: ['riverside'] } };
  const { search } = new URL(writeExplore(view), 'http://himsight');
  const address = readAddress('/explore', search);
  expect(address).toMatchObject({ page: 'explore', where: view.where });
  expect(readExplore(new URL(writeAddress(address), 'http://himsight').search)).toEqual({
    ...emptyExplore,
    where: view.where,
  });
});
