import { join } from 'node:path';

/** Each pull's file has this name, in a folder named by the moment it speaks of. */
export const pulledName = 'rows.csv.gz';

/** Where what was pulled for a source lies. */
export const pullFolder = (dataFolder: string, source: string): string => join(dataFolder, 'pull', source);

/** The glob of all that was pulled for a source. */
export const pulledFiles = (dataFolder: string, source: string): string =>
  join(pullFolder(dataFolder, source), '[0-9]*Z', pulledName);
