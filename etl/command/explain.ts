import { explain, type Explanation } from '../../warehouse/query/explain.ts';
import { readContracts } from '../contract/contract.ts';
import { notFedBy } from '../not-fed.ts';
import { listTable } from '../print/list-table.ts';
import { cellText, printTable } from '../print/print-table.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/** `himsight explain METRIC`: definition, method, SQL, lineage to the extracts, the checks that gate it. */
export const explainCommand = async (invocation: Invocation, metric: string): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  return onCurrentRelease(workspace, async (reader, catalogue) => {
    const explanation = await explain(reader, catalogue, metric);
    const notFed = notFedBy(workspace, readContracts())(explanation.metric.id, explanation.lineage.extracts);
    const cannot = [...explanation.unmet, ...notFed];
    await printTable(invocation.output, {
      // What a spreadsheet can hold of it: the way each column came.
      table: listTable(['from', 'to'], explanation.lineage.edges),
      about: { release: explanation.release, metric: explanation.metric.id },
      json: { ...explanation, notFedBy: cannot },
      text: explanationText(explanation, cannot),
    });
    return 0;
  });
};

const explanationText = (
  { metric, methodNotes, sql, parameters, lineage, checks, variants }: Explanation,
  cannot: readonly string[],
): string =>
  [
    `${metric.label} · ${metric.id} · ${metric.code} · ${metric.unit}`,
    metric.definition,
    section('Leaves out', metric.excludes),
    section('Method', [metric.method, ...methodNotes].join('\n')),
    section('Source', metric.source),
    section('Not fed by', cannot.join('\n')),
    section(
      'SQL',
      parameters.length > 0
        ? `${sql}\n-- with ${parameters.map((value, i) => `$${i + 1} = ${String(value)}`).join(', ')}`
        : sql,
    ),
    section(
      'Relations',
      lineage.relations.map(({ name, summary }) => `${name}${summary === null ? '' : `: ${summary}`}`).join('\n'),
    ),
    section('Extracts', lineage.extracts.join(', ')),
    section(
      'Checks',
      checks
        .map((each) => `${each.status.padEnd(8)}${each.id}: ${cellText(each.violated)} of ${cellText(each.examined)}`)
        .join('\n'),
    ),
    section('Other ways to count it', variants.map(({ id, help }) => `${id}: ${help}`).join('\n')),
  ]
    .filter((part) => part !== '')
    .join('\n\n') + '\n';

const section = (head: string, text: string | null): string =>
  text === null || text === '' ? '' : `${head}\n${text.trim().replaceAll(/^/gm, '  ')}`;
