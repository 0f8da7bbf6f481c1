import { tableFromIPC } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { NO_META } from '../../../warehouse/meta.ts';
import { releaseFile } from '../../../warehouse/release-folder.ts';
import { buildRelease } from '../../../warehouse/release.ts';
import { ask, canLimitMemory } from '../../../warehouse/workbench/ask.ts';
import type { Question } from '../../../warehouse/workbench/question.ts';
import { SMALL_PROJECT, compileFolder, loans } from '../../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../../support/sql-folder.ts';

/** A small release, and a way to ask it. */
const published = async () => {
  const folder = temporaryFolder();
  const compiled = await compileFolder(sqlFolder(SMALL_PROJECT), loans([`(1, 'n', date '2025-03-01', 4)`]));
  const { release } = await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META }));
  const file = releaseFile(folder, release);
  const asked = (sql: string, more: Partial<Question> = {}, signal?: AbortSignal) =>
    ask({ file, sql, rows: 10_000, seconds: 30, memoryMiB: 512, form: 'json', ...more }, signal);
  const answerTo = async (sql: string, more: Partial<Question> = {}) =>
    JSON.parse((await asked(sql, more)).toString()) as { more: boolean; columns: unknown; rows: unknown[] };
  return { asked, answerTo };
};

describe.skipIf(!canLimitMemory)('one question in a process of its own', { timeout: 60_000 }, () => {
  test('answers with rows, columns and the release', async () => {
    const { asked, answerTo } = await published();
    expect(await answerTo('select branch, loan_count from mart.branch;')).toMatchObject({
      more: false,
      columns: [
        { name: 'branch', kind: 'text' },
        { name: 'loan_count', kind: 'number' },
      ],
      rows: [{ branch: 'n', loan_count: 1 }],
    });
    expect((await answerTo('describe core.loan')).rows[0]).toMatchObject({ column_name: 'loan_id' });
    expect((await answerTo('summarize core.loan')).rows.length).toBeGreaterThan(3);
    const arrow = tableFromIPC(await asked('from mart.branch', { form: 'arrow' }));
    expect(arrow.numRows).toBe(1);
  });

  test('reads no more than asked for, and says when there is more', async () => {
    const { answerTo } = await published();
    const some = await answerTo('select i from range(100000) as t (i)', { rows: 3000 });
    expect(some.more).toBe(true);
    expect(some.rows.length).toBe(4096);
    expect(await answerTo('select i from range(3000) as t (i)', { rows: 3000 })).toMatchObject({ more: false });
  });

  test('ten million rows cost no more than the first', async () => {
    const { answerTo } = await published();
    expect((await answerTo('select * from range(10000000)')).rows.length).toBeLessThan(12_500);
  });

  test('a query that never ends is broken off with a sentence', async () => {
    const { asked } = await published();
    await expect(
      asked('select count(*) from range(1000000000000) as t (i) where i % 7 = 3', { seconds: 1 }),
    ).rejects.toThrow('The query was broken off after 1 s.');
  });

  test.each(["select repeat('x', 2000000000) || repeat('y', 2000000000) as x", 'select range(0, 3000000000) as x'])(
    'what takes more memory than there is ends in a sentence: %s',
    async (sql) => {
      const { asked } = await published();
      await expect(asked(sql)).rejects.toThrow(/memory|allocat/i);
    },
  );

  test('whoever leaves ends it at once', async () => {
    const { asked } = await published();
    const leaving = new AbortController();
    const answer = asked('select count(*) from range(1000000000000) as t (i) where i % 7 = 3', {}, leaving.signal);
    setTimeout(() => leaving.abort(), 300);
    await expect(answer).rejects.toThrow('aborted');
  });

  test('DuckDB’s own sentence comes through, with the line', async () => {
    const { asked } = await published();
    await expect(asked('select\n  frm mart.branch')).rejects.toThrow(/Line 2|column|frm/);
    await expect(asked('select nothing from mart.branch')).rejects.toThrow(/nothing/);
  });

  test('what is not allowed is refused with its sentence', async () => {
    const { asked } = await published();
    await expect(asked("from read_text('/etc/hostname')")).rejects.toThrow('`read_text` may not be called here.');
  });
});
