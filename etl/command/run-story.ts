import type { Run } from '../ledger/fold-run.ts';
import type { RowWay, TableRows } from '../ledger/row-way.ts';
import type { TableChange } from '../ledger/run-change.ts';
import { listTable } from '../print/list-table.ts';
import { tableText } from '../print/print-table.ts';
import type { Output } from '../print/output.ts';
import { batchesText } from './run-text.ts';

/** A run with what follows from it. */
export interface ToldRun extends Run {
  readonly ways: readonly RowWay[];
  /** The release published before this run's; null where there is none, or this run published none. */
  readonly before: string | null;
  readonly changes: readonly TableChange[] | null;
}

/** Changes of tables shown, the greatest. */
const mostChanges = 20;

/** One run in full: outcome, steps, the ways of its rows, what became of each batch, models, what changed. */
export const runText = (output: Output, run: ToldRun, slowest: boolean): string =>
  [
    `Run ${run.id}: ${run.outcome}${run.exitCode === null ? '' : `, exit code ${run.exitCode}`}\n${run.message}\n`,
    tableText(output, listTable(['step', 'name', 'at', 'seconds'], run.steps)),
    ...run.ways.filter(({ mapped, rejected }) => mapped + rejected > 0).map((way) => wayText(output, way)),
    batchesText(run.batches),
    modelsText(output, run.models, slowest),
    changesText(output, run),
  ]
    .filter((part) => part !== '')
    .join('\n');

/** From bytes to marts, a stage a line: what is left, and in its own column what went. */
const wayText = (output: Output, way: RowWay): string => {
  const stages = [
    { stage: 'bytes', count: way.bytes },
    ...(way.lines > 0 ? [{ stage: 'lines', count: way.lines }] : []),
    { stage: 'records', count: way.records, lost: way.rejected, because: 'could not be read' },
    { stage: 'mapped', count: way.mapped, lost: way.quarantined, because: 'quarantined' },
    ...[
      { stage: '', count: null, lost: way.duplicates, because: 'duplicates' },
      { stage: '', count: null, lost: way.superseded, because: 'superseded' },
    ].filter(({ lost }) => lost > 0),
    { stage: 'accepted', count: way.accepted },
    ...way.core.map(({ name, rows }) => ({ stage: name, count: rows })),
    ...martStage(way.mart),
  ].map((one) => ('lost' in one && one.lost === 0 ? { stage: one.stage, count: one.count } : one));
  return `${way.source} → ${way.contract}\n${tableText(output, listTable(['stage', 'count', 'lost', 'because'], stages))}`;
};

const martStage = (mart: readonly TableRows[]) =>
  mart.length === 0
    ? []
    : [{ stage: `rows of ${mart.length} marts`, count: mart.reduce((sum, { rows }) => sum + rows, 0) }];

const modelsText = (output: Output, models: Run['models'], slowest: boolean): string => {
  if (models.length === 0) return '';
  const built = models.filter(({ action }) => action === 'build');
  const shown = slowest ? models.toSorted((a, b) => b.seconds - a.seconds) : built;
  const kept = models.length - built.length;
  const total = built.reduce((sum, { seconds }) => sum + seconds, 0);
  const head = `${built.length} models built in ${total.toFixed(1)} s, ${kept} kept${slowest ? ', the slowest first' : ''}\n`;
  const rows = shown.map(({ name, action, by = null, rows: count, seconds, why = null }) => ({
    ...{ name, action, by, rows: count, seconds, why },
  }));
  const names = ['name', 'action', 'by', 'rows', 'seconds', 'why'];
  return shown.length === 0 ? head : head + tableText(output, listTable(names, rows));
};

const changesText = (output: Output, { before, changes }: ToldRun): string => {
  if (before === null || changes === null) return '';
  if (changes.length === 0) return `Since release ${before} no table has another number of rows.\n`;
  const rows = changes.slice(0, mostChanges).map((one) => ({ ...one, change: (one.after ?? 0) - (one.before ?? 0) }));
  const rest = changes.length - rows.length;
  return (
    `Since release ${before} ${changes.length} tables have another number of rows\n` +
    tableText(output, listTable(['name', 'before', 'after', 'change'], rows)) +
    (rest > 0 ? `and ${rest} more: --format json has them all\n` : '')
  );
};
