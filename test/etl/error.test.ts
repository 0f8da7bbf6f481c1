import { expect, test } from 'vitest';
import { HeldError, TransientError, isTransient } from '../../etl/error.ts';
import { LockedError, UserError } from '../../warehouse/error.ts';

const coded = (code: string): Error => Object.assign(new Error('of the system'), { code });

test.each([
  ['a transient error', new TransientError('The connection was lost.')],
  ['a lock that another run holds', new LockedError('held')],
  ['a share that does not answer', coded('EIO')],
  ['a database that is away', coded('ECONNREFUSED')],
  ['one of these as a cause', new UserError('No connection.', { cause: coded('ETIMEDOUT') })],
  ['every address refused', new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')])],
])('%s is worth another try', (_what, error) => expect(isTransient(error)).toBe(true));

test.each([
  ['a held batch', new HeldError('Column missing.', 'Mend it.')],
  ['a wrong setting', new UserError('No such source.')],
  ['a full disk', coded('ENOSPC')],
  ['a file that may not be read', coded('EACCES')],
  ['one address refused, one unknown to the system', new AggregateError([coded('ECONNREFUSED'), coded('ENOTFOUND')])],
  ['an error of ours', new Error('identity does not hold')],
  ['no error at all', 'EIO'],
])('%s is not', (_what, error) => expect(isTransient(error)).toBe(false));

test('a transient error holds its batch and ends as one: exit code 3, with a mend', () => {
  const error = new TransientError('The connection was lost.');
  expect(error).toBeInstanceOf(HeldError);
  expect(error.exitCode).toBe(3);
  expect(error.mend).toMatch(/tries again/);
});
