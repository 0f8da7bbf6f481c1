import type { Contract } from './contract/contract.ts';
import { readMapping } from './mapping/mapping.ts';
import type { Workspace } from './workspace/workspace.ts';

/**
 * For a metric id: a sentence for each source whose mapping says it cannot feed that metric. A number with such a
 * sentence rests on the other sources alone, and is not known where there are none.
 */
export const notFedBy = (
  { sources }: Pick<Workspace, 'sources'>,
  contracts: ReadonlyMap<string, Contract>,
): ((metricId: string) => readonly string[]) => {
  const cannot = sources.map(({ id, mapping, contract }) => ({ id, mapping: readMapping(mapping, contracts, contract) }));
  return (metricId) =>
    cannot
      .filter(({ mapping }) => mapping.cannotFeed.includes(metricId))
      .map(({ id, mapping }) => `Source \`${id}\` cannot feed ${metricId}: what its mapping \`${mapping.id}\` reads does not hold it.`);
};
