import { UserError } from '../warehouse/error.ts';
import { withBuildLock } from '../warehouse/lock.ts';
import { currentRelease, rollBack } from '../warehouse/release-folder.ts';
import { openRun } from './ledger/write-ledger.ts';
import { ledgerFolder, releaseFolder } from './workspace/folders.ts';
import type { Workspace } from './workspace/workspace.ts';

/**
 * Names an older release in CURRENT and writes that down as an entry of the ledger of its own, tried or done.
 *
 * @throws UserError when there is no such release, or a run is under way (exit code 5)
 */
export const rollBackRelease = (workspace: Workspace, id: string): Promise<void> => {
  const folder = releaseFolder(workspace);
  return withBuildLock(folder, async () => {
    const ledger = openRun(ledgerFolder(workspace));
    const before = currentRelease(folder);
    try {
      ledger.event('START', 'rollback', { release: before });
      rollBack(folder, id);
      const message = `Release ${id} is served again${before === null ? '' : ` in place of ${before}`}.`;
      ledger.event('COMPLETE', 'rollback', { outcome: 'done', exitCode: 0, release: id, message });
    } catch (error) {
      if (error instanceof UserError)
        ledger.event('FAIL', 'rollback', { exitCode: error.exitCode, release: before, message: error.message });
      throw error;
    } finally {
      ledger.close();
    }
  });
};
