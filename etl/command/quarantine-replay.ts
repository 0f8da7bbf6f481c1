import { currentRelease } from '../../warehouse/release-folder.ts';
import { progressOn } from '../print/progress.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { countQuarantine, onStore } from '../quarantine/list.ts';
import { run } from '../run.ts';
import { releaseFolder, temporaryFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { filterOf, foldersOf, type QuarantineFilterOptions } from './quarantine.ts';
import { printResult } from './run.ts';

/**
 * `himsight quarantine replay`: a run over the sources whose refused rows are meant. Files that still lie there are landed
 * again where something was mended or decided; rows of files that are gone are judged again from the store.
 */
export const quarantineReplayCommand = async (
  invocation: Invocation,
  options: Omit<QuarantineFilterOptions, 'state' | 'line'>,
): Promise<ExitCode> => {
  const { output } = invocation;
  const workspace = workspaceOf(invocation);
  const filter = filterOf(options, workspace);
  const counts = await onStore(
    (connection) => countQuarantine(connection, foldersOf(workspace), filter),
    temporaryFolder(workspace),
  );
  const known = new Set(workspace.sources.map(({ id }) => id));
  const waiting = counts.filter(({ source, state }) => known.has(source) && /open|accepted|discarded/.test(state));
  if (waiting.length === 0) {
    await printTable(output, {
      table: listTable(['source', 'batch', 'status', 'message'], []),
      about: { release: currentRelease(releaseFolder(workspace)) },
      text: 'No such row waits in quarantine: there is nothing to replay.\n',
    });
    return 0;
  }
  const { progress, done } = progressOn(output);
  const sources = [...new Set(waiting.map(({ source }) => source))];
  const result = await run({ workspace, sources, from: null, to: null, full: false, replay: filter, progress }).finally(
    done,
  );
  await printResult(output, result);
  return result.exitCode;
};
