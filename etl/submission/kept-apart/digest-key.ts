import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncToDisk } from '../../../warehouse/durable-file.ts';
import { UserError } from '../../../warehouse/error.ts';
import { digestText, type DigestOf } from '../row-digest.ts';
import { refuseOthers, type RegistryDatabase } from './registry-database.ts';

/** A key under which rows with names and texts are digested. */
export interface DigestKey {
  /** Tells one key from another, and nothing else of it. */
  readonly id: string;
  readonly digestOf: DigestOf;
}

/** Stands in the folder of the registry database, and never in the data folder. */
export const digestKeyName = 'himsight-digest.key';

/**
 * The key of a registry database, made where there is none yet.
 *
 * Of every row that was sent a digest is kept in the data folder, to tell what was modified. A plain one would give names away
 * to whoever tries them one by one; under a key that lies beside the names themselves it tells nothing that those do not.
 *
 * @throws UserError when it cannot be written, others have rights on it, or it is none
 */
export const digestKeyOf = ({ file }: RegistryDatabase): DigestKey => {
  const path = join(dirname(file), digestKeyName);
  if (!existsSync(path)) makeKey(path);
  refuseOthers(path, `key \`${digestKeyName}\` beside the registry database`);
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new UserError(`\`${digestKeyName}\` beside the registry database is no key.`, {
      mend: 'Put back the one that was there; it holds 64 hexadecimal digits.',
    });
  const key = Buffer.from(text, 'hex');
  const digest = (of: string): string => createHmac('sha256', key).update(of).digest('base64url');
  return { id: digest('himsight digest key').slice(0, 16), digestOf: (values) => digestText(values, digest) };
};

const makeKey = (path: string): void => {
  try {
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    syncToDisk(path);
    syncToDisk(dirname(path));
  } catch (cause) {
    throw new UserError(`\`${digestKeyName}\` cannot be written beside the registry database.`, {
      mend: 'Let the account that runs `himsight submit` write in that folder once.',
      cause,
    });
  }
};
