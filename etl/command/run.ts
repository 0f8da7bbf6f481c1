import { UserError } from '../../warehouse/error.ts';
import { faultSentence } from '../fault.ts';
import { planRun, type PlannedBatch, type RunPlan } from '../plan.ts';
import { progressOn } from '../print/progress.ts';
import { listTable } from '../print/list-table.ts';
import { printTable, tableText } from '../print/print-table.ts';
import type { Output } from '../print/output.ts';
import { run, type RunResult } from '../run.ts';
import { batchesText } from './run-text.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { tellWith } from './notify.ts';

export interface RunOptions {
  readonly source?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly full?: boolean;
  readonly plan?: boolean;
  /** From the schedule: `source=instant`. */
  readonly due?: readonly string[];
}

/** `himsight run`: one ETL run, and word to whoever is to hear of it; or with `--plan` only what it would do. */
export const runCommand = async (invocation: Invocation, options: RunOptions): Promise<ExitCode> => {
  const { output } = invocation;
  const workspace = workspaceOf(invocation);
  const { progress, done } = progressOn(output);
  const request = {
    workspace,
    sources: options.source ?? [],
    from: firstDay('from', options.from),
    to: firstDay('to', options.to),
    full: options.full ?? false,
    due: dueTimes(options.due ?? []),
    progress,
  };
  if (options.plan) {
    const plan = await planRun(request).finally(done);
    await printPlan(output, plan);
    return 0;
  }
  const tell = tellWith(invocation);
  const result = await run(request)
    .catch(async (error: unknown) => {
      // A wrong option is told whoever typed it; a ledger that cannot be written, whoever is to hear of failures.
      if (!(error instanceof UserError)) await tell(workspace, `A run could not begin: ${faultSentence(error)}`);
      throw error;
    })
    .finally(done);
  await printResult(output, result);
  await tell(workspace);
  return result.exitCode;
};

/**
 * The first day of a period written as day, month or year: 2026-01-31, 2026-01, 2026; null where none was given.
 *
 * @throws UserError for anything else
 */
const firstDay = (name: string, text: string | undefined): string | null => {
  if (text === undefined) return null;
  const day = `${text}-01-01`.slice(0, 10);
  const time = /^\d{4}(-\d\d){0,2}$/.test(text) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return day;
  throw new UserError(
    `\`--${name} ${text}\`: write a day, month or year of the calendar, such as 2026-01-31, 2026-01 or 2026.`,
  );
};

/** What the schedule asks for: source to the time it named. @throws UserError for anything else */
const dueTimes = (words: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    words.map((word) => {
      const [, source, instant] = /^([^=]+)=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.exec(word) ?? [];
      if (source === undefined || instant === undefined || Number.isNaN(Date.parse(instant)))
        throw new UserError(`\`--due ${word}\`: write a source and a time in UTC, such as a=2026-01-31T05:15:00.000Z.`);
      return [source, instant];
    }),
  );

const printPlan = (output: Output, plan: RunPlan): Promise<void> =>
  printTable(output, {
    table: listTable(['name', 'action', 'reason', 'periods'], plan.models as unknown as Record<string, unknown>[]),
    about: {},
    json: plan,
    text: [
      tableText(
        output,
        listTable(
          ['id', 'action', 'batches', 'periods'],
          plan.sources.map(({ id, action, batches }) => ({
            ...{ id, action, batches: batches.length },
            periods: [...new Set(batches.map(periodText))].join(', '),
          })),
        ),
      ),
      tableText(
        output,
        listTable(['name', 'action', 'reason', 'periods'], plan.models as unknown as Record<string, unknown>[]),
      ),
    ].join('\n'),
  });

/** What is said of the days of a batch; the last day is in it. */
const periodText = ({ period }: PlannedBatch): string => {
  if (period === null) return 'not said';
  const last = new Date(Date.parse(`${period.to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return last === period.from ? last : `${period.from} to ${last}`;
};

/** What failed is told on stderr, where whoever runs the job by a clock looks for it. */
export const printResult = async (output: Output, result: RunResult): Promise<void> => {
  const isFailure = result.exitCode !== 0 && result.exitCode !== 3;
  if (isFailure) output.warn(result.message);
  await printTable(output, {
    table: listTable(['source', 'batch', 'status', 'message'], result.batches as unknown as Record<string, unknown>[]),
    about: { release: result.release, run: result.run },
    json: { ...result, rows: result.batches },
    text: `${batchesText(result.batches)}${isFailure ? '' : `${result.message}\n`}`,
  });
};
