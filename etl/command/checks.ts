import { UserError } from '../../warehouse/error.ts';
import { checksOf, checkStatuses } from '../../warehouse/query/checks.ts';
import { listTable } from '../print/list-table.ts';
import { printTable, tableText } from '../print/print-table.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/** `himsight checks [--status failed]`: what the data is worth. */
export const checksCommand = async (
  invocation: Invocation,
  options: { readonly status?: string },
): Promise<ExitCode> => {
  const status = checkStatuses.find((each) => each === options.status);
  if (options.status !== undefined && status === undefined)
    throw new UserError(`\`--status ${options.status}\`: there is ${checkStatuses.join(', ')}.`);
  return onCurrentRelease(workspaceOf(invocation), async (reader, catalogue) => {
    const checks = (await checksOf(reader, catalogue)).filter(
      (check) => status === undefined || check.status === status,
    );
    const all = [
      'id',
      'status',
      'severity',
      'table',
      'source',
      'examined',
      'violated',
      'kahn',
      'quality',
      'metrics',
      'says',
    ];
    const { output } = invocation;
    await printTable(output, {
      table: listTable(all, checks as unknown as Record<string, unknown>[]),
      about: { release: reader.release },
      json: { release: reader.release, rows: checks },
      text: tableText(
        output,
        listTable(
          ['status', 'id', 'table', 'source', 'examined', 'violated', 'says'],
          checks as unknown as Record<string, unknown>[],
        ),
      ),
    });
    return 0;
  });
};
