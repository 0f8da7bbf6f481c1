import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../warehouse/error.ts';
import { configSchemaFile } from './config.ts';
import { configName } from './workspace.ts';

/**
 * Writes a commented himsight.yaml into a folder, made where there is none, and returns the file's path.
 *
 * Its first line points editors to the JSON Schema, so that they complete and check keys.
 *
 * @throws UserError when one is there already: nothing is ever overwritten
 */
export const initWorkspace = (folder: string): string => {
  const file = join(folder, configName);
  if (existsSync(file))
    throw new UserError(`${file} is there already.`, { mend: 'Edit it, or name another folder: `himsight init DIR`.' });
  mkdirSync(folder, { recursive: true });
  const schema = relative(folder, fileURLToPath(configSchemaFile)).replaceAll('\\', '/');
  const template = readFileSync(new URL('himsight.template.yaml', import.meta.url), 'utf8');
  writeFileSync(file, `# yaml-language-server: $schema=${schema}\n${template}`);
  return file;
};
