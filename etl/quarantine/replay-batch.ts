import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from '../../warehouse/rows.ts';
import type { Contract } from '../contract/contract.ts';
import { accept } from '../land/accept.ts';
import type { BatchCheck, BatchContract, BatchReport } from '../land/batch-report.ts';
import { placeRefused } from '../land/place.ts';
import { readBatch } from '../land/read-batch.ts';
import { assertReconciled } from '../land/reconcile.ts';
import { recordNumber } from '../land/record-number.ts';
import { batchesOf } from '../raw/landed-state.ts';
import { statedBy } from '../raw/standing.ts';
import { temporaryFolder } from '../workspace/folders.ts';
import { writeReplayFile } from './replay-file.ts';
import { replayRows, type ReplayedContract } from './replay-rows.ts';
import { reasonsAfter, storeAfter } from './replay-store.ts';
import type { ReplayRequest } from './replay.ts';
import { settleStore } from './store.ts';

/** What a replay of one batch is asked for. */
export interface BatchReplay {
  /** The batch as it is live. */
  readonly before: BatchReport;
  /** What the batch will be known by. */
  readonly batch: string;
  readonly replayed: NonNullable<BatchReport['replayed']>;
  readonly contracts: readonly Contract[];
  /** Rows that cannot be judged again without their file. */
  readonly withoutText: number;
}

/**
 * Judges the rows in the temp table `waiting` again, by mapping, contracts and decisions as they are now, and lands those
 * that pass beside what had landed of their batch.
 *
 * @returns the report of the batch that takes the place of the one before
 * @throws HeldError when the records cannot be read as what the source says now
 */
export const replayBatch = async (
  request: ReplayRequest,
  connection: DuckDBConnection,
  replay: BatchReplay,
): Promise<BatchReport> => {
  const { source, workspace, ledger } = request;
  const { before, contracts } = replay;
  const { scanned, remove } = await writeReplayFile(
    connection,
    source.format,
    before.files[0]!,
    temporaryFolder(workspace),
  );
  try {
    const judged = await readBatch(request, connection, [scanned], contracts, []);
    const { unread } = await placeRefused(connection, source.format, judged, false);
    const number = await recordNumber(connection, judged.files, unread.get(judged.files[0]!) ?? 0);
    await connection.run(
      `create or replace temp table judged_again as
       from waiting where record not in (select o.record from placed join replay_record o on o.ordinal = placed.record where rules > 0)`,
    );
    const after: ReplayedContract[] = [];
    for (const one of before.contracts) {
      const contract = request.contracts.get(one.contract);
      if (!contract) throw new Error(`batch ${before.batch}: there is no contract ${one.contract} any more`);
      const verdict = judged.verdicts.find((each) => each.contract.id === one.contract) ?? null;
      const isRowARow = request.mapping.writes.get(one.contract)?.rows === 'each';
      const { dataFolder } = workspace;
      after.push(await replayRows(connection, { contract, before: one, verdict, number, dataFolder, isRowARow }));
    }
    await storeAfter(connection, ledger.id, after);
    await settleStore(connection, workspace.dataFolder, replay.batch, 'from stored_after');
    const says = new Map([
      ...before.reasons.map(({ rule, says: text }) => [rule, text] as const),
      ...judged.verdicts.flatMap(({ checks }) => checks.map(({ rule, says: text }) => [rule, text] as const)),
    ]);
    const reasons = await reasonsAfter(connection, says);
    const { written, latest } = await write(request, connection, replay, after);
    assertReconciled(replay.batch, written);
    const [row] = await readRows(
      connection,
      `select count(distinct record) as records from stored_after where state in ('open', 'accepted')`,
    );
    const records = Number(row?.records);
    return {
      ...before,
      batch: replay.batch,
      status: 'landed',
      message: await sentence(connection, before, after, replay.withoutText),
      contracts: written,
      refused: { records, kept: records },
      reasons,
      checks: before.checks.map((check) => ({ ...check, violated: violatedNow(check, reasons) })),
      supersedes: [before.batch],
      replayed: replay.replayed,
      asOf:
        [before.asOf, latest]
          .filter((time) => time !== null)
          .sort()
          .at(-1) ?? null,
    };
  } finally {
    remove();
  }
};

const violatedNow = (check: BatchCheck, reasons: BatchReport['reasons']): number =>
  check.severity === 'warn'
    ? check.violated
    : (reasons.find(({ rule, contract }) => rule === check.rule && contract === check.contract)?.count ?? 0);

const write = async (
  { source, workspace, landed }: ReplayRequest,
  connection: DuckDBConnection,
  { before, batch }: BatchReplay,
  after: readonly ReplayedContract[],
): Promise<{ readonly written: readonly BatchContract[]; readonly latest: string | null }> => {
  const destination = {
    dataFolder: workspace.dataFolder,
    source,
    report: { ...before, batch, stated: statedBy(before), supersedes: [before.batch] },
    record: { sql: '_record', join: '' },
    before: batchesOf(landed, source.id),
    others: landed.batches.filter((one) => one.source !== source.id),
    sources: workspace.sources,
  };
  const written: BatchContract[] = [];
  const times: string[] = [];
  try {
    for (const one of after) {
      const { latest, ...accepted } = await accept(connection, one, destination);
      if (latest !== null) times.push(latest);
      const { mapped, quarantined, duplicates } = one.counts;
      const rows = one.accepted - accepted.superseded;
      written.push({
        ...{ contract: one.contract.id, mapped, accepted: rows, quarantined, duplicates },
        ...accepted,
        acceptedShare: mapped === 0 ? null : rows / mapped,
      });
    }
  } catch (error) {
    for (const { file } of written) if (file !== null) rmSync(join(workspace.dataFolder, file), { force: true });
    throw error;
  }
  return { written, latest: times.sort().at(-1) ?? null };
};

const sentence = async (
  connection: DuckDBConnection,
  { files: [file], source }: BatchReport,
  after: readonly ReplayedContract[],
  withoutText: number,
): Promise<string> => {
  let [landed, refused] = [0, 0];
  for (const { again } of after) {
    const [row] = await readRows(
      connection,
      `select count_if(_broken is null and not _is_duplicate) as good, count(_broken) as broken from ${again}`,
    );
    landed += Number(row?.good);
    refused += Number(row?.broken);
  }
  const [row] = await readRows(connection, 'select count(*) as rows from judged_again');
  const counted = (number: number): string => number.toLocaleString('en-US');
  const others =
    withoutText === 0
      ? ''
      : ` ${counted(withoutText)} more cannot be judged again without the file: the store does not hold their text whole, or they could not be read.`;
  return `${file?.name} is gone; ${counted(Number(row?.rows))} refused rows of it were replayed from quarantine: ${counted(landed)} landed, ${counted(refused)} were refused again.${others} \`himsight quarantine --source ${source}\` lists what is left.`;
};
