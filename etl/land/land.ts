import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { batchId } from './batch-id.ts';
import type { BatchFile, BatchReport, BatchStatus } from './batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import { HeldError, isTransient } from '../error.ts';
import { faultSentence } from '../fault.ts';
import { fileName, findFiles, isFolder } from '../find.ts';
import { landBatch } from './land-batch.ts';
import { batchesOf, withBatch, type LandedState } from '../raw/landed-state.ts';
import type { RunLedger } from '../ledger.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Progress } from '../print/progress.ts';
import { bearingOn, readDecisions } from '../quarantine/decision.ts';
import { forgetEarlier } from '../quarantine/earlier.ts';
import { readLayout, type Layout } from '../read/layout.ts';
import { endingsOf } from '../workspace/format.ts';
import type { Source, Workspace } from '../workspace/workspace.ts';
import { arrivalsOf, withScratch, type Arrival, type ScannedFile } from './arrival.ts';
import { checkStillSame } from './reconcile.ts';
import { scanArrival } from './scan-arrival.ts';
import { mayStillBeWritten } from './still-written.ts';

/** What is to be landed, and where it is written down. */
export interface LandRequest {
  readonly source: Source;
  readonly workspace: Workspace;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly mapping: Mapping;
  readonly landed: LandedState;
  readonly ledger: RunLedger;
  readonly progress: Progress;
}

/** What became of one batch. */
export type BatchOutcome = BatchReport;

/**
 * Lands what has arrived of one source: a batch for each file, or one for all of them where a case may be spread over
 * files. What is the data's fault ends in an outcome with a sentence, never in an exception.
 *
 * @throws Error when landing itself is at fault: a disk is full, or an identity does not hold
 */
export const landSource = async (request: LandRequest): Promise<readonly BatchOutcome[]> => {
  const { source, mapping, ledger, workspace } = request;
  const layout = source.layout === undefined ? null : readLayout(source.layout);
  const files = findFiles(source.path, source.format);
  const groups = files.length === 0 || mapping.cases ? [files] : files.map((file) => [file]);
  const outcomes: BatchOutcome[] = [];
  let landed = request.landed;
  const land = async (outcomeOf: (request: FilesRequest) => BatchOutcome | Promise<BatchOutcome>, scratch: string) => {
    ledger.event('START', `land ${source.id}`, { source: source.id });
    const outcome = await outcomeOf({ ...request, landed, layout, scratch });
    ledger.event(ending[outcome.status], `land ${source.id}`, { source: source.id, batch: outcome });
    forgetEarlier(request.workspace.dataFolder, outcome, landed);
    landed = withBatch(landed, outcome);
    outcomes.push(outcome);
  };
  if (files.length === 0) await land(nothingThere, '');
  // One file at a time is unpacked, so that the disk need hold no more.
  for (const group of files.length === 0 ? [] : groups)
    await withScratch(workspace, async (scratch) => {
      const arrivals = await readable(group, () => arrivalsOf(source, workspace, group, scratch), workspace);
      if ('status' in arrivals) await land((one) => ({ ...blankReport(one, '', []), ...arrivals }), scratch);
      else
        for (const batch of mapping.cases ? [arrivals] : arrivals.map((one) => [one]))
          await land((one) => landFiles(one, batch), scratch);
    });
  return outcomes;
};

/** What is to be landed of one source, with what its files need to be read. */
interface FilesRequest extends LandRequest {
  readonly layout: Layout | null;
  /** Folder for what is unpacked and re-encoded. */
  readonly scratch: string;
}

const ending: Readonly<Record<BatchStatus, 'COMPLETE' | 'FAIL'>> = {
  landed: 'COMPLETE',
  unchanged: 'COMPLETE',
  held: 'FAIL',
  refused: 'FAIL',
};

/** What is known of a file by its bytes alone may have moved since; what was counted when it was read has not. */
const nameOf = ({ name, digest, bytes }: BatchFile): Pick<BatchFile, 'name' | 'digest' | 'bytes'> => ({
  name,
  digest,
  bytes,
});

/** The counts of a file as it was read; the batch is known by the digests, so it has one with this. */
const countsOf = (known: BatchReport, digest: string): BatchFile => known.files.find((file) => file.digest === digest)!;

const landFiles = async (request: FilesRequest, arrivals: readonly Arrival[]): Promise<BatchOutcome> => {
  const { source, workspace, mapping, contracts, landed } = request;
  const paths = arrivals.map(({ arrived }) => arrived);
  const files = await readable(paths, () => scanFiles(request, arrivals), workspace);
  if ('status' in files) return { ...blankReport(request, '', []), ...files };
  const written = [...mapping.writes.keys()].flatMap((id) => contracts.get(id) ?? []);
  const decided = bearingOn(
    readDecisions(workspace.dataFolder),
    source.id,
    files.map(({ scan }) => scan.digest),
  );
  const keys = files.map(({ key }) => key);
  const batch = batchId(source, mapping, written, keys, decided);
  const known = batchesOf(landed, source.id).find((one) => one.batch === batch);
  const report = blankReport(request, batch, files);
  if (known && isIntact(known, workspace))
    return {
      ...report,
      status: 'unchanged',
      message: `${namesOf(files)}: landed before, nothing to do`,
      files: report.files.map((file) => ({ ...countsOf(known, file.digest), ...nameOf(file) })),
    };
  try {
    for (const { otherDialect } of files) if (otherDialect) throw otherDialect;
    return await landBatch(request, report, files, written);
  } catch (error) {
    const passes = isTransient(error);
    if (!(error instanceof UserError) && !passes) throw error;
    // What is wrong with a file that grows meanwhile is that it is not whole.
    const grown = await checkStillSame(files).then(
      () => null,
      (growing: unknown) => growing,
    );
    const fault = grown instanceof UserError ? grown : error;
    const message = fault instanceof UserError ? sentence(fault) : `${namesOf(files)}: ${passed(fault)}`;
    return { ...report, status: 'held', message, ...passing(passes || (await mayStillBeWritten(files, Date.now()))) };
  }
};

const scanFiles = async (request: FilesRequest, arrivals: readonly Arrival[]): Promise<readonly ScannedFile[]> => {
  const files: ScannedFile[] = [];
  for (const [i, arrival] of arrivals.entries()) {
    const before = files.at(-1)?.dialect ?? null;
    const utf8File = join(request.scratch, `${i}.utf-8`);
    files.push(await scanArrival(request, arrival, { before, utf8File, progress: request.progress }));
  }
  return files;
};

/** What comes of files that can be had; else what becomes of their batch, and why. */
const readable = async <T extends object>(
  paths: readonly string[],
  read: () => Promise<T>,
  { folder }: Workspace,
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

const blankReport = ({ source, mapping }: LandRequest, batch: string, files: readonly ScannedFile[]): BatchReport => ({
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

/** The report of a batch that could not even be had. */
export const refusedReport = (request: LandRequest, error: UserError): BatchReport => ({
  ...blankReport(request, '', []),
  status: 'refused',
  message: sentence(error),
  ...passing(isTransient(error)),
});

const nothingThere = (request: LandRequest): BatchOutcome => {
  const { source, workspace } = request;
  const name = fileName(workspace.folder, source.path);
  const message = isFolder(source.path)
    ? `${name} is a folder with no whole file in it that ends in ${endingsOf(source.format)}. Put it there, or say which of its files source ${source.id} means, such as \`${name}/*\`, in himsight.yaml.`
    : `${name}: no such file has arrived. Put it there, or mend \`path\` of source ${source.id} in himsight.yaml.`;
  return { ...blankReport(request, '', []), status: 'refused', message };
};

/** Whether a landed batch still has all its files. */
const isIntact = ({ contracts }: BatchReport, { dataFolder }: Workspace): boolean =>
  contracts.every(({ file }) => file === null || existsSync(join(dataFolder, file)));

const namesOf = (files: readonly ScannedFile[]): string =>
  files.length === 1 ? files[0]!.name : `${files[0]?.name} and ${files.length - 1} more`;

const sentence = ({ message, mend }: UserError): string => {
  const said = /[.!?]$/.test(message) ? message : `${message}.`;
  return mend === null ? said : `${said} ${mend}`;
};
