import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backward, csv, encounters, visit } from './desk.ts';

test('a look shows the row as it was sent and is written down without it', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1'), visit('secret2', backward)));
  await desk.runOne();
  const [row, ...more] = await desk.look({ file: 'a.csv', line: 3 });
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    source: 'north',
    file: 'extract/a.csv',
    line: 3,
    contract: 'encounter',
    rules: ['discharge-not-before-admission'],
    state: 'open',
    key: 'secret2',
    text: visit('secret2', backward),
    withheld: null,
  });
  expect(JSON.parse(desk.audit())).toEqual({
    at: expect.any(String) as string,
    by: 'kim',
    rows: [{ id: row?.id, source: 'north', file: 'extract/a.csv', line: 3, contract: 'encounter' }],
  });
  await desk.look({ id: row!.id });
  expect(desk.audit().trim().split('\n')).toHaveLength(2);
  expect(desk.audit()).not.toContain('secret');
  const { dataFolder } = desk.folders;
  const modes = [...globSync('quarantine/*', { cwd: dataFolder }), 'audit/quarantine.ndjson'].map(
    (name) => statSync(join(dataFolder, name)).mode & 0o777,
  );
  expect(modes).toEqual([0o600, 0o600]);
});

test('a row in which an identifier was found is never shown', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', { sex: 'kim@example.org' }), 'torn 123-45-6789'));
  await desk.runOne();
  for (const line of [2, 3])
    expect(await desk.look({ line })).toMatchObject([
      { key: null, text: null, withheld: expect.stringContaining('an identifier was found') as string },
    ]);
});

test('of a row that is mended, and of a format that is no text, the look says why there is none', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1'), visit('e2', backward)));
  await desk.runOne();
  const [open] = await desk.look({ line: 3 });
  await desk.decide('accept', { id: open!.id });
  await desk.runOne();
  // What landed by decision may be reopened, so its text stays.
  expect(await desk.look({ id: open!.id })).toMatchObject([{ state: 'accepted', text: visit('e2', backward) }]);
  expect(await desk.look({ id: 'nope' })).toEqual([]);
  expect(desk.audit().trim().split('\n')).toHaveLength(2);
});
