import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openBuilder } from '../../warehouse/open.ts';
import { accept, type Accepted, type Destination } from './accept.ts';
import type { BatchContract, BatchReport } from './batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import type { LandRequest } from './land.ts';
import { batchesOf } from '../raw/landed-state.ts';
import type { ScannedFile } from './arrival.ts';
import { extractAsOf } from './manifest.ts';
import { placeRefused, type Placing } from './place.ts';
import { recordNumber } from './record-number.ts';
import { earlierStores } from '../quarantine/earlier.ts';
import { writeQuarantine } from '../quarantine/store.ts';
import { readBatch, type JudgedBatch } from './read-batch.ts';
import { reasonsOf } from './reason.ts';
import {
  assertReconciled,
  checkRecords,
  checkStillSame,
  checkSwallowed,
  heldSentence,
  isTooMuch,
  landedSentence,
} from './reconcile.ts';
import type { Verdict } from './verdict.ts';

/**
 * Lands the files of one batch: reads them as text, maps, casts and judges the rows, sets the bad ones aside, writes the
 * good ones, and makes sure that every record is accounted for.
 *
 * @param blank the report as far as the files' bytes tell it
 * @returns the report of a batch that landed, or that is held because too many of its rows were refused
 * @throws HeldError when the batch cannot be read
 */
export const landBatch = async (
  request: LandRequest,
  blank: BatchReport,
  scanned: readonly ScannedFile[],
  contracts: readonly Contract[],
): Promise<BatchReport> => {
  const { threads, memory } = request.workspace.config.server ?? {};
  const builder = await openBuilder(null, {
    temp: join(request.workspace.dataFolder, 'tmp'),
    ...(threads === undefined ? {} : { threads }),
    ...(memory === undefined ? {} : { memory }),
  });
  try {
    // A list of values as a join would lose the order of the rows, and with it their line numbers.
    await builder.connection.run(`set disabled_optimizers = 'in_clause'`);
    const judged = await readBatch(request, builder.connection, scanned, contracts);
    await checkStillSame(judged.files);
    const isHeld = isTooMuch(request.source, judged);
    const placed = await placeRefused(builder.connection, request.source.format, judged, isHeld);
    checkRecords(judged.files, placed);
    checkSwallowed(placed);
    const report = reportOf(request, blank, judged, placed);
    await setAside(request, builder.connection, report, judged, isHeld);
    if (isHeld) return { ...report, message: heldSentence(request.source, report, judged) };
    return await write(request, builder.connection, report, judged, placed);
  } finally {
    await builder.close();
  }
};

const reportOf = (
  { source, mapping, landed }: LandRequest,
  blank: BatchReport,
  { files, verdicts }: JudgedBatch,
  placed: Placing,
): BatchReport => {
  const replaced = batchesOf(landed, source.id).filter(
    (before) => mapping.cases !== null || before.files.some(({ name }) => files.some((file) => file.name === name)),
  );
  const skipped: Record<string, number> = {};
  for (const file of files)
    for (const [item, count] of Object.entries(file.skipped)) skipped[item] = (skipped[item] ?? 0) + count;
  return {
    ...blank,
    files: blank.files.map((file, i) => ({
      ...file,
      records: files[i]!.records,
      manifestRows: files[i]!.manifestRows,
    })),
    rejected: placed.rejected,
    refused: { records: placed.refused, kept: placed.kept },
    reasons: reasonsOf(verdicts, placed),
    checks: verdicts.flatMap(({ checks }) => checks),
    skipped,
    supersedes: replaced.map(({ batch }) => batch),
  };
};

const setAside = (
  { source: { format }, workspace, ledger, landed }: LandRequest,
  connection: DuckDBConnection,
  report: BatchReport,
  { verdicts, files }: JudgedBatch,
  isHeld: boolean,
): Promise<void> => {
  const { source, batch } = report;
  const earlier = earlierStores(workspace.dataFolder, report, landed);
  const refusals = { source, batch, run: ledger.id, isHeld, format, files, verdicts, earlier };
  return writeQuarantine(connection, workspace.dataFolder, refusals);
};

const write = async (
  { source, workspace, landed, progress }: LandRequest,
  connection: DuckDBConnection,
  report: BatchReport,
  { files, verdicts }: JudgedBatch,
  { unread }: Placing,
): Promise<BatchReport> => {
  const destination: Destination = {
    dataFolder: workspace.dataFolder,
    source: source.id,
    batch: report.batch,
    record: await recordNumber(
      connection,
      files,
      [...unread.values()].reduce((sum, each) => sum + each, 0),
    ),
    before: batchesOf(landed, source.id),
    supersedes: report.supersedes,
  };
  const written: { readonly verdict: Verdict; readonly accepted: Accepted }[] = [];
  try {
    for (const verdict of verdicts) {
      progress(`Writing ${verdict.contract.id}`, written.length, verdicts.length);
      written.push({ verdict, accepted: await accept(connection, verdict, destination) });
    }
  } catch (error) {
    for (const { accepted } of written)
      if (accepted.file) rmSync(join(workspace.dataFolder, accepted.file), { force: true });
    throw error;
  }
  const contracts = written.map(({ verdict, accepted }) => contractOf(verdict, accepted));
  assertReconciled(report.batch, contracts);
  const latest = written
    .flatMap(({ accepted }) => accepted.latest ?? [])
    .sort()
    .at(-1);
  return {
    ...report,
    status: 'landed',
    message: landedSentence(report, contracts),
    contracts,
    asOf: extractAsOf(files, source, report.isInstant) ?? latest ?? null,
  };
};

const contractOf = (
  { contract, mapped, accepted: rows, quarantined, duplicates }: Verdict,
  accepted: Accepted,
): BatchContract => ({
  contract: contract.id,
  mapped,
  accepted: rows,
  quarantined,
  duplicates,
  superseded: 0,
  inserted: accepted.inserted,
  updated: accepted.updated,
  unchanged: accepted.unchanged,
  acceptedShare: mapped === 0 ? null : rows / mapped,
  file: accepted.file,
  months: accepted.months,
  overlaps: accepted.overlaps,
});
