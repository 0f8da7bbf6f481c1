import { UserError } from '../../warehouse/error.ts';
import { findFiles } from '../find.ts';
import type { BatchReport } from '../land/batch-report.ts';
import { landSource, type LandRequest } from '../land/land.ts';
import { refusedReport } from '../land/land-delivery.ts';
import type { Source } from '../workspace/workspace.ts';
import { pull, type PullRequest } from './pull.ts';

/**
 * Lands what has arrived of a source, having asked its database first where it has one. A database that cannot be asked is
 * a refused batch; what was pulled before and has not landed yet, does.
 */
export const pullAndLand = async (
  request: LandRequest,
  months: Pick<PullRequest, 'from' | 'to'>,
): Promise<readonly BatchReport[]> => {
  const { source, workspace, mapping, ledger, progress } = request;
  if (!isPulled(source)) return landSource(request);
  ledger.event('START', `pull ${source.id}`, { source: source.id });
  try {
    await pull({ source, workspace, progress, ...months, isInstant: mapping.timestamps === 'instant' });
    ledger.event('COMPLETE', `pull ${source.id}`, { source: source.id });
    return await landSource(request);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const refusal = refusedReport(request, error);
    ledger.event('FAIL', `pull ${source.id}`, { source: source.id, batch: refusal });
    return [...(findFiles(source.path, source.format).length > 0 ? await landSource(request) : []), refusal];
  }
};

const isPulled = (source: Source): source is PullRequest['source'] => source.database !== undefined;
