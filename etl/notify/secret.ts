import { readFileSync, statSync } from 'node:fs';
import { DeliveryError } from './delivery-error.ts';

/** The value of an environment variable. @throws DeliveryError naming the variable when it is not set */
export const fromEnvironment = (name: string, env: Readonly<Record<string, string | undefined>>): string => {
  const value = env[name];
  if (value === undefined || value === '')
    throw new DeliveryError(`the environment variable ${name} is not set`, false);
  return value;
};

/** The first line of a file that its owner alone may read. @throws DeliveryError naming the key of himsight.yaml, never the text */
export const fromFile = (file: string, key: string): string => {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new DeliveryError(`the file of \`${key}\` is not there`, false);
  // Windows has no such bits; there the folder's own rights protect it.
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new DeliveryError(`others than its owner may read the file of \`${key}\`: chmod 600`, false);
  const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/);
  if (line === '') throw new DeliveryError(`the file of \`${key}\` is empty`, false);
  return line;
};
