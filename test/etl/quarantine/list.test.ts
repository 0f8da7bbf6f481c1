import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { backward, csv, encounters, visit } from './desk.ts';

const order = 'discharge-not-before-admission';

test('nothing refused is an empty list', async () => {
  const desk = encounters();
  expect(await desk.summary()).toEqual([]);
  desk.write('extract/a.csv', csv(visit('e1')));
  await desk.runOne();
  expect(await desk.summary()).toEqual([]);
  expect(globSync('quarantine/*', { cwd: desk.folders.dataFolder })).toEqual([]);
});

test('rows are counted by rule and state, open ones first; a row that breaks two rules stands in two lines', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', backward), visit('e2', { ...backward, age: '91' }), 'torn'));
  desk.write('extract/b.csv', csv(visit('e9', { sex: 'x' })));
  await desk.run();
  await desk.decide('discard', { file: 'b.csv' });
  expect(await desk.counted()).toEqual([
    `${order} open 2`,
    'age-0-to-90 open 1',
    'torn-row open 1',
    'value:sex discarded 1',
  ]);
  expect(await desk.listed(['line', 'rule'], { rule: order })).toEqual([
    { line: 2, rule: [order] },
    { line: 3, rule: [order, 'age-0-to-90'] },
  ]);
  expect(await desk.listed(['line'], { rule: 'value' })).toEqual([{ line: 2 }]);
  expect(await desk.listed(['file_name'], { state: 'discarded' })).toEqual([{ file_name: 'extract/b.csv' }]);
  expect(await desk.listed(['line'], { file: 'a.csv', line: 4 })).toEqual([{ line: 4 }]);
  expect(await desk.listed(['line'], { file: 'extract/a.csv', rule: 'torn-row' })).toEqual([{ line: 4 }]);
});

test('a later decision counts: discarded, then accepted, then discarded again', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', backward)));
  const first = await desk.runOne();
  await desk.decide('discard', { rule: order });
  // A discard alone changes nothing that lands.
  expect(await desk.runOne()).toMatchObject({ status: 'unchanged', batch: first.batch });
  await desk.decide('accept', { rule: order });
  expect((await desk.runOne()).contracts).toMatchObject([{ accepted: 1 }]);
  await desk.decide('discard', { rule: order });
  expect(await desk.counted()).toEqual([`${order} accepted 1`]);
  expect((await desk.runOne()).contracts).toMatchObject([{ accepted: 0, quarantined: 1 }]);
  expect(await desk.counted()).toEqual([`${order} discarded 1`]);
  const decided = await desk.listed(['decision']);
  expect(decided).toEqual([{ decision: expect.stringMatching(/^[0-9a-f]{8}$/) as string }]);
});

test('first and last run tell since when and until when a row was met', async () => {
  const desk = encounters({ hold: { rows: 0 } });
  desk.write('extract/a.csv', csv(visit('e1', backward), visit('e2')));
  await desk.runOne();
  const [first] = await desk.summary();
  await desk.runOne();
  const [second] = await desk.summary();
  expect(second?.firstRun).toBe(first?.firstRun);
  expect(second!.lastRun > first!.lastRun).toBe(true);
});

test('of a held batch the first refused rows are kept, and the report says how many', async () => {
  const desk = encounters({ hold: { share: 0.5 } });
  const many = Array.from({ length: 10_000 + 5 }, (_, i) => visit(`e${i}`, backward));
  desk.write('extract/a.csv', csv(...many, visit('last', { age: '91' })));
  const report = await desk.runOne();
  expect(report).toMatchObject({ status: 'held', refused: { records: 10_000 + 5 + 1, kept: 10_000 + 1 } });
  expect(report.message).toContain('lists the first 10,001 of them, the others stand in the file alone');
  // The first row of every rule is there, wherever it lies.
  expect(await desk.listed(['line'], { rule: 'age-0-to-90' })).toEqual([{ line: 1 + many.length + 1 }]);
  expect(await desk.counted()).toEqual([`${order} open 10000`, 'age-0-to-90 open 1']);
});

test('of a batch that lands all refused rows are kept', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(...Array.from({ length: 10_000 + 5 }, (_, i) => visit(`e${i}`, backward))));
  expect(await desk.runOne()).toMatchObject({ status: 'landed', refused: { records: 10_005, kept: 10_005 } });
  expect(await desk.counted()).toEqual([`${order} open 10005`]);
});
