import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Tell } from '../notify/tell.ts';
import type { Output } from '../print/output.ts';
import { reportSide } from '../report/report-side.ts';
import { configName, readWorkspace, type Workspace } from '../workspace/workspace.ts';
import { childReports, childRun } from './child-himsight.ts';
import { followSchedules } from './follow.ts';

/** Somebody who follows the schedules beside whatever else this process does. */
export interface Follower {
  /** Tells it to stop, and returns once it has. A run under way is told too, and ends at once with nothing half done. */
  readonly stop: () => Promise<void>;
}

/** Follows the schedules of a workspace until stopped; himsight.yaml is read anew as it changes. */
export const startFollowing = (workspace: Workspace, tell: Tell, output: Output): Follower => {
  const stopping = new AbortController();
  const followed = followSchedules({
    workspace: changingWorkspace(workspace),
    now: () => new Date(),
    sleep: (ms) => wait(ms, undefined, { signal: stopping.signal }).catch(() => {}),
    isStopped: () => stopping.signal.aborted,
    run: childRun,
    reports: { ...reportSide(output.say), deliver: childReports },
    tell,
    say: output.say,
  });
  return {
    stop: () => {
      stopping.abort();
      return followed;
    },
  };
};

/** The workspace, read again where himsight.yaml has changed since the last time. */
const changingWorkspace = (first: Workspace): (() => Workspace) => {
  const stamp = (): string => {
    const { mtimeMs = 0, size = 0 } = statSync(join(first.folder, configName), { throwIfNoEntry: false }) ?? {};
    return `${mtimeMs} ${size}`;
  };
  let last = { workspace: first, stamp: stamp() };
  return () => {
    const now = stamp();
    if (now !== last.stamp) last = { workspace: readWorkspace(first.folder), stamp: now };
    return last.workspace;
  };
};
