import { UserError, messageOf } from '../../warehouse/error.ts';

/** The store itself cannot be read or written: no mistake of whoever asked. The message is one sentence and quotes no text of anybody. */
export class StoreFault extends UserError {}

/** What the operating system refuses, as a person would say it. */
const refusals: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  EROFS: 'the folder is read-only',
  EACCES: 'this user may not write or read there',
  EPERM: 'this user may not write or read there',
  EIO: 'the disk does not answer as it should',
  ENOTDIR: 'a file stands where the folder should be',
  EEXIST: 'a file stands where the folder should be',
  EISDIR: 'a folder stands where the file should be',
  EMFILE: 'too many files are open',
};

/** DuckDB makes the lock file, and passes on the words of the C library. */
const words: readonly (readonly [RegExp, string])[] = [
  [/no space left/i, 'ENOSPC'],
  [/quota/i, 'EDQUOT'],
  [/read-only/i, 'EROFS'],
  [/permission denied|not permitted/i, 'EACCES'],
  [/not a directory/i, 'ENOTDIR'],
];

/** A fault of the store that says what could not be done and why; an error that is neither the machine's nor a person's stays itself. */
export const asStoreFault = (error: unknown, what: string): unknown => {
  if (error instanceof StoreFault) return error;
  if (error instanceof UserError)
    return new StoreFault(`${what}: ${error.message}`, {
      mend: [error.mend, 'Mend that line; until then nothing is written over.'].filter(Boolean).join(' '),
      cause: error,
    });
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const why = refusals[code] ?? refusals[words.find(([pattern]) => pattern.test(messageOf(error)))?.[1] ?? ''];
  if (why === undefined) return error;
  return new StoreFault(`${what}: ${why}.`, {
    mend: 'Nothing is lost: what was kept before stands. Mend that in the `store` folder of the workspace, then try again.',
    exitCode: 1,
    cause: error,
  });
};
