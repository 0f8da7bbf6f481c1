import type { WorkbenchPart } from '../../dashboard/server/server-parts.ts';
import { slots } from '../../dashboard/server/slots.ts';
import { releaseFile } from '../../warehouse/release-folder.ts';
import { ask, canLimitMemory } from '../../warehouse/workbench/ask.ts';
import { releaseFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Processes at a time: each may take all the memory one query has. */
const mostAtOnce = 2;

/** The workbench of a workspace: shut where it is not wanted, where anyone could reach it unasked, or cannot be held. */
export const workbenchPart = (workspace: Workspace, loopbackOnly: boolean): WorkbenchPart => {
  const wanted = workspace.config.server?.workbench;
  if (wanted === false) return { isOpen: false, why: 'himsight.yaml says `server.workbench: false`.' };
  if (!loopbackOnly && wanted === undefined)
    return {
      isOpen: false,
      why: 'Others than this machine can reach this server; `server.workbench: true` in himsight.yaml opens it to all of them.',
    };
  if (!canLimitMemory)
    return {
      isOpen: false,
      why: 'This system cannot hold one query to an amount of memory. `himsight sql` on this machine answers the same questions.',
    };
  const { rows = 10_000, seconds = 60, memory = '1GB' } = typeof wanted === 'object' ? wanted : {};
  const withSlot = slots(mostAtOnce);
  return {
    ...{ isOpen: true, rows, seconds },
    ask: ({ release, sql, form }, signal) => {
      const file = releaseFile(releaseFolder(workspace), release);
      return withSlot(() => ask({ file, sql, form, rows, seconds, memoryMiB: mebibytes(memory) }, signal));
    },
  };
};

/** MiB of `2GB`, `500 MiB`: the schema holds its form. */
const mebibytes = (memory: string): number => {
  const [, amount, unit = ''] = /^(\d+) ?(\w+)$/.exec(memory) ?? [];
  const bytes = { MB: 1e6, GB: 1e9, MiB: 2 ** 20, GiB: 2 ** 30 }[unit]!;
  return Math.max(64, Math.floor((Number(amount) * bytes) / 2 ** 20));
};
