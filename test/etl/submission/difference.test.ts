import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differenceOf } from '../../../etl/submission/difference.ts';
import { compareKeys, digestOf, DigestFile, readDigests, type RowKey } from '../../../etl/submission/row-digest.ts';
import { seeded } from '../../support/seeded.ts';

const collected = async <T>(given: AsyncIterable<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const each of given) all.push(each);
  return all;
};

const folder = mkdtempSync(join(tmpdir(), 'difference-'));
let files = 0;
const written = (rows: ReadonlyMap<string, string>): string => {
  const path = join(folder, `${files++}.gz`);
  const file = new DigestFile(path);
  const keyed = [...rows].map(([key, value]) => ({
    key: JSON.parse(key) as RowKey,
    digest: digestOf([['item', value]]),
  }));
  for (const row of keyed.sort((a, b) => compareKeys(a.key, b.key))) file.add(row);
  file.close();
  return path;
};

test('a digest is of the values, not of their order, and a space is a value', () => {
  expect(
    digestOf([
      ['a', '1'],
      ['b', '2'],
    ]),
  ).toBe(
    digestOf([
      ['b', '2'],
      ['a', '1'],
    ]),
  );
  expect(digestOf([['a', '1']])).not.toBe(digestOf([['a', '1 ']]));
  expect(
    digestOf([
      ['a', '12'],
      ['b', ''],
    ]),
  ).not.toBe(
    digestOf([
      ['a', '1'],
      ['b', '2'],
    ]),
  );
});

test('what is written is what is read, be it nothing', async () => {
  expect(await collected(readDigests(written(new Map())))).toEqual([]);
  const key = ['7', 'a "b"\nc', 'ü'];
  expect(await collected(readDigests(written(new Map([[JSON.stringify(key), 'x']]))))).toEqual([
    { key, digest: digestOf([['item', 'x']]) },
  ]);
});

test('added, modified and gone rows are those a plain comparison finds', async () => {
  const chance = seeded(11);
  const some = (): Map<string, string> => {
    const rows = new Map<string, string>();
    const size = Math.floor(chance() * 60);
    for (let i = 0; i < size; i++) {
      const key = [String(Math.floor(chance() * 12)), ['', 'é', 'Z', '𝒳', 'z'][Math.floor(chance() * 5)]!];
      rows.set(JSON.stringify(key), String(Math.floor(chance() * 2)));
    }
    return rows;
  };
  for (let round = 0; round < 60; round++) {
    const [before, now] = [some(), some()];
    const found = await differenceOf('last', written(before), written(now));
    const sorted = (keys: readonly RowKey[]): readonly string[] => keys.map((key) => JSON.stringify(key)).sort();
    expect({
      ...found,
      added: sorted(found.added),
      modified: sorted(found.modified),
      gone: sorted(found.gone),
    }).toEqual({
      before: 'last',
      added: [...now.keys()].filter((key) => !before.has(key)).sort(),
      modified: [...now.keys()].filter((key) => before.has(key) && before.get(key) !== now.get(key)).sort(),
      gone: [...before.keys()].filter((key) => !now.has(key)).sort(),
    });
  }
});
