import { existsSync, rmSync } from 'node:fs';
import type { BatchReport } from '../land/batch-report.ts';
import type { LandedState } from '../raw/landed-state.ts';
import { storeFile } from './store-file.ts';

const digestsOf = ({ files }: Pick<BatchReport, 'files'>): readonly string[] => files.map(({ digest }) => digest);

/**
 * Store files of earlier landings of the same deliveries, this very batch among them: the same bytes under another
 * mapping, contract or decision. Their rows go on in the store of the new batch.
 */
export const earlierStores = (
  dataFolder: string,
  report: Pick<BatchReport, 'source' | 'batch' | 'files'>,
  state: LandedState,
): readonly string[] => {
  const digests = new Set(digestsOf(report));
  const batches = [...state.batches, ...state.held]
    .filter(({ source, files }) => source === report.source && files.some(({ digest }) => digests.has(digest)))
    .map(({ batch }) => batch);
  return [...new Set([report.batch, ...batches])]
    .map((batch) => storeFile(dataFolder, batch))
    .filter((file) => existsSync(file));
};

/**
 * Removes the store files whose rows have gone on in that of a batch, once the ledger holds it: raw text is not kept
 * longer than it is needed.
 *
 * @param before the state without this batch
 */
export const forgetEarlier = (dataFolder: string, report: BatchReport, before: LandedState): void => {
  if (report.batch === '' || (report.status !== 'landed' && report.status !== 'held')) return;
  const digests = new Set(digestsOf(report));
  // What is live while this batch is held stays the truth about the rows in raw.
  const candidates = report.status === 'landed' ? [...before.batches, ...before.held] : before.held;
  for (const one of candidates)
    if (one.source === report.source && one.batch !== report.batch && digestsOf(one).every((each) => digests.has(each)))
      if (!before.batches.some(({ batch }) => batch === one.batch) || report.status === 'landed')
        rmSync(storeFile(dataFolder, one.batch), { force: true });
};
