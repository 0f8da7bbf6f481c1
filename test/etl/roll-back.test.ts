import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRuns } from '../../etl/ledger/read-ledger.ts';
import { noProgress } from '../../etl/print/progress.ts';
import { rollBackRelease } from '../../etl/roll-back.ts';
import { run } from '../../etl/run.ts';
import { readWorkspace } from '../../etl/workspace/workspace.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { encounter, smallWorkspace, writeEncounters } from './cli/himsight.ts';

test('going back is written down, tried or done, and what landed stays landed', async () => {
  const folder = smallWorkspace();
  const workspace = readWorkspace(folder);
  const request = { workspace, sources: [], from: null, to: null, full: false, progress: noProgress };
  const first = await run(request);
  writeEncounters(folder, 'b.csv', [encounter(4)]);
  const second = await run(request);
  await rollBackRelease(workspace, first.release!);
  expect(currentRelease(join(folder, 'data/release'))).toBe(first.release);
  await expect(rollBackRelease(workspace, 'none')).rejects.toThrow('There is no release none');
  const [failed, done] = await readRuns(join(folder, 'data/ledger'));
  expect(failed).toMatchObject({ job: 'rollback', outcome: 'failed', exitCode: 2, release: first.release });
  expect(done).toMatchObject({
    ...{ job: 'rollback', outcome: 'done', exitCode: 0, release: first.release },
    message: `Release ${first.release} is served again in place of ${second.release}.`,
  });
  const third = await run(request);
  expect(third.batches.map(({ status }) => status)).toEqual(['unchanged', 'unchanged']);
});
