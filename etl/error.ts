import { LockedError, UserError } from '../warehouse/error.ts';

/**
 * A batch that may not land as it is: nothing of it does, the current release stays. Exit code 3.
 *
 * The message names file, line and rule; it never holds a value from any row.
 */
export class HeldError extends UserError {
  constructor(message: string, mend: string, cause?: unknown) {
    super(message, { mend, exitCode: 3, ...(cause === undefined ? {} : { cause }) });
  }
}

/**
 * A batch that could not be had just now, and may well be in a while with nobody mending anything: a dropped
 * connection, a share that is away, a file still being written. Nothing of it lands; the schedule tries again. Exit code 3.
 *
 * Never for what the same bytes would do again: a wrong column, a refused login, a full disk.
 */
export class TransientError extends HeldError {
  constructor(message: string, cause?: unknown, mend = 'The schedule tries again; by hand, run it again in a while.') {
    super(message, mend, cause);
  }
}

/**
 * Codes of the operating system and of drivers that speak of a moment: the disk or share did not answer, the other side
 * is away or busy. Not ENOSPC or EDQUOT: a full disk stays full until somebody makes room.
 */
const passing = new Set([
  ...['EBUSY', 'EIO', 'EAGAIN', 'EINTR', 'ESTALE', 'ETXTBSY', 'ENFILE', 'EMFILE', 'EREMOTEIO', 'ENODEV', 'EHOSTDOWN'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'],
  ...['EAI_AGAIN', 'ESOCKET', 'ETIMEOUT'],
]);

/** The same in the words of the C library, which is all DuckDB passes on. */
const passingWords =
  /^IO Error: .*(Input\/output error|Stale (NFS )?file handle|Device or resource busy|Resource temporarily unavailable|timed out|Host is down)/i;

/**
 * Whether an error, or one that caused it, may be gone on a second try. A thrown value without a kind is not, and a held
 * batch only where whoever threw it said so: a login refused over a socket that then broke stays refused.
 */
export const isTransient = (thrown: unknown): boolean => {
  if (thrown instanceof HeldError) return thrown instanceof TransientError;
  if (thrown instanceof LockedError) return true;
  if (!(thrown instanceof Error)) return false;
  if ('code' in thrown && passing.has(String(thrown.code))) return true;
  if (passingWords.test(thrown.message)) return true;
  if (thrown instanceof AggregateError && thrown.errors.length > 0 && thrown.errors.every(isTransient)) return true;
  return isTransient(thrown.cause);
};
