import { UserError } from '../../warehouse/error.ts';
import { checkStatuses } from '../../warehouse/check/status.ts';
import { checkKeys, checkStrata, mostKeys } from '../../warehouse/query/check-detail.ts';
import { checksOf } from '../../warehouse/query/checks.ts';
import { listTable } from '../print/list-table.ts';
import { printTable, tableText } from '../print/print-table.ts';
import { checkSettings } from '../workspace/check-settings.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { numberOption } from './number-option.ts';

export interface ChecksOptions {
  readonly status?: string;
  readonly kind?: string;
  readonly id?: string;
  readonly keys?: boolean;
  readonly facility?: string;
  readonly month?: string;
  readonly limit?: string;
}

const kinds: readonly string[] = ['gate', 'check', 'edit', 'assert'];

type Rows = readonly Record<string, unknown>[];

/** `himsight checks`: what the data is worth; of one check by facility and month, or the keys of what breaks it. */
export const checksCommand = async (invocation: Invocation, options: ChecksOptions): Promise<ExitCode> => {
  const { status, kind, id, keys } = options;
  if (status !== undefined && !(checkStatuses as readonly string[]).includes(status))
    throw new UserError(`\`--status ${status}\`: there is ${checkStatuses.join(', ')}.`);
  if (kind !== undefined && !kinds.includes(kind))
    throw new UserError(`\`--kind ${kind}\`: there is ${kinds.join(', ')}.`);
  if (id === undefined && (keys || options.facility !== undefined || options.month !== undefined))
    throw new UserError('`--keys`, `--facility` and `--month` are of one check.', { mend: 'Name it with `--id`.' });
  if (id === undefined) return listChecks(invocation, status, kind);
  return keys ? listKeys(invocation, id, options) : listStrata(invocation, id, options);
};

const listChecks = (
  invocation: Invocation,
  status: string | undefined,
  kind: string | undefined,
): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const settings = checkSettings(workspace);
  return onCurrentRelease(workspace, async (reader, catalogue) => {
    const checks = await checksOf(reader, catalogue, settings);
    const rows = checks.filter(
      (check) => (status === undefined || check.status === status) && (kind === undefined || check.kind === kind),
    );
    const all = [
      ...[
        'id',
        'number',
        'kind',
        'status',
        'severity',
        'table',
        'source',
        'examined',
        'violated',
        'share',
        'threshold',
      ],
      ...['kahn', 'context', 'quality', 'origin', 'error', 'off', 'metrics', 'items', 'says', 'note'],
    ];
    const shown = ['status', 'severity', 'id', 'table', 'source', 'examined', 'violated', 'threshold', 'says'];
    return print(invocation, reader.release, rows as unknown as Rows, all, shown);
  });
};

const listStrata = (invocation: Invocation, id: string, { facility, month }: ChecksOptions): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const settings = checkSettings(workspace);
  return onCurrentRelease(workspace, async (reader) => {
    const { release, strata } = await checkStrata(reader, id, settings);
    const rows = strata.filter(
      (each) =>
        (facility === undefined || (each.facility_id ?? '') === facility) &&
        (month === undefined || (each.month ?? '').slice(0, 7) === month.slice(0, 7)),
    );
    const columns = ['facility_id', 'month', 'status', 'examined', 'violated', 'share'];
    return print(invocation, release, rows as unknown as Rows, columns);
  });
};

const listKeys = (invocation: Invocation, id: string, options: ChecksOptions): Promise<ExitCode> => {
  const limit = numberOption('limit', options.limit, 100, { least: 1, most: mostKeys, whole: true });
  return onCurrentRelease(workspaceOf(invocation), async (reader) => {
    const { facility, month } = options;
    const keys = await checkKeys(reader, id, {
      ...(facility === undefined ? {} : { facility }),
      ...(month === undefined ? {} : { month }),
      limit,
    });
    if (keys.more) invocation.output.say(`There are more than these ${limit}: raise \`--limit\`, or name a month.`);
    return print(invocation, keys.release, keys.rows, keys.columns, keys.columns, {
      columns: keys.columns,
      more: keys.more,
    });
  });
};

const print = async (
  { output }: Invocation,
  release: string,
  rows: Rows,
  columns: readonly string[],
  shown: readonly string[] = columns,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ExitCode> => {
  await printTable(output, {
    table: listTable(columns, rows),
    about: { release },
    json: { release, ...more, rows },
    text: tableText(output, listTable(shown, rows)),
  });
  return 0;
};
