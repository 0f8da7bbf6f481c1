import { UserError, messageOf } from '../warehouse/error.ts';

/** What the operating system refuses, as a person would say it, and what to do about it. */
const faults = {
  full: ['the disk is full', 'Make room on it, then run again'],
  quota: ['the quota of this user is used up', 'Have it raised or make room, then run again'],
  readOnly: ['the folder is read-only', 'Mount it for writing, or name another `data` folder in himsight.yaml'],
  denied: ['this user may not write or read there', 'Give it the right to, or run as another user'],
  failing: ['the disk or network share does not answer as it should', 'Look at it, then run again'],
  files: ['too many files are open', 'Raise the limit of open files (`ulimit -n`), then run again'],
} as const;

const byCode: Readonly<Record<string, keyof typeof faults>> = {
  ENOSPC: 'full',
  EDQUOT: 'quota',
  EROFS: 'readOnly',
  EACCES: 'denied',
  EPERM: 'denied',
  EIO: 'failing',
  ESTALE: 'failing',
  EMFILE: 'files',
  ENFILE: 'files',
};

/** Words of the C library, as DuckDB passes them on. */
const byWords: readonly (readonly [RegExp, keyof typeof faults])[] = [
  [/no space left on device|out of disk space/i, 'full'],
  [/disk quota exceeded/i, 'quota'],
  [/read-only file system/i, 'readOnly'],
  [/permission denied|operation not permitted/i, 'denied'],
  [/input\/output error|stale file handle/i, 'failing'],
  [/too many open files/i, 'files'],
];

/**
 * What the machine refused, where that is what went wrong: no fault of ours, and nobody is helped by a stack. Exit code 1.
 *
 * @returns null for every other error
 */
export const machineFault = (error: unknown): UserError | null => {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    const code = 'code' in one ? String(one.code) : '';
    // Node makes a folder with those above it, and says ENOENT of whatever the system refused it with.
    const isUnmade = code === 'ENOENT' && 'syscall' in one && one.syscall === 'mkdir';
    const kind = isUnmade ? 'failing' : (byCode[code] ?? byWords.find(([words]) => words.test(messageOf(one)))?.[1]);
    if (kind === undefined) continue;
    const [says, mend] = faults[kind];
    const path = 'path' in one && typeof one.path === 'string' ? ` (${one.path})` : '';
    return new UserError(`Nothing more could be written or read: ${says}${path}.`, {
      mend: `${mend}; nothing is lost, the current release stays.`,
      exitCode: 1,
      cause: error,
    });
  }
  return null;
};
