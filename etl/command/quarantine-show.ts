import { userInfo } from 'node:os';
import { UserError } from '../../warehouse/error.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { onStore } from '../quarantine/list.ts';
import { lookAtRows, lookLimit, type RefusedRow } from '../quarantine/look.ts';
import { releaseFolder, temporaryFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { filterOf, foldersOf, type QuarantineFilterOptions } from './quarantine.ts';

export interface QuarantineShowOptions extends QuarantineFilterOptions {
  readonly yes?: boolean;
}

/**
 * `himsight quarantine show`: a refused row as it was sent, for whoever may read the store. That it was looked at is
 * written down. What goes to a file or a pipe is on its way out of the store, so that needs a word more.
 */
export const quarantineShowCommand = async (
  invocation: Invocation,
  id: string | undefined,
  options: QuarantineShowOptions,
): Promise<ExitCode> => {
  const { output } = invocation;
  const workspace = workspaceOf(invocation);
  const filter = { ...filterOf(options, workspace), ...(id === undefined ? {} : { id }) };
  if (id === undefined && (filter.file === undefined || filter.line === undefined))
    throw new UserError('Which row is meant?', {
      mend: 'Give its id as `himsight quarantine` lists it, or `--source`, `--file` and `--line`.',
    });
  if (output.width === null && options.yes !== true)
    throw new UserError('A refused row is sensitive, and this is no terminal.', {
      mend: 'Add `--yes` when its text may go where this output goes.',
    });
  const rows = await onStore(
    (connection) => lookAtRows(connection, foldersOf(workspace), filter, { by: userName() }),
    temporaryFolder(workspace),
  );
  if (rows.length === 0)
    throw new UserError('No such row was refused.', { mend: '`himsight quarantine` lists them with their ids.' });
  await printTable(output, {
    table: listTable(
      [
        'id',
        'source',
        'file',
        'line',
        'byte',
        'contract',
        'rules',
        'state',
        'firstRun',
        'lastRun',
        'key',
        'text',
        'withheld',
      ],
      rows as unknown as Record<string, unknown>[],
    ),
    about: { release: currentRelease(releaseFolder(workspace)) },
    text: `${rows.map(rowText).join('\n')}${rows.length < lookLimit ? '' : `These are the first ${lookLimit} rows made of it.\n`}`,
  });
  return 0;
};

/** Who the system says is at work. */
export const userName = (): string => userInfo().username;

const rowText = (row: RefusedRow): string =>
  [
    `${row.file} line ${row.line} (${row.id})`,
    `  source    ${row.source}${row.contract === null ? '' : `, contract ${row.contract}`}`,
    `  refused   ${row.rules.join(', ')}`,
    `  state     ${row.state}, first met by run ${row.firstRun}, last by ${row.lastRun}`,
    ...(row.key === null ? [] : [`  key       ${row.key}`]),
    `  as sent   ${row.text ?? `(not shown: ${row.withheld})`}`,
    '',
  ].join('\n');
