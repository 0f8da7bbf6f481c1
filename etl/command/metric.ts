import { findMetrics } from '../../warehouse/metric/catalogue.ts';
import { answer, type Answer } from '../../warehouse/query/answer.ts';
import { toCatalogueJson } from '../../warehouse/query/catalogue-json.ts';
import { cell, columnNamed } from '../../warehouse/query/column-table.ts';
import { aboutAnswer } from '../../warehouse/query/encode.ts';
import { toJson } from '../../warehouse/query/text-formats.ts';
import { extractsOf, releaseFacts } from '../../warehouse/query/release-facts.ts';
import { readViewState, type ViewState } from '../../warehouse/query/view-state.ts';
import { wherePairs } from '../../dashboard/server/view-request.ts';
import { readContracts } from '../contract/contract.ts';
import { notFedBy } from '../not-fed.ts';
import { listTable } from '../print/list-table.ts';
import { cellText, printTable } from '../print/print-table.ts';
import { textTable } from '../print/text-table.ts';
import type { Output } from '../print/output.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { unitText } from '../print/unit-text.ts';

/** The options of `himsight metric`, as commander hands them over. */
export interface MetricOptions {
  readonly by?: string;
  readonly grain?: string;
  readonly from?: string;
  readonly to?: string;
  readonly where?: readonly string[];
  readonly compare?: string;
  readonly asOf?: string;
}

/** `himsight metrics`: the catalogue. */
export const metricsCommand = async (invocation: Invocation): Promise<ExitCode> =>
  onCurrentRelease(workspaceOf(invocation), async (reader, catalogue) => {
    const json = await toCatalogueJson(reader, catalogue);
    const names = ['id', 'code', 'unit', 'label', 'dimensions'];
    const table = listTable(names, json.metrics as unknown as Record<string, unknown>[]);
    await printTable(invocation.output, { table, about: { release: json.release }, json });
    return 0;
  });

/** The view state that words of `himsight metric` ask for. @throws UserError naming the word and what it may be */
export const viewOfWords = (ids: readonly string[], options: MetricOptions): ViewState =>
  readViewState({
    metrics: ids.flatMap((id) => id.split(',')),
    by: options.by?.split(',') ?? [],
    grain: options.grain ?? null,
    from: options.from ?? null,
    to: options.to ?? null,
    where: wherePairs(options.where ?? []),
    compare: options.compare ?? null,
    asOf: options.asOf ?? null,
  });

/** `himsight metric ID…`: one question, the same as the page would ask it. */
export const metricCommand = async (
  invocation: Invocation,
  ids: readonly string[],
  options: MetricOptions,
): Promise<ExitCode> => {
  const view = viewOfWords(ids, options);
  const workspace = workspaceOf(invocation);
  return onCurrentRelease(workspace, async (reader, catalogue) => {
    const answered = await answer(reader, catalogue, view);
    const { output } = invocation;
    await printTable(output, {
      table: answered.table,
      about: aboutAnswer(answered),
      json: toJson(answered),
      text: answerText(output, answered, view.by),
    });
    for (const { id, notKnown } of answered.metrics)
      if (notKnown !== undefined) output.say(`${id} is not known: ${notKnown}`);
    const facts = await releaseFacts(reader);
    const cannot = notFedBy(workspace, readContracts());
    for (const metric of findMetrics(catalogue, view.metrics))
      for (const sentence of cannot(metric.id, extractsOf(facts, metric))) output.say(sentence);
    return 0;
  });
};

/** An answer for people: each value in its unit, the interval beside it, then what it was made from. */
const answerText = (
  output: Output,
  { table, metrics, release, asOf, completeThrough }: Answer,
  by: readonly string[],
): string => {
  const at = (name: string, row: number) => cell(columnNamed(table, name), row);
  const compares = table.columns.some(({ name }) => name === 'change');
  const rows = Array.from({ length: table.rows }, (_, row) => {
    const unit = metrics.find(({ id }) => id === at('metric', row))?.unit ?? 'count';
    const inUnit = (name: string): string => unitText(at(name, row) as number | null, unit);
    return [
      ...['metric', 'period', ...by].map((name) => cellText(at(name, row))),
      at('suppressed', row) === true ? 'withheld' : inUnit('value'),
      at('lower', row) === null ? '' : `${inUnit('lower')} to ${inUnit('upper')}`,
      ...['numerator', 'denominator', 'n'].map((name) => cellText(at(name, row))),
      ...(compares ? [inUnit('compareValue'), inUnit('change')] : []),
    ];
  });
  const names = [
    'metric',
    'period',
    ...by,
    'value',
    '95 % interval',
    'numerator',
    'denominator',
    'n',
    ...(compares ? ['before', 'change'] : []),
  ];
  const firstNumber = 2 + by.length;
  const columns = names.map((name, i) => ({ name, align: i < firstNumber ? 'left' : 'right' }) as const);
  const methods = metrics.map(({ id, code, method }) => `${id} (${code}): ${method}`).join('\n');
  const known = [
    asOf === '' ? [] : [`as of ${asOf}`],
    completeThrough === null ? [] : [`complete through ${completeThrough}`],
  ].flat();
  return `${textTable(columns, rows, output)}\n${methods}\n${[`Release ${release}`, ...known].join(', ')}\n`;
};
