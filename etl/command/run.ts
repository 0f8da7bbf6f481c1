import { planRun, type RunPlan } from '../plan.ts';
import { progressOn } from '../print/progress.ts';
import { listTable } from '../print/list-table.ts';
import { printTable, tableText } from '../print/print-table.ts';
import type { Output } from '../print/output.ts';
import { run, type RunResult } from '../run.ts';
import { batchesText } from './run-text.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

export interface RunOptions {
  readonly source?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly full?: boolean;
  readonly plan?: boolean;
}

/** `himsight run`: one ETL run, or with `--plan` only what it would do. */
export const runCommand = async (invocation: Invocation, options: RunOptions): Promise<ExitCode> => {
  const { output } = invocation;
  const workspace = workspaceOf(invocation);
  const { progress, done } = progressOn(output);
  const request = {
    workspace,
    sources: options.source ?? [],
    from: options.from ?? null,
    to: options.to ?? null,
    full: options.full ?? false,
    progress,
  };
  if (options.plan) {
    const plan = await planRun(request).finally(done);
    await printPlan(output, plan);
    return 0;
  }
  const result = await run(request).finally(done);
  await printResult(output, result);
  return result.exitCode;
};

const printPlan = (output: Output, plan: RunPlan): Promise<void> =>
  printTable(output, {
    table: listTable(['name', 'action', 'reason', 'periods'], plan.models as unknown as Record<string, unknown>[]),
    about: {},
    json: plan,
    text: [
      tableText(output, listTable(['id', 'action', 'batches'], plan.sources.map(({ id, action, batches }) => ({ id, action, batches: batches.length })))),
      tableText(output, listTable(['name', 'action', 'reason', 'periods'], plan.models as unknown as Record<string, unknown>[])),
    ].join('\n'),
  });

const printResult = (output: Output, result: RunResult): Promise<void> =>
  printTable(output, {
    table: listTable(['source', 'batch', 'status', 'message'], result.batches as unknown as Record<string, unknown>[]),
    about: { release: result.release, run: result.run },
    json: { ...result, rows: result.batches },
    text: `${batchesText(result.batches)}${result.message}\n`,
  });
