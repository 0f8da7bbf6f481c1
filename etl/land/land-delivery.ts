import { join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { batchId } from './batch-id.ts';
import type { BatchFile, BatchReport } from './batch-report.ts';
import { checkStated } from './check-delivery.ts';
import type { DeliveredFile, Delivery } from './delivery.ts';
import { HeldError, isTransient } from '../error.ts';
import { faultSentence } from '../fault.ts';
import { fileName } from '../find.ts';
import { isIntact, landBatch, type DeliveryReport } from './land-batch.ts';
import type { LandRequest } from './land.ts';
import type { ScannedFile } from './arrival.ts';
import type { Layout } from '../read/layout.ts';
import { checkStillSame } from './reconcile.ts';
import type { LookupFiles } from './lookup.ts';
import { scanArrival, type ReadingContext } from './scan-arrival.ts';
import { digestsOf, lookupsOf, scanLookups } from './scan-lookup.ts';
import { stampOf } from '../read/scan.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { bearingOn, readDecisions } from '../quarantine/decision.ts';
import { batchesOf } from '../raw/landed-state.ts';
import { namesOf, placesAfter, replacedBy, statedNow } from '../raw/standing.ts';
import { mayStillBeWritten } from './still-written.ts';

/** What is to be landed of one source, with what its files need to be read. */
export interface FilesRequest extends LandRequest {
  readonly layout: Layout | null;
  /** Folder for what is unpacked and re-encoded. */
  readonly scratch: string;
}

/**
 * What becomes of one delivery: known already, or landed, or held.
 *
 * @param present names of all files of the source that are there now
 */
export const landDelivery = async (
  request: FilesRequest,
  delivery: Delivery,
  present: ReadonlySet<string>,
): Promise<BatchReport> => {
  const { source, workspace, mapping, contracts, landed, layout } = request;
  const wanted = mapping.reads.columns.map(({ name }) => name);
  const paths = delivery.files.map(({ arrived }) => arrived);
  const files = await readable(
    paths,
    () => scanFiles(request, { source, wanted, landed, layout }, delivery.files, 'file'),
    workspace,
  );
  if ('status' in files) return { ...blankReport(request), ...files };
  const lookups = await scanLookups(source, mapping, workspace.folder, (lookup) =>
    readable(lookup.paths, () => scanLookup(request, lookup), workspace),
  );
  if ('status' in lookups) return { ...blankReport(request, '', files), ...lookups };
  const written = [...mapping.writes.keys()].flatMap((id) => contracts.get(id) ?? []);
  const digests = files.map(({ scan }) => scan.digest);
  const standing = batchesOf(landed, source.id);
  const stated = statedNow(
    delivery,
    digests,
    files.map(({ name }) => name),
    standing,
  );
  const decided = bearingOn(readDecisions(workspace.dataFolder), source.id, digests);
  const keys = files.map(({ key }) => key);
  const makings = { source, mapping, contracts: written, digests: keys, stated, decided };
  const batch = batchId({ ...makings, lookups: digestsOf(lookups) });
  const blank: DeliveryReport = { ...blankReport(request, batch, files), ...lookupsOf(lookups), stated };
  try {
    const known = standing.find((one) => one.batch === batch) ?? partlyGone(standing, delivery, digests);
    if (known === undefined && delivery.fault !== null) throw delivery.fault;
    if (known === undefined || known.batch === batch) {
      checkStated(request, { ...delivery, stated }, namesOf(blank), delivery.missing);
    }
    const [file] = files;
    const places =
      known && file && files.length === 1 && known.files.length === 1
        ? placesAfter(known, { name: file.name, asOf: stated.asOf }, present)
        : null;
    const newcomer = {
      batch: known?.batch ?? batch,
      names: namesOf(blank),
      digests,
      stated,
      isAll: mapping.spansFiles,
    };
    const report: DeliveryReport = {
      ...blank,
      ...(places === null || places.length === 1 ? {} : { places }),
      supersedes: replacedBy(newcomer, source, standing).map((before) => before.batch),
    };
    if (known && isIntact(known, workspace.dataFolder)) return unchanged(report, known);
    for (const { otherDialect } of files) if (otherDialect) throw otherDialect;
    return await landBatch(request, report, files, written, lookups);
  } catch (error) {
    const passes = isTransient(error);
    if (!(error instanceof UserError) && !passes) throw error;
    // What is wrong with a file that grows meanwhile is that it is not whole.
    const grown = await checkStillSame(files).then(
      () => null,
      (growing: unknown) => growing,
    );
    const fault = grown instanceof UserError ? grown : error;
    const message = fault instanceof UserError ? sentence(fault) : `${named(blank)}: ${passed(fault)}`;
    return { ...blank, status: 'held', message, ...passing(passes || (await mayStillBeWritten(files, Date.now()))) };
  }
};

/** The batch of which some files have been moved away since it landed whole. */
const partlyGone = (
  standing: readonly BatchReport[],
  { missing }: Delivery,
  digests: readonly string[],
): BatchReport | undefined =>
  missing.length === 0
    ? undefined
    : standing.find((one) => digests.every((digest) => one.files.some((file) => file.digest === digest)));

const unchanged = (report: DeliveryReport, known: BatchReport): DeliveryReport => {
  const before = namesOf(known);
  const [name] = namesOf({ files: report.files });
  const isNew = report.files.length === 1 && name !== undefined && !before.includes(name);
  return {
    ...report,
    batch: known.batch,
    status: 'unchanged',
    message: `${named(report)}: landed before${isNew ? ` as ${before.at(-1)}` : ''}, nothing to do`,
    files:
      report.files.length < known.files.length
        ? known.files
        : report.files.map((file) => ({ ...countsOf(known, file.digest), ...nameOf(file) })),
    stated: report.files.length < known.files.length ? (known.stated ?? report.stated) : report.stated,
  };
};

/** What is known of a file by its bytes alone may have moved since; what was counted when it was read has not. */
const nameOf = ({ name, digest, bytes }: BatchFile): Pick<BatchFile, 'name' | 'digest' | 'bytes'> => ({
  name,
  digest,
  bytes,
});

/** The counts of a file as it was read; the batch is known by the digests, so it has one with this. */
const countsOf = (known: BatchReport, digest: string): BatchFile => known.files.find((file) => file.digest === digest)!;

/** Files looked up in are of a sender of their own, and bound to no dialect. */
const scanLookup = async (
  request: FilesRequest,
  { lookup, format, paths }: LookupFiles,
): Promise<readonly ScannedFile[]> => {
  const { source, workspace } = request;
  const wanted = [lookup.key, ...lookup.columns];
  const context = {
    source: { id: source.id, format },
    wanted,
    landed: { dialects: new Map<never, never>() },
    layout: null,
  };
  const files: DeliveredFile[] = [];
  for (const path of paths)
    files.push({
      path,
      name: fileName(workspace.folder, path),
      arrived: path,
      stamp: await stampOf(path),
      manifest: null,
    });
  return scanFiles(request, context, files, `lookup-${request.mapping.lookups.indexOf(lookup)}`);
};

const scanFiles = async (
  { scratch, progress }: FilesRequest,
  context: ReadingContext,
  files: readonly DeliveredFile[],
  label: string,
): Promise<readonly ScannedFile[]> => {
  const scanned: ScannedFile[] = [];
  for (const file of files) {
    const before = scanned.at(-1)?.dialect ?? null;
    const utf8File = join(scratch, `${label}-${scanned.length}.utf-8`);
    scanned.push(await scanArrival(context, file, { before, utf8File, progress }));
  }
  return scanned;
};

/** What comes of files that can be had; else what becomes of their batch, and why. */
export const readable = async <T extends object>(
  paths: readonly string[],
  read: () => Promise<T>,
  { folder }: Pick<Workspace, 'folder'>,
): Promise<T | Pick<BatchReport, 'status' | 'message' | 'isTransient'>> => {
  try {
    return await read();
  } catch (error) {
    const passes = isTransient(error);
    if (error instanceof HeldError) return { status: 'held', message: sentence(error), ...passing(passes) };
    const { code, path } = error as NodeJS.ErrnoException;
    const why = unreadable[code ?? ''];
    if (why === undefined && !passes) throw error;
    const name = fileName(folder, path ?? paths[0] ?? '');
    return { status: 'refused', message: `${name}: ${why ?? passed(error)}`, ...passing(passes) };
  }
};

const passing = (isTransient: boolean): { readonly isTransient?: true } => (isTransient ? { isTransient } : {});

const passed = (error: unknown): string =>
  `could not be read just now: ${faultSentence(error)} The schedule tries again; by hand, run it again in a while.`;

/** Reasons of the file system's that somebody has to mend who owns the files. */
const unreadable: Readonly<Record<string, string>> = {
  EACCES: 'may not be read. Give this user the right to read it.',
  EPERM: 'may not be read. Give this user the right to read it.',
  ENOENT:
    'went away while it was looked at, or is a link that leads nowhere. Leave files where they are while a run lasts.',
};

/** The report of a batch that could not even be had. */
export const refusedReport = (request: LandRequest, error: UserError): BatchReport => ({
  ...blankReport(request),
  status: 'refused',
  message: sentence(error),
  ...passing(isTransient(error)),
});

/** The report of a batch of which nothing is known but the bytes of its files. */
export const blankReport = (
  { source, mapping }: LandRequest,
  batch = '',
  files: readonly ScannedFile[] = [],
): BatchReport => ({
  source: source.id,
  batch,
  status: 'held',
  message: '',
  files: files.map(({ name, dialect, scan: { digest, bytes, lines, records, longest } }) => ({
    name,
    digest,
    bytes,
    lines,
    records: source.format === 'csv' ? Math.max(0, records - 1) : records,
    longest,
    manifestRows: null,
    ...(dialect === null ? {} : { dialect }),
  })),
  rejected: 0,
  contracts: [],
  reasons: [],
  checks: [],
  skipped: {},
  supersedes: [],
  isInstant: mapping.timestamps === 'instant',
  asOf: null,
});

const named = ({ files }: BatchReport): string =>
  files.length === 1 ? files[0]!.name : `${files[0]?.name} and ${files.length - 1} more`;

const sentence = ({ message, mend }: UserError): string => {
  const said = /[.!?]$/.test(message) ? message : `${message}.`;
  return mend === null ? said : `${said} ${mend}`;
};
