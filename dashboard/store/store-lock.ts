import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockedError, UserError } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { StoreFault, asStoreFault } from './store-fault.ts';

/** Longer than any write takes, shorter than a person waits. */
const mostMs = 10_000;

/**
 * Runs `work` while this process alone writes in the store folder, which is made where there is none; waits for others
 * that write, ten seconds at most.
 *
 * @throws StoreFault when it stays busy or cannot be written
 */
export const withStoreLock = async <T>(folder: string, work: () => T): Promise<T> => {
  const until = performance.now() + mostMs;
  for (;;) {
    const lock = { isHeld: false };
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return await withBuildLock(folder, async () => {
        lock.isHeld = true;
        return work();
      });
    } catch (error) {
      if (lock.isHeld) throw error;
      if (!(error instanceof LockedError))
        throw error instanceof UserError ? error : asStoreFault(error, 'It could not be kept');
      if (performance.now() > until)
        throw new StoreFault('It could not be kept: another program holds the store.', {
          mend: 'Try again in a minute; `himsight doctor` looks at the store.',
          cause: error,
        });
    }
    // Not all at the same moment again.
    await sleep(5 + Math.random() * 30);
  }
};
