import { UserError } from '../../warehouse/error.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { listTable } from '../print/list-table.ts';
import { printTable, tableText } from '../print/print-table.ts';
import { countQuarantine, listQuarantine, onStore } from '../quarantine/list.ts';
import { quarantineStates, type QuarantineState, type RowFilter } from '../quarantine/shown-rows.ts';
import { ledgerFolder, releaseFolder, temporaryFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { numberOption } from './number-option.ts';

export interface QuarantineFilterOptions {
  readonly source?: string;
  readonly rule?: string;
  readonly state?: string;
  readonly file?: string;
  readonly line?: string;
}

export interface QuarantineOptions extends QuarantineFilterOptions {
  readonly byRule?: boolean;
  readonly limit?: string;
}

/** Rows listed unless told otherwise: for people, and as data. */
const limits = { table: 20, data: 10_000 };

/**
 * `himsight quarantine`: what was refused by source, contract, rule and state, and where each row stands; never what
 * stands in it.
 *
 * The text and the business key of a row are sensitive and stay in the quarantine store.
 */
export const quarantineCommand = async (invocation: Invocation, options: QuarantineOptions): Promise<ExitCode> => {
  const { output } = invocation;
  const workspace = workspaceOf(invocation);
  const filter = filterOf(options, workspace);
  const limit = numberOption('limit', options.limit, output.format === 'table' ? limits.table : limits.data, {
    least: 0,
    whole: true,
  });
  const folders = foldersOf(workspace);
  await onStore(async (connection) => {
    const counts = await countQuarantine(connection, folders, filter);
    const about = { release: currentRelease(releaseFolder(workspace)) };
    const summary = listTable(
      ['source', 'contract', 'rule', 'state', 'rows', 'firstRun', 'lastRun'],
      counts as unknown as Record<string, unknown>[],
    );
    if (options.byRule === true)
      return printTable(output, { table: summary, about: { ...about, count: counts.length } });
    const { count, rows } = await listQuarantine(connection, folders, filter, limit);
    const names = [
      'id',
      'source_id',
      'file_name',
      'line',
      'contract',
      'rule',
      'state',
      'first_run',
      'last_run',
      'decision',
    ];
    const table = listTable(names, rows);
    const rest = restOf(count, rows.length);
    if (rest !== null && output.format !== 'table') output.warn(rest);
    return printTable(output, {
      table,
      about: { ...about, count },
      text:
        count === 0
          ? 'No row is refused.\n'
          : `${tableText(output, summary)}\n${limit === 0 ? '' : tableText(output, listTable(names.slice(0, 7), rows))}${rest === null ? '' : `${rest}\n`}`,
    });
  }, temporaryFolder(workspace));
  return 0;
};

const restOf = (count: number, shown: number): string | null =>
  count === shown
    ? null
    : `${shown.toLocaleString('en-US')} of ${count.toLocaleString('en-US')} rows are listed: \`--limit N\` lists more, \`--source\`, \`--rule\`, \`--state\` and \`--file\` choose.`;

/** The folders that tell what is refused. */
export const foldersOf = (workspace: Workspace): { readonly dataFolder: string; readonly ledgerFolder: string } => ({
  dataFolder: workspace.dataFolder,
  ledgerFolder: ledgerFolder(workspace),
});

/** The rows that the options of a command mean. @throws UserError for a source, state or line that cannot be */
export const filterOf = (options: QuarantineFilterOptions, workspace: Workspace): RowFilter => {
  const { source, rule, state, file, line } = options;
  const known = workspace.sources.map(({ id }) => id);
  if (source !== undefined && !known.includes(source))
    throw new UserError(`There is no source \`${source}\`.`, { mend: `Sources are ${known.join(', ')}.` });
  if (state !== undefined && !quarantineStates.some((one) => one === state))
    throw new UserError(`There is no state \`${state}\`.`, { mend: `States are ${quarantineStates.join(', ')}.` });
  return {
    ...(source === undefined ? {} : { source }),
    ...(rule === undefined ? {} : { rule }),
    ...(state === undefined ? {} : { state: state as QuarantineState }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line: numberOption('line', line, 1, { least: 1, whole: true }) }),
  };
};
