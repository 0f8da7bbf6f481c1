import { statedBy } from '../raw/standing.ts';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { UserError } from '../../warehouse/error.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { fileName, findFiles } from '../find.ts';
import { batchId } from '../land/batch-id.ts';
import type { BatchReport } from '../land/batch-report.ts';
import { landSource, type LandRequest } from '../land/land.ts';
import { keepsText } from '../land/place.ts';
import { batchesOf, withBatch } from '../raw/landed-state.ts';
import { limitsOf } from '../workspace/folders.ts';
import { bearingOn, readDecisions } from './decision.ts';
import { forgetEarlier } from './earlier.ts';
import { replayBatch } from './replay-batch.ts';
import type { RowFilter } from './shown-rows.ts';
import { storeFile } from './store-file.ts';
import { waitingRows } from './waiting.ts';

/** Which rows are judged again, after the files that are still there have been landed. */
export interface ReplayRequest extends LandRequest {
  readonly which: RowFilter;
}

/**
 * Judges the refused rows of a source again: lands what lies there of it, then replays what is gone. Nothing is pulled, and
 * that no file lies there is no fault: it is what the store is for.
 */
export const replaySource = async (request: ReplayRequest): Promise<readonly BatchReport[]> => {
  const reports = findFiles(request.source.path, request.source.format).length === 0 ? [] : await landSource(request);
  return [...reports, ...(await replayGone({ ...request, landed: reports.reduce(withBatch, request.landed) }))];
};

/**
 * Replays refused rows of batches whose files are gone, from the text the store keeps. (A file that still lies there is
 * simply landed again, since a mended mapping, contract or decision makes another batch of it.)
 *
 * @returns a report for each batch with rows that wait; none where none does
 */
const replayGone = async (request: ReplayRequest): Promise<readonly BatchReport[]> => {
  const { source, workspace, ledger } = request;
  const arrived = findFiles(source.path, source.format).map((file) => fileName(workspace.folder, file));
  // What came in an archive is there as long as that is.
  const isThere = (name: string): boolean => arrived.some((one) => name === one || name.startsWith(`${one}/`));
  const reports: BatchReport[] = [];
  let { landed } = request;
  for (const before of batchesOf(landed, source.id)) {
    if (before.files.some(({ name }) => isThere(name))) continue;
    // Nearly every batch: no engine is opened for it.
    if (!existsSync(storeFile(workspace.dataFolder, before.batch))) continue;
    const report = await replayOne({ ...request, landed }, before);
    if (report === null) continue;
    ledger.event('START', `replay ${source.id}`, { source: source.id });
    const type = report.status === 'refused' ? 'FAIL' : 'COMPLETE';
    ledger.event(type, `replay ${source.id}`, { source: source.id, batch: report });
    forgetEarlier(workspace.dataFolder, report, landed);
    landed = withBatch(landed, report);
    reports.push(report);
  }
  for (const before of landed.held.filter((one) => one.source === source.id)) {
    if (before.files.some(({ name }) => isThere(name))) continue;
    const report = await heldAndGone(request, before);
    if (report === null) continue;
    ledger.event('FAIL', `replay ${source.id}`, { source: source.id, batch: report });
    reports.push(report);
  }
  return reports;
};

/** Nothing of a held batch has landed, and its good rows are nowhere but in the file. Null where no row waits. */
const heldAndGone = async ({ workspace, which }: ReplayRequest, before: BatchReport): Promise<BatchReport | null> => {
  const { connection, close } = await openBuilder(null, limitsOf(workspace));
  try {
    const { rows, withoutText } = await waitingRows(connection, workspace.dataFolder, before, which, false);
    return rows + withoutText === 0
      ? null
      : refusal(
          before,
          `${before.files[0]?.name} is held and its file is gone, so that there is nothing to replay its rows beside. Put the file there again.`,
        );
  } finally {
    await close();
  }
};

/** Null where no row waits. */
const replayOne = async (request: ReplayRequest, before: BatchReport): Promise<BatchReport | null> => {
  const { source, workspace, mapping, which } = request;
  const contracts = [...mapping.writes.keys()].flatMap((id) => request.contracts.get(id) ?? []);
  const digests = before.files.map(({ digest }) => digest);
  const decided = bearingOn(readDecisions(workspace.dataFolder), source.id, digests);
  const by = batchId({ source, mapping, contracts, digests, stated: statedBy(before), decided, lookups: [] });
  const replayed = { by, which: JSON.stringify({ rule: which.rule, file: which.file }) };
  // What is looked up in other files may be another delivery's by now.
  const hasText =
    keepsText(source.format) && !mapping.spansFiles && mapping.lookups.length === 0 && before.files.length === 1;
  const { connection, close } = await openBuilder(null, limitsOf(workspace));
  try {
    await connection.run(`set disabled_optimizers = 'in_clause'`);
    const { rows, withoutText } = await waitingRows(connection, workspace.dataFolder, before, which, hasText);
    if (rows + withoutText === 0) return null;
    if (rows === 0) return unable(before, withoutText);
    if (isJudgedAlready(before, replayed))
      return {
        ...before,
        status: 'unchanged',
        message: `${before.files[0]?.name} is gone, and neither mapping, contract nor decision has changed since its rows were refused: nothing to do`,
      };
    const batch = createHash('sha256')
      .update(JSON.stringify([before.batch, replayed]))
      .digest('hex')
      .slice(0, 16);
    return await replayBatch(request, connection, { before, batch, replayed, contracts, withoutText });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return refusal(before, [error.message, error.mend].filter(Boolean).join(' '));
  } finally {
    await close();
  }
};

const isJudgedAlready = ({ batch, replayed }: BatchReport, now: NonNullable<BatchReport['replayed']>): boolean =>
  replayed === undefined ? batch === now.by : replayed.by === now.by && ['{}', now.which].includes(replayed.which);

const unable = (before: BatchReport, rows: number): BatchReport =>
  refusal(
    before,
    `${before.files[0]?.name} is gone, and ${rows.toLocaleString('en-US')} refused rows of it cannot be replayed without it: the store does not hold their text whole. Put the file there again, or discard them with \`himsight quarantine discard\`.`,
  );

/** Nothing about the batch changes. */
const refusal = (before: BatchReport, message: string): BatchReport => ({
  ...before,
  batch: '',
  status: 'refused',
  message,
  contracts: [],
  reasons: [],
  checks: [],
  supersedes: [],
});
