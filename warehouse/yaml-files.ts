import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './error.ts';

/** Every `*.yaml` of the folders, in order of folder and name; a folder that is not there holds none. */
export const yamlFiles = (folders: readonly string[]): string[] =>
  folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => join(folder, name)),
    );

/**
 * Refuses two things of one id.
 *
 * @param what the kind of thing, for the sentence: `metric`
 * @throws UserError naming both places
 */
export const refuseRepeated = (
  items: readonly { readonly id: string; readonly where: string }[],
  what: string,
): void => {
  const seen = new Map<string, string>();
  for (const { id, where } of items) {
    const first = seen.get(id);
    if (first !== undefined)
      throw new UserError(`${where} \`${id}\`: there is a ${what} of this id already, at ${first}.`, {
        mend: 'Rename one of them.',
      });
    seen.set(id, where);
  }
};
