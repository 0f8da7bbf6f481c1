import { expect, test } from 'vitest';
import { HeldError, TransientError, isTransient } from '../../etl/error.ts';
import { LockedError, UserError } from '../../warehouse/error.ts';

const coded = (code: string): Error => Object.assign(new Error('of the system'), { code });

test.each([
  ['a transient error', new TransientError('The connection was lost.')],
  ['a lock that another run holds', new LockedError('held')],
  ['a share that does not answer', coded('EIO')],
  ['a database that is away', coded('ECONNREFUSED')],
  ['a share as DuckDB tells of it', new Error('IO Error: Could not read from file "x": Stale file handle')],
  ['one of these as a cause', new UserError('No connection.', { cause: coded('ETIMEDOUT') })],
  ['every address refused', new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')])],
])('%s is worth another try', (_what, error) => expect(isTransient(error)).toBe(true));

test.each([
  ['a held batch', new HeldError('Column missing.', 'Mend it.')],
  ['a held batch whose cause would be', new HeldError('Login refused.', 'Mend it.', coded('ECONNRESET'))],
  ['a wrong setting', new UserError('No such source.')],
  ['a full disk', coded('ENOSPC')],
  ['a file that may not be read', coded('EACCES')],
  ['one address refused, one unknown to the system', new AggregateError([coded('ECONNREFUSED'), coded('ENOTFOUND')])],
  ['a full disk as DuckDB tells of it', new Error('IO Error: Could not write file "x": No space left on device')],
  ['an error of ours', new Error('identity does not hold')],
  ['no error at all', 'EIO'],
])('%s is not', (_what, error) => expect(isTransient(error)).toBe(false));

test('a transient error holds its batch and ends as one: exit code 3, with a mend', () => {
  const error = new TransientError('The connection was lost.');
  expect(error).toBeInstanceOf(HeldError);
  expect(error.exitCode).toBe(3);
  expect(error.mend).toMatch(/tries again/);
});
