import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDecisions } from '../../../etl/quarantine/decision.ts';
import { readLandedState } from '../../../etl/raw/landed-state.ts';
import { releaseMeta } from '../../../etl/release-meta.ts';
import { contracts } from '../../support/landing.ts';
import { backward, csv, encounters, visit } from './desk.ts';

const order = 'discharge-not-before-admission';
const ids = 'select encounter_id as id from raw.encounter order by 1';

test('accepted rows land with their rule counted as overridden, and reopened ones are taken out again', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1'), visit('e2', backward), visit('e3', { ...backward, age: '91' })));
  const first = await desk.runOne();
  expect(first.contracts).toMatchObject([{ mapped: 3, accepted: 1, quarantined: 2 }]);

  const { decision, rows } = await desk.decide('accept', { rule: order });
  expect(rows).toBe(2);
  expect(decision).toMatchObject({
    by: 'kim',
    action: 'accept',
    reason: 'as told by the registrar',
    selection: { source: 'north', files: [first.files[0]?.digest], rules: [order] },
  });
  // Nothing has landed yet, and the list says what is.
  expect(await desk.counted()).toEqual([`${order} open 2`, 'age-0-to-90 open 1']);

  const accepted = await desk.runOne();
  expect(accepted).toMatchObject({ status: 'landed', supersedes: [first.batch] });
  expect(accepted.batch).not.toBe(first.batch);
  // e3 breaks another rule that nobody overrode.
  expect(accepted.contracts).toMatchObject([{ mapped: 3, accepted: 2, quarantined: 1, inserted: 1, unchanged: 1 }]);
  expect(accepted.reasons).toMatchObject([
    { rule: order, count: 2, overridden: 1, line: 3 },
    { rule: 'age-0-to-90', count: 1 },
  ]);
  expect(accepted.checks.find(({ rule }) => rule === order)).toMatchObject({ examined: 3, violated: 2 });
  expect(await desk.raw(ids)).toEqual([{ id: 'e1' }, { id: 'e2' }]);
  expect(await desk.listed(['line', 'state', 'rule'])).toEqual([
    { line: 4, state: 'open', rule: [order, 'age-0-to-90'] },
    { line: 3, state: 'accepted', rule: [order] },
  ]);
  expect((await desk.runOne()).status).toBe('unchanged');
  // By contract and rule, so that only checks that ask the same let it past.
  const state = await readLandedState(join(desk.workspace.dataFolder, 'ledger'));
  expect(releaseMeta(state, desk.workspace, contracts).accepted).toEqual({ [`encounter ${order}`]: 1 });

  await desk.decide('reopen', { rule: order });
  expect((await desk.runOne()).contracts).toMatchObject([{ accepted: 1, quarantined: 2 }]);
  expect(await desk.raw(ids)).toEqual([{ id: 'e1' }]);
  expect(await desk.counted()).toEqual([`${order} open 2`, 'age-0-to-90 open 1']);
});

test('one row may be accepted by its place, or by its id', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv('torn', visit('e2', backward), visit('e3', backward), visit('e4', backward)));
  await desk.runOne();
  expect((await desk.decide('accept', { file: 'a.csv', line: 4 })).rows).toBe(1);
  const [last] = await desk.listed(['id'], { line: 5 });
  await desk.decide('accept', { id: String(last?.id) });
  expect((await desk.runOne()).contracts).toMatchObject([{ accepted: 2, quarantined: 1 }]);
  expect(await desk.raw('select encounter_id as id, record from raw.encounter order by 1')).toEqual([
    { id: 'e3', record: 3 },
    { id: 'e4', record: 4 },
  ]);
});

test('rows of one key that differ stay refused, also where a decision overrides another rule of one', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', backward), visit('e1', { ...backward, sex: 'male' })));
  await desk.runOne();
  await desk.decide('accept', { rule: order });
  expect(await desk.runOne()).toMatchObject({
    contracts: [{ mapped: 2, accepted: 0, quarantined: 2 }],
    reasons: [
      { rule: order, count: 2 },
      { rule: 'unique-key', count: 2 },
    ],
  });
});

test('discarded rows hold no batch; one more does', async () => {
  const desk = encounters({ hold: { rows: 1 } });
  desk.write('extract/a.csv', csv(visit('e1'), visit('e2', backward), visit('e3', { age: '91' }), 'torn', 'torn'));
  const held = await desk.runOne();
  expect(held.status).toBe('held');
  expect(held.message).toContain('`himsight quarantine --source north` lists them.');
  await desk.decide('discard', { rule: order });
  expect((await desk.runOne()).status).toBe('held');
  await desk.decide('discard', { rule: 'torn-row' });
  const landed = await desk.runOne();
  expect(landed).toMatchObject({ status: 'landed', rejected: 2, contracts: [{ accepted: 1, quarantined: 2 }] });
  expect(await desk.counted()).toEqual(['age-0-to-90 open 1', 'torn-row discarded 2', `${order} discarded 1`]);
  expect(await desk.raw(ids)).toEqual([{ id: 'e1' }]);
});

test('accepted rows do not hold a batch either', async () => {
  const desk = encounters({ hold: { rows: 0 } });
  desk.write('extract/a.csv', csv(visit('e1'), visit('e2', backward)));
  expect((await desk.runOne()).status).toBe('held');
  await desk.decide('accept', { rule: order });
  expect(await desk.runOne()).toMatchObject({ status: 'landed', contracts: [{ accepted: 2, quarantined: 0 }] });
});

test('a decision is about rows that have come, not about those of tomorrow', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', backward)));
  await desk.runOne();
  await desk.decide('accept', { rule: order });
  desk.write('extract/b.csv', csv(visit('e2', backward)));
  await desk.run();
  expect(await desk.raw(ids)).toEqual([{ id: 'e1' }]);
  // The same bytes under another name are the same rows.
  desk.write('extract/c.csv', csv(visit('e1', backward)));
  expect((await desk.run()).map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);
});

test.each([
  ['type:admit_ts', { admitted: 'yesterday' }, 'a text that is no value of its type'],
  ['required:admit_ts', { admitted: '' }, 'models count on this column'],
  ['identifier:sex', { sex: 'kim@example.org' }, 'what looks like an identifier may not enter the warehouse'],
])('%s cannot be overridden, and the sentence says why', async (rule, bad, why) => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', bad)));
  await desk.runOne();
  await expect(desk.decide('accept', { rule })).rejects.toThrow(`Rule ${rule} cannot be overridden: ${why}`);
  await expect(desk.decide('accept', { file: 'a.csv', line: 2 })).rejects.toThrow('cannot be overridden');
  expect(readDecisions(desk.folders.dataFolder)).toEqual([]);
});

test('keys in conflict and torn rows cannot be overridden', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1'), visit('e1', { sex: 'male' }), 'torn'));
  await desk.runOne();
  await expect(desk.decide('accept', { rule: 'unique-key' })).rejects.toThrow('nobody knows which is right');
  await expect(desk.decide('accept', { rule: 'torn-row' })).rejects.toThrow('could not be read');
});

test('a value outside a closed list may be accepted', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', { sex: 'x' })));
  await desk.runOne();
  await desk.decide('accept', { rule: 'value' });
  await desk.runOne();
  expect(await desk.raw('select sex from raw.encounter')).toEqual([{ sex: 'x' }]);
});

test('a decision says whose rows, which and why, or is refused', async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', backward)));
  await desk.runOne();
  const refused = [
    [{ source: undefined as unknown as string, rule: order }, 'x', '`--source` is missing'],
    [{}, 'x', '`--rule` is missing'],
    [{ rule: 'nope' }, 'x', 'There is no such row to accept'],
    [{ rule: order }, ' ', '`--reason` is empty'],
    [{ rule: order }, 'told by kim@example.org', "looks like a person's number"],
  ] as const;
  for (const [filter, reason, says] of refused)
    await expect(desk.decide('accept', filter, reason)).rejects.toThrow(says);
  await expect(desk.decide('discard', {})).rejects.toThrow('Not every refused row');
  await expect(desk.decide('reopen', { rule: order })).rejects.toThrow('No such row was decided about');
});

test("decisions are append-only, their owner's alone, and one that a crash tore off is not there", async () => {
  const desk = encounters();
  desk.write('extract/a.csv', csv(visit('e1', backward), visit('e2', { age: '91' })));
  await desk.runOne();
  await desk.decide('accept', { rule: order });
  const file = join(desk.folders.dataFolder, 'quarantine/decision.ndjson');
  const before = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  appendFileSync(file, '{"id":"torn');
  expect(readDecisions(desk.folders.dataFolder)).toHaveLength(1);
  await desk.decide('discard', { rule: 'age-0-to-90' });
  expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true);
  expect(readDecisions(desk.folders.dataFolder).map(({ action }) => action)).toEqual(['accept', 'discard']);
});
