import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openStore } from '../../../dashboard/store/store.ts';
import { himsight, smallWorkspace } from './himsight.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 300_000 });

const question = '/explore?metric=encounters&rows=facility';

test('a report is written whole or not at all, and says why not', async () => {
  const folder = smallWorkspace();
  const out = join(folder, 'out');
  mkdirSync(out);
  const report = (...words: readonly string[]) => himsight(folder, 'report', ...words);

  const early = report('scorecard', '--out', 'out/a.pdf');
  expect([early.code, early.err]).toEqual([2, expect.stringContaining('No release is published yet')]);

  expect(himsight(folder, 'run').code).toBe(0);
  const refused: readonly (readonly [words: readonly string[], sentence: string])[] = [
    [['weather', '--out', 'out/a.pdf'], 'There is no report of that name.'],
    [['scorecrd', '--out', 'out/a.pdf'], 'Did you mean `scorecard`?'],
    [['scorecard'], '`--out FILE` is missing'],
    [['scorecard', '--out', 'out'], '`--out` names a folder'],
    [['scorecard', '--out', 'nowhere/a.pdf'], 'The folder of `--out` is not there'],
    [['scorecard', '--out', 'out/a.pdf', '--format', 'html'], 'say different things'],
    [['scorecard', '--out', 'out/a', '--format', 'parquet'], 'a report comes as pdf, html, xlsx, csv'],
    [['scorecard', '--out', 'out/a.pdf', '--paper', 'a0'], 'right would be letter or a4'],
    [['--page', question, '--page', '/kpi/nothing', '--out', 'out/a.pdf'], 'Page 2 of the report cannot be drawn.'],
    [['--page', '/kpi/code_accuracy_auditor', '--out', 'out/a.pdf'], 'Page 1 of the report cannot be drawn.'],
  ];
  for (const [words, sentence] of refused) {
    const ended = report(...words);
    expect([words, ended.code, ended.out]).toEqual([words, 2, '']);
    expect(ended.err).toContain(sentence);
  }
  expect(readdirSync(out)).toEqual([]);

  writeFileSync(join(out, 'kept.csv'), 'as it was');
  expect(report('--page', '/kpi/nothing', '--out', 'out/kept.csv').code).toBe(2);
  expect(readFileSync(join(out, 'kept.csv'), 'utf8')).toBe('as it was');

  const drawn = report('--page', question, '--out', 'out/kept.csv');
  expect([drawn.code, drawn.out]).toEqual([0, '']);
  const metric = himsight(folder, 'metric', 'encounters', '--by', 'facility', '--grain', 'month', '--format', 'json');
  const [row] = JSON.parse(metric.out).rows;
  expect(row).toMatchObject({ facility: 'north', period: '2026-01-01', value: 3 });
  expect(readFileSync(join(out, 'kept.csv'), 'utf8')).toMatch(/^Period,North,All\r\n(.*\r\n)*2026-01-01,3,3\r\n/);

  expect(report('--page', question, '--out', 'out/b.pdf', '--paper', 'a4', '--quiet')).toMatchObject({
    code: 0,
    err: '',
  });
  expect(readFileSync(join(out, 'b.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  expect(readdirSync(out)).toEqual(['b.pdf', 'kept.csv']);

  // A plan of the store is a report of its name, with its filters on every page.
  const store = openStore(join(folder, 'data', 'store'));
  await store.reports.keep({
    ...{ name: 'north-only', title: 'North', pages: [question], where: { facility: ['north'] } },
    ...{ format: 'html', schedule: null, to: [], author: 'A. Li' },
  });
  const listed = JSON.parse(himsight(folder, 'report', '--format', 'json').out);
  expect(listed.reports).toContainEqual(
    expect.objectContaining({ name: 'north-only', title: 'North', pages: 1, kept_by: 'A. Li' }),
  );
  expect(listed.reports[0]).toMatchObject({ name: 'scorecard', kept_by: null });
  expect(himsight(folder, 'report', 'north-only', '--out', 'north.html')).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, 'north.html'), 'utf8')).toContain('Facility North');
  expect(existsSync(join(folder, 'north.pdf'))).toBe(false);
});
