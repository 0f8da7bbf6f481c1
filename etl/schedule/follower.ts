import { setTimeout as wait } from 'node:timers/promises';
import type { Output } from '../print/output.ts';
import { readWorkspace, type Workspace } from '../workspace/workspace.ts';
import { childRun } from './child-run.ts';
import { followSchedules } from './follow.ts';

/** Somebody who follows the schedules beside whatever else this process does. */
export interface Follower {
  /** Tells it to stop, and returns once it has. A run under way is told too, and ends at once with nothing half done. */
  readonly stop: () => Promise<void>;
}

/** Follows the schedules of a workspace until stopped; himsight.yaml is read anew as it changes. */
export const startFollowing = (workspace: Workspace, output: Output): Follower => {
  const stopping = new AbortController();
  const followed = followSchedules({
    workspace: () => readWorkspace(workspace.folder),
    now: () => new Date(),
    sleep: (ms) => wait(ms, undefined, { signal: stopping.signal }).catch(() => {}),
    isStopped: () => stopping.signal.aborted,
    run: childRun,
    tell: async () => {},
    say: output.say,
  });
  return {
    stop: () => {
      stopping.abort();
      return followed;
    },
  };
};
