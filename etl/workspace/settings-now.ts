import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckSettings } from '../../warehouse/check/check.ts';
import { checkSettings } from './check-settings.ts';
import { sqlFolders } from './folders.ts';
import { configName, readWorkspace, type Workspace } from './workspace.ts';

/**
 * Thresholds of checks as the files say at each asking, read anew only where one was changed since: reading them all takes
 * a tenth of a second, in which a server answers nobody. While a file is wrong, those read last hold and the fault is told.
 */
export const settingsNow = (workspace: Workspace, onTrouble: (error: unknown) => void): (() => CheckSettings) => {
  let read = workspace;
  let last = checkSettings(read);
  let state = stateOf(read);
  return () => {
    try {
      if (stateOf(read) === state) return last;
      const now = readWorkspace(workspace.folder);
      last = checkSettings(now);
      // Another list of folders has other files to watch.
      [read, state] = [now, stateOf(now)];
    } catch (error) {
      onTrouble(error);
    }
    return last;
  };
};

/** Name, size and moment of the last change of every file that settings are read from. */
const stateOf = (workspace: Workspace): string => {
  const folders = sqlFolders(workspace).map((folder) => join(folder, 'check'));
  const files = [join(workspace.folder, configName), ...folders.flatMap(filesIn)];
  return files
    .map((file) => {
      const { mtimeMs, size } = statSync(file);
      return `${file} ${mtimeMs} ${size}`;
    })
    .join('\n');
};

/** The files of a folder; none where there is no such folder. */
const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};
