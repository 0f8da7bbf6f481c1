import { currentRelease, listReleases } from '../../warehouse/release-folder.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { rollBackRelease } from '../roll-back.ts';
import { releaseFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/** `himsight releases`: those that stand, newest first. */
export const releasesCommand = async (invocation: Invocation): Promise<ExitCode> => {
  const folder = releaseFolder(workspaceOf(invocation));
  const releases = listReleases(folder).map(({ id, builtAt, current }) => ({ id, builtAt, current }));
  const table = listTable(['id', 'builtAt', 'current'], releases);
  await printTable(invocation.output, { table, about: { release: currentRelease(folder) } });
  return 0;
};

/** `himsight releases rollback ID`: names an older release in CURRENT; servers pick it up within half a second. */
export const rollbackCommand = async (invocation: Invocation, id: string): Promise<ExitCode> => {
  await rollBackRelease(workspaceOf(invocation), id);
  invocation.output.say(`Release ${id} is the current one now. The next run that finds something new builds on it.`);
  return 0;
};
