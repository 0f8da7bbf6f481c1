import { expect, test } from 'vitest';
import { machineFault } from '../../etl/machine-fault.ts';

test.each([
  [
    Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', path: 'data/raw' }),
    /the disk is full \(data\/raw\)/,
  ],
  [new Error('IO Error: Could not write file "x": No space left on device'), /the disk is full\./],
  [new Error('building failed', { cause: new Error('IO Error: Read-only file system') }), /the folder is read-only/],
  [Object.assign(new Error('x'), { code: 'EIO' }), /does not answer as it should/],
  [
    Object.assign(new Error('ENOENT: no such file or directory, mkdir'), { code: 'ENOENT', syscall: 'mkdir' }),
    /does not answer as it should/,
  ],
  [Object.assign(new Error('x'), { code: 'EMFILE' }), /too many files are open/],
])('%s is told as what the machine refused, with exit code 1', (error, says) => {
  const fault = machineFault(error);
  expect(fault?.message).toMatch(says);
  expect(fault?.exitCode).toBe(1);
  expect(fault?.mend).toMatch(/nothing is lost/);
});

test('every other error is ours', () => {
  expect(machineFault(new Error('Conversion Error: "Miller"'))).toBeNull();
  expect(machineFault(Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' }))).toBeNull();
  expect(machineFault('a thrown text')).toBeNull();
});
