import { resolve } from 'node:path';
import { findFiles } from '../find.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Paths of the dictionaries that himsight.yaml names. */
export const configuredDictionaries = ({ config, folder }: Pick<Workspace, 'config' | 'folder'>): readonly string[] =>
  (config.registry?.dictionaries ?? [])
    .map((path) => resolve(folder, path))
    // A path that means no file is kept, so that its reader names it.
    .flatMap((path) => (findFiles(path, 'naaccr-xml').length > 0 ? findFiles(path, 'naaccr-xml') : [path]));

/** Path of the code lists that himsight.yaml names, or null. */
export const configuredCodeLists = ({ config, folder }: Pick<Workspace, 'config' | 'folder'>): string | null =>
  config.registry?.code_lists === undefined ? null : resolve(folder, config.registry.code_lists);
