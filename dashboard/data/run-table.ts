import type { Cell } from '../chart/drawing.ts';
import { formatInstant, formatSeconds } from './format.ts';
import { endWords, runSeconds, type RunHead } from './run.ts';
import type { ShownTable } from './work-table.ts';

const words = (raw: string | null, text = raw ?? ''): Cell => ({ text, raw });

/** The ledger's runs as a table: a line each, in the order given, moments in UTC. */
export const runTable = (runs: readonly RunHead[]): ShownTable => ({
  columns: ['Run', 'Job', 'Started', 'Ended', 'Seconds', 'Outcome', 'Exit code', 'Release', 'Said'].map((label) => ({
    label,
    numeric: label === 'Seconds' || label === 'Exit code',
  })),
  rows: runs.map((run) => [
    ...[words(run.id), words(run.job)],
    words(run.startedAt, formatInstant(run.startedAt)),
    run.endedAt === null ? words(null) : words(run.endedAt, formatInstant(run.endedAt)),
    { text: formatSeconds(runSeconds(run)), raw: runSeconds(run) },
    words(endWords(run)),
    { text: String(run.exitCode ?? ''), raw: run.exitCode },
    ...[words(run.release), words(run.message)],
  ]),
  foot: null,
});
