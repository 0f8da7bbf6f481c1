import { explain } from '../../warehouse/query/explain.ts';
import { scopeDimension } from '../../warehouse/query/dated-target.ts';
import { standings } from '../../warehouse/query/standings.ts';
import { readContracts } from '../contract/contract.ts';
import { notFedBy } from '../not-fed.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { checkSettings } from '../workspace/check-settings.ts';
import { explanationText } from './explain-text.ts';
import { onCurrentRelease, workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/** `himsight explain METRIC`: definition, method, SQL, lineage to the extracts, the checks that gate it. */
export const explainCommand = async (invocation: Invocation, metric: string): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  return onCurrentRelease(workspace, async (reader, catalogue) => {
    const explanation = await explain(reader, catalogue, metric, { settings: checkSettings(workspace) });
    const question = { metrics: [explanation.metric.id], where: {}, asOf: null };
    const { rows: standing } = await standings(reader, catalogue, { ...question, byFacility: false });
    const { rows: apart } = explanation.metric.dimensions[scopeDimension]
      ? await standings(reader, catalogue, { ...question, byFacility: true })
      : { rows: [] };
    // A facility judged by the target of all needs no line of its own.
    const judged = [...standing, ...apart.filter(({ setFor }) => setFor === 'scope')];
    const notFed = notFedBy(workspace, readContracts())(explanation.metric.id, explanation.lineage.extracts);
    const cannot = [...explanation.unmet, ...notFed];
    await printTable(invocation.output, {
      // What a spreadsheet can hold of it: the way each column came.
      table: listTable(['from', 'to'], explanation.lineage.edges),
      about: { release: explanation.release, metric: explanation.metric.id },
      json: { ...explanation, standing: judged, notFedBy: cannot },
      text: explanationText(explanation, judged, cannot),
    });
    return 0;
  });
};
