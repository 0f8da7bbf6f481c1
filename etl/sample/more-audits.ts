import { UserError } from '../../warehouse/error.ts';
import { findMetric, type Catalogue } from '../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../warehouse/open.ts';
import { standings } from '../../warehouse/query/standings.ts';
import type { FrameQuestion } from './frame.ts';

/** Marts of records audited at random, which more random audits would add to. */
const randomAudits = 'mart.random_audit';

/**
 * How many more audits would put a metric's interval wholly on one side of its target, over the policy's window and the
 * same filters, if what they find is as what was found.
 *
 * @throws UserError where the metric is not measured by random audits, has no target, is decided already, or where no
 *   number of the same would decide it
 */
export const moreAudits = async (
  reader: Reader,
  catalogue: Catalogue,
  name: string,
  where: FrameQuestion['where'],
): Promise<{ readonly metric: string; readonly size: number }> => {
  const metric = findMetric(catalogue, name);
  const { id } = metric;
  if (!metric.measure.from.startsWith(randomAudits))
    throw new UserError(`\`--more ${name}\`: ${id} is not measured by random audits, so none would decide it.`, {
      mend: 'Name a metric of random audits, such as code_accuracy_auditor.',
    });
  const question = { metrics: [id], where, byFacility: false, asOf: null };
  const [standing] = (await standings(reader, catalogue, question)).rows;
  if (standing?.target === undefined || standing.target === null)
    throw new UserError(`\`--more ${name}\`: ${id} has no target to be decided against.`, {
      mend: 'Give it one under `targets` of himsight.yaml, or say --size.',
    });
  const { evidence, moreAudits: more, target } = standing;
  if (more === null)
    throw new UserError(
      evidence === null
        ? `\`--more ${name}\`: too few audits in the policy's window to tell how many more would decide ${id}.`
        : `\`--more ${name}\`: no number of audits like those seen would decide ${id} against ${target}: it lies too near.`,
      { mend: 'Say --size, or leave it out for a sample by precision.' },
    );
  if (more === 0)
    throw new UserError(`\`--more ${name}\`: ${id} is decided already, its interval lies ${evidence} ${target}.`, {
      mend: 'Say --size where more audits are wanted all the same.',
    });
  return { metric: id, size: more };
};
