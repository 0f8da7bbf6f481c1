import { DuckDBInstance } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { listQuarantine } from '../land/quarantine.ts';
import { releaseFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

export interface QuarantineOptions {
  readonly source?: string;
  readonly rule?: string;
}

/**
 * `himsight quarantine`: where each row that was held back stands, and by which rules; never what stands in it.
 *
 * The text and the business key of a row are sensitive and stay in the quarantine store.
 */
export const quarantineCommand = async (invocation: Invocation, options: QuarantineOptions): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const known = workspace.sources.map(({ id }) => id);
  if (options.source !== undefined && !known.includes(options.source))
    throw new UserError(`There is no source \`${options.source}\`.`, { mend: `Sources are ${known.join(', ')}.` });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  try {
    const connection = await instance.connect();
    const rows = await listQuarantine(connection, workspace.dataFolder, options);
    connection.closeSync();
    const names = ['source_id', 'file_name', 'line', 'contract', 'rule', 'state', 'first_run', 'last_run'];
    await printTable(invocation.output, {
      table: listTable(names, rows),
      about: { release: currentRelease(releaseFolder(workspace)), count: rows.length },
    });
    return 0;
  } finally {
    instance.closeSync();
  }
};
