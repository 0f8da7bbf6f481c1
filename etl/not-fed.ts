import type { Contract } from './contract/contract.ts';
import { readMapping, type Mapping } from './mapping/mapping.ts';
import { readMetricFolders } from '../warehouse/metric/read-metrics.ts';
import { metricFolders } from './workspace/folders.ts';
import type { Workspace } from './workspace/workspace.ts';

/** Ids of the product's own metrics, read when a mapping first asks for them. */
let ours: ReadonlySet<string> | null = null;

const isOurs = (metricId: string): boolean => {
  ours ??= new Set(
    readMetricFolders(metricFolders({ folder: '', config: { sources: [] } })).metrics.map(({ id }) => id),
  );
  return ours.has(metricId);
};

/** Of metrics of the workspace's own a ready-made mapping knows nothing. */
const cannotFeed = ({ cannotFeed: said }: Mapping, metricId: string): boolean =>
  'all_but' in said ? isOurs(metricId) && !said.all_but.includes(metricId) : said.includes(metricId);

/**
 * For a metric: a sentence for each source whose mapping says it cannot feed that metric.
 *
 * Where other sources can, a source that delivers nothing of what the metric rests on is passed over: that a registry
 * says nothing of coding is no news.
 *
 * @returns a function of the metric's id and the extracts its number rests on
 */
export const notFedBy = (
  { sources }: Pick<Workspace, 'sources'>,
  contracts: ReadonlyMap<string, Contract>,
): ((metricId: string, extracts: readonly string[]) => readonly string[]) => {
  const read = sources.map(({ id, mapping, contract }) => ({ id, mapping: readMapping(mapping, contracts, contract) }));
  return (metricId, extracts) => {
    const cannot = read.filter(({ mapping }) => cannotFeed(mapping, metricId));
    const noneCan = cannot.length === read.length;
    return cannot
      .filter(({ mapping }) => noneCan || extracts.some((extract) => mapping.writes.has(extract)))
      .map(
        ({ id, mapping }) =>
          `Source \`${id}\` cannot feed ${metricId}: what its mapping \`${mapping.id}\` reads does not hold it.`,
      );
  };
};
