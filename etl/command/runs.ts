import { UserError } from '../../warehouse/error.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { readRuns, type Run } from '../ledger.ts';
import { listTable } from '../print/list-table.ts';
import { printTable, tableText } from '../print/print-table.ts';
import type { Output } from '../print/output.ts';
import { ledgerFolder, releaseFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { batchesText } from './run-text.ts';

/** `himsight runs [ID]`: what happened, newest first; one run in full by its id or the beginning of it. */
export const runsCommand = async (invocation: Invocation, id: string | undefined): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const runs = await readRuns(ledgerFolder(workspace));
  const about = { release: currentRelease(releaseFolder(workspace)) };
  const { output } = invocation;
  if (id === undefined) {
    const rows = runs.map((run) => ({ ...run, seconds: secondsOf(run) }));
    const table = listTable(['id', 'startedAt', 'outcome', 'exitCode', 'seconds', 'release', 'message'], rows);
    await printTable(output, { table, about, json: { ...about, rows: runs } });
    return 0;
  }
  const matches = runs.filter((run) => run.id === id || run.id.startsWith(id) || run.id.endsWith(id));
  const [run, ...others] = matches;
  if (run === undefined || others.length > 0)
    throw new UserError(
      run === undefined ? `There is no run ${id}.` : `${id} could be any of ${matches.length} runs.`,
      {
        mend: '`himsight runs` lists them all.',
      },
    );
  await printTable(output, {
    table: listTable(['step', 'name', 'at', 'seconds'], run.steps),
    about: { ...about, run: run.id },
    json: { ...about, ...run },
    text: runText(output, run),
  });
  return 0;
};

const secondsOf = ({ startedAt, endedAt }: Run): number | null =>
  endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;

const runText = (output: Output, run: Run): string =>
  [
    `Run ${run.id}: ${run.outcome}${run.exitCode === null ? '' : `, exit code ${run.exitCode}`}\n${run.message}\n`,
    tableText(output, listTable(['step', 'name', 'at', 'seconds'], run.steps)),
    batchesText(run.batches),
    run.models.length > 0
      ? tableText(
          output,
          listTable(['name', 'action', 'rows', 'seconds'], run.models as unknown as Record<string, unknown>[]),
        )
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
