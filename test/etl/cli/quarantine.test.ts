import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { encounter, himsight, smallWorkspace } from './himsight.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 180_000 });

const order = 'discharge-not-before-admission';
const many = Array.from({ length: 40 }, (_, i) => encounter(i + 10));

test('from a refused row to its mend: list, show, accept, replay', () => {
  const folder = smallWorkspace([...many, encounter(1, '2026-01-01 07:00:00')]);
  expect(himsight(folder, 'quarantine', 'replay').out).toContain('there is nothing to replay');
  expect(himsight(folder, 'quarantine').out).toBe('No row is refused.\n');
  himsight(folder, 'run');

  const text = himsight(folder, 'quarantine').out;
  expect(text).toContain(order);
  expect(text).toContain('in/a.csv');
  expect(text).not.toContain('e1,p1');
  const counts = JSON.parse(himsight(folder, 'quarantine', '--by-rule', '--format', 'json').out);
  expect(counts.rows).toMatchObject([{ source: 'visits', contract: 'encounter', rule: order, state: 'open', rows: 1 }]);

  const piped = himsight(folder, 'quarantine', 'show', '--source', 'visits', '--file', 'a.csv', '--line', '42');
  expect([piped.code, piped.out]).toEqual([2, '']);
  expect(piped.err).toContain('this is no terminal');
  const shown = himsight(folder, 'quarantine', 'show', '--file', 'a.csv', '--line', '42', '--yes');
  expect(shown.out).toContain(`as sent   ${encounter(1, '2026-01-01 07:00:00')}`);
  expect(readFileSync(join(folder, 'data/audit/quarantine.ndjson'), 'utf8').trim().split('\n')).toHaveLength(1);

  const where = ['--source', 'visits', '--rule', order];
  expect(himsight(folder, 'quarantine', 'accept', ...where)).toMatchObject({ code: 2, out: '' });
  const accepted = himsight(
    folder,
    'quarantine',
    ...where,
    'accept',
    '--reason',
    'clock error, see ticket',
    '--by',
    'kim',
  );
  expect([accepted.code, accepted.err]).toEqual([0, '']);
  expect(accepted.out).toContain(`1 refused row of source visits by ${order} may land`);

  rmSync(join(folder, 'in/a.csv'));
  const planned = JSON.parse(himsight(folder, 'run', '--plan', '--format', 'json').out);
  expect(planned.sources).toMatchObject([{ action: 'wait' }]);
  const replayed = himsight(folder, 'quarantine', 'replay', ...where, '--format', 'json');
  const result = JSON.parse(replayed.out);
  expect(result.batches).toMatchObject([{ status: 'landed', contracts: [{ accepted: 41 }] }]);
  expect(replayed.code).toBe(0);
  const count = himsight(folder, 'sql', 'select count(*) as n from core.encounter', '--format', 'json');
  expect(JSON.parse(count.out).rows).toEqual([{ n: 41 }]);
});

test('what cannot be meant is told, with exit code 2', () => {
  const folder = smallWorkspace([...many, encounter(1, '2026-01-01 07:00:00')]);
  himsight(folder, 'run');
  const wrong: readonly (readonly [readonly string[], string])[] = [
    [['quarantine', '--source', 'nope'], 'There is no source `nope`. Sources are visits.'.replace('. S', '.\nS')],
    [['quarantine', '--state', 'lost'], 'There is no state `lost`'],
    [['quarantine', 'show'], 'Which row is meant?'],
    [['quarantine', 'show', 'abcd', '--yes'], 'No such row was refused.'],
    [['quarantine', 'discard', '--source', 'visits', '--reason', 'x'], 'Not every refused row'],
    [['quarantine', 'reopen', '--source', 'visits', '--rule', order, '--reason', 'x'], 'No such row was decided about'],
    [['quarantine', 'show', '--file', 'a.csv', '--line', '0'], '`--line 0`'],
  ];
  for (const [words, sentence] of wrong) {
    const ended = himsight(folder, ...words);
    expect([words, ended.code, ended.out]).toEqual([words, 2, '']);
    expect(ended.err).toContain(sentence);
  }
});

test('while another run holds the lock nothing is decided or replayed', async () => {
  const folder = smallWorkspace([...many, encounter(1, '2026-01-01 07:00:00')]);
  himsight(folder, 'run');
  await withBuildLock(join(folder, 'data/release'), () => {
    const words = ['--source', 'visits', '--rule', order];
    expect(himsight(folder, 'quarantine', 'discard', ...words, '--reason', 'x').code).toBe(5);
    expect(himsight(folder, 'quarantine', 'replay').code).toBe(5);
    expect(himsight(folder, 'quarantine').code).toBe(0);
    return Promise.resolve();
  });
});
