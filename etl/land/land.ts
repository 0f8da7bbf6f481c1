import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { batchId } from './batch-id.ts';
import type { BatchFile, BatchReport, BatchStatus } from './batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import { isTransient } from '../error.ts';
import { faultSentence } from '../fault.ts';
import { fileName, findFiles } from '../find.ts';
import { landBatch } from './land-batch.ts';
import { batchesOf, withBatch, type LandedState } from '../raw/landed-state.ts';
import type { RunLedger } from '../ledger.ts';
import type { ScannedFile } from './load.ts';
import { digestsOf, lookupsOf, scanLookups } from './scan-lookup.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { dialectOf } from './place.ts';
import type { Progress } from '../print/progress.ts';
import { bearingOn, readDecisions } from '../quarantine/decision.ts';
import { forgetEarlier } from '../quarantine/earlier.ts';
import { scanFile } from '../read/scan.ts';
import type { SourceFormat } from '../workspace/config.ts';
import type { Source, Workspace } from '../workspace/workspace.ts';
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
  const { source, mapping, ledger } = request;
  const files = findFiles(source.path);
  const groups = files.length === 0 || mapping.spansFiles ? [files] : files.map((file) => [file]);
  const outcomes: BatchOutcome[] = [];
  let landed = request.landed;
  for (const group of groups) {
    ledger.event('START', `land ${source.id}`, { source: source.id });
    const outcome = group.length === 0 ? nothingThere(request) : await landFiles({ ...request, landed }, group);
    ledger.event(ending[outcome.status], `land ${source.id}`, { source: source.id, batch: outcome });
    forgetEarlier(request.workspace.dataFolder, outcome, landed);
    landed = withBatch(landed, outcome);
    outcomes.push(outcome);
  }
  return outcomes;
};

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

const landFiles = async (request: LandRequest, paths: readonly string[]): Promise<BatchOutcome> => {
  const { source, workspace, mapping, contracts, landed } = request;
  const files = await scanFiles(request, paths, source.format);
  if ('refusal' in files)
    return {
      ...blankReport(request, '', []),
      status: 'refused',
      message: files.refusal,
      ...passing(files.isTransient),
    };
  const lookups = await scanLookups(source, mapping, workspace.folder, (own, format) =>
    scanFiles(request, own, format),
  );
  if ('refusal' in lookups)
    return {
      ...blankReport(request, '', files),
      status: 'refused',
      message: lookups.refusal,
      ...passing(lookups.isTransient),
    };
  const written = [...mapping.writes.keys()].flatMap((id) => contracts.get(id) ?? []);
  const digests = files.map(({ scan }) => scan.digest);
  const decided = bearingOn(readDecisions(workspace.dataFolder), source.id, digests);
  const batch = batchId(source, mapping, written, digests, decided, digestsOf(lookups));
  const known = batchesOf(landed, source.id).find((one) => one.batch === batch);
  const report = { ...blankReport(request, batch, files), ...lookupsOf(lookups) };
  if (known && isIntact(known, workspace))
    return {
      ...report,
      status: 'unchanged',
      message: `${namesOf(files)}: landed before, nothing to do`,
      files: report.files.map((file) => ({ ...countsOf(known, file.digest), ...nameOf(file) })),
    };
  try {
    return await landBatch(request, report, files, written, lookups);
  } catch (error) {
    const passes = isTransient(error);
    if (!(error instanceof UserError) && !passes) throw error;
    const message = error instanceof UserError ? sentence(error) : `${namesOf(files)}: ${passed(error)}`;
    return { ...report, status: 'held', message, ...passing(passes || (await mayStillBeWritten(files, Date.now()))) };
  }
};

const scanFiles = async (
  { workspace, progress }: LandRequest,
  paths: readonly string[],
  format: SourceFormat,
): Promise<readonly ScannedFile[] | { readonly refusal: string; readonly isTransient: boolean }> => {
  const files: ScannedFile[] = [];
  for (const path of paths) {
    const name = fileName(workspace.folder, path);
    try {
      const { size } = statSync(path);
      const scan = await scanFile(path, dialectOf(format), (bytes) => {
        progress(`Counting ${name}`, bytes, size);
      });
      files.push({ path, name, scan });
    } catch (error) {
      const passes = isTransient(error);
      const why = error instanceof Error && 'code' in error ? unreadable[String(error.code)] : undefined;
      if (why === undefined && !passes) throw error;
      return { refusal: `${name}: ${why ?? passed(error)}`, isTransient: passes };
    }
  }
  return files;
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
  files: files.map(({ name, scan: { digest, bytes, lines, records, longest } }) => ({
    name,
    digest,
    bytes,
    lines,
    records: source.format === 'csv' ? Math.max(0, records - 1) : records,
    longest,
    manifestRows: null,
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
  const isFolder = statSync(source.path, { throwIfNoEntry: false })?.isDirectory() === true;
  const message = isFolder
    ? `${name} is a folder. Say which of its files source ${source.id} means, such as \`${name}/*\`, in himsight.yaml.`
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
