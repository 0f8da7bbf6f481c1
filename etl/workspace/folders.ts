import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineLimits } from '../../warehouse/open.ts';
import type { Workspace } from './workspace.ts';

/** Releases, CURRENT and the build lock. */
export const releaseFolder = ({ dataFolder }: Workspace): string => join(dataFolder, 'release');

/** One folder a run. */
export const ledgerFolder = ({ dataFolder }: Workspace): string => join(dataFolder, 'ledger');

/** Rows held back, with their text: sensitive. */
export const quarantineFolder = ({ dataFolder }: Workspace): string => join(dataFolder, 'quarantine');

/** What people keep: annotations, saved views, alerts, report plans. */
export const storeFolder = ({ dataFolder }: Workspace): string => join(dataFolder, 'store');

/** Copies of the reports that were delivered, a folder each plan's name. */
export const reportFolder = ({ dataFolder }: Workspace): string => join(dataFolder, 'report');

/** Where large sorts spill. */
export const temporaryFolder = ({ dataFolder }: Workspace): string => join(dataFolder, 'tmp');

/** Folders of SQL: the shipped one, then the workspace's own. */
export const sqlFolders = ({ folder, config }: Pick<Workspace, 'folder' | 'config'>): readonly string[] => [
  fileURLToPath(new URL('../../sql', import.meta.url)),
  ...(config.sql ?? []).map((each) => resolve(folder, each)),
];

/** Folders of metrics: `metric` within each folder of SQL. */
export const metricFolders = (workspace: Pick<Workspace, 'folder' | 'config'>): readonly string[] =>
  sqlFolders(workspace).map((each) => join(each, 'metric'));

/** Folders of worklists: `worklist` within each folder of SQL. */
export const worklistFolders = (workspace: Workspace): readonly string[] =>
  sqlFolders(workspace).map((each) => join(each, 'worklist'));

/** What DuckDB may take of the machine, as configured. */
export const limitsOf = (workspace: Workspace): EngineLimits => {
  const { threads, memory } = workspace.config.server ?? {};
  return {
    ...(threads === undefined ? {} : { threads }),
    ...(memory === undefined ? {} : { memory }),
    temp: temporaryFolder(workspace),
  };
};
