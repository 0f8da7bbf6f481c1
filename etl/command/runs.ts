import { UserError } from '../../warehouse/error.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { readRun, readRunHeads, readRuns } from '../ledger/read-ledger.ts';
import type { Run, RunHead } from '../ledger/fold-run.ts';
import { rowWays } from '../ledger/row-way.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { ledgerFolder, releaseFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { changesOf } from './ledger-parts.ts';
import { runText } from './run-story.ts';

export interface RunsOptions {
  /** Models by their seconds, those kept among them. */
  readonly slowest?: boolean;
}

/** `himsight runs [ID] [--slowest]`: what happened, newest first; one run in full by its id or the beginning of it. */
export const runsCommand = async (
  invocation: Invocation,
  id: string | undefined,
  { slowest = false }: RunsOptions = {},
): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const folder = ledgerFolder(workspace);
  const about = { release: currentRelease(releaseFolder(workspace)) };
  if (id === undefined) return printList(invocation, folder, about);
  const run = await readRun(folder, idMeant(await readRunHeads(folder), id));
  if (run === null) throw unknownRun(id);
  const told = { ...run, ways: rowWays(run), ...(await changesOf(folder, run)) };
  await printTable(invocation.output, {
    table: listTable(['step', 'name', 'at', 'seconds'], run.steps),
    about: { ...about, run: run.id },
    json: { ...about, ...told },
    text: runText(invocation.output, told, slowest),
  });
  return 0;
};

/** The whole ledger is only read where it is handed on whole. */
const printList = async ({ output }: Invocation, folder: string, about: object): Promise<ExitCode> => {
  const heads = await readRunHeads(folder);
  const rows = heads.map((run) => ({ ...run, seconds: secondsOf(run) }));
  const table = listTable(['id', 'job', 'startedAt', 'outcome', 'exitCode', 'seconds', 'release', 'message'], rows);
  const json = output.format === 'json' ? { ...about, rows: await readRuns(folder) } : undefined;
  await printTable(output, { table, about: { ...about }, json });
  return 0;
};

const idMeant = (heads: readonly RunHead[], id: string): string => {
  const matches = heads.filter((run) => run.id === id || run.id.startsWith(id) || run.id.endsWith(id));
  const [run, ...others] = matches;
  if (run === undefined) throw unknownRun(id);
  if (others.length === 0) return run.id;
  throw new UserError(`${id} could be any of ${matches.length} runs.`, { mend: '`himsight runs` lists them all.' });
};

const unknownRun = (id: string): UserError =>
  new UserError(`There is no run ${id}.`, { mend: '`himsight runs` lists them all.' });

const secondsOf = ({ startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>): number | null =>
  endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
