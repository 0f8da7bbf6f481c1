import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openBuilder } from '../../warehouse/open.ts';
import { accept, forget, type Accepted, type Destination } from './accept.ts';
import type { BatchContract, BatchReport, Stated } from './batch-report.ts';
import { checkDelivery } from './check-delivery.ts';
import type { Contract } from '../contract/contract.ts';
import type { LandRequest } from './land.ts';
import { batchesOf } from '../raw/landed-state.ts';
import type { ScannedFile } from './arrival.ts';
import type { ScannedLookup } from './lookup.ts';
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

/** A report of a delivery of which it is known what is said of it. */
export type DeliveryReport = BatchReport & { readonly stated: Stated };

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
  blank: DeliveryReport,
  scanned: readonly ScannedFile[],
  contracts: readonly Contract[],
  lookups: readonly ScannedLookup[],
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
    const judged = await readBatch(request, builder.connection, scanned, contracts, lookups);
    await checkStillSame([...judged.files, ...lookups.flatMap(({ files }) => files)]);
    const isHeld = isTooMuch(request.source, judged);
    const placed = await placeRefused(builder.connection, request.source.format, judged, isHeld);
    checkRecords(judged.files, placed);
    checkSwallowed(placed);
    const report = reportOf(blank, judged, placed);
    await checkDelivery(builder.connection, request, report, judged);
    await setAside(request, builder.connection, report, judged, isHeld);
    if (isHeld) return { ...report, message: heldSentence(request.source, report, judged) };
    return await write(request, builder.connection, report, judged, placed);
  } finally {
    await builder.close();
  }
};

const reportOf = (blank: DeliveryReport, { files, verdicts }: JudgedBatch, placed: Placing): DeliveryReport => {
  const skipped: Record<string, number> = {};
  for (const file of files)
    for (const [item, count] of Object.entries(file.skipped)) skipped[item] = (skipped[item] ?? 0) + count;
  return {
    ...blank,
    files: blank.files.map((file, i) => ({
      ...file,
      records: files[i]!.records,
      manifestRows: files[i]!.manifestRows,
      ...(files[i]!.isOpen ? {} : { columns: files[i]!.columns }),
    })),
    rejected: placed.rejected,
    refused: { records: placed.refused, kept: placed.kept },
    reasons: reasonsOf(verdicts, placed),
    checks: verdicts.flatMap(({ checks }) => checks),
    skipped,
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
  report: DeliveryReport,
  { files, verdicts }: JudgedBatch,
  { unread }: Placing,
): Promise<BatchReport> => {
  const destination: Destination = {
    dataFolder: workspace.dataFolder,
    source,
    report,
    record: await recordNumber(
      connection,
      files,
      [...unread.values()].reduce((sum, each) => sum + each, 0),
    ),
    before: readable(batchesOf(landed, source.id), workspace.dataFolder),
    others: landed.batches.filter((batch) => batch.source !== source.id),
    sources: workspace.sources,
  };
  const written: { readonly verdict: Verdict; readonly accepted: Accepted }[] = [];
  try {
    for (const verdict of verdicts) {
      progress(`Writing ${verdict.contract.id}`, written.length, verdicts.length);
      written.push({ verdict, accepted: await accept(connection, verdict, destination) });
    }
  } catch (error) {
    for (const { accepted } of written) if (accepted.file) forget(accepted.file, destination);
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
    asOf: report.stated.asOf ?? latest ?? null,
  };
};

/** Batches whose rows are there; those of others land again as soon as their files are looked at. */
const readable = (batches: readonly BatchReport[], dataFolder: string): readonly BatchReport[] =>
  batches.filter((batch) => isIntact(batch, dataFolder));

/** Whether a landed batch still has all its files. */
export const isIntact = ({ contracts }: BatchReport, dataFolder: string): boolean =>
  contracts.every(({ file }) => file === null || existsSync(join(dataFolder, file)));

const contractOf = (
  { contract, mapped, accepted: good, quarantined, duplicates }: Verdict,
  { latest: _latest, ...accepted }: Accepted,
): BatchContract => {
  const rows = good - accepted.superseded;
  return {
    ...{ contract: contract.id, mapped, accepted: rows, quarantined, duplicates },
    ...accepted,
    acceptedShare: mapped === 0 ? null : rows / mapped,
  };
};
