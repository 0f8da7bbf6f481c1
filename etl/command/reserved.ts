import { UserError } from '../../warehouse/error.ts';

/** Commands of later versions: their names are taken already, so that no script means something else by them. */
export const reservedCommands: Readonly<Record<string, string>> = {
  deid: 'de-identification of an extract',
  audit: 'verification of the audit log',
  backup: 'a copy of a workspace to keep',
  restore: 'a workspace from such a copy',
};

/** @throws UserError always: the name is reserved and does nothing yet */
export const reservedCommand = (name: string): never => {
  throw new UserError(
    `\`himsight ${name}\` is not there yet. It will be: ${reservedCommands[name] ?? 'a later capability'}.`,
    {
      mend: '`himsight --help` lists what is.',
    },
  );
};
