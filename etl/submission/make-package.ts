import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { syncToDisk, writeDurably } from '../../warehouse/durable-file.ts';
import { UserError } from '../../warehouse/error.ts';
import type { Reader } from '../../warehouse/open.ts';
import type { Progress } from '../print/progress.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Body, BodyFlaw } from './body.ts';
import { countCases, shownKeyColumns, type SubmissionPeriod } from './case-rows.ts';
import { checkSettings } from '../workspace/check-settings.ts';
import { differenceOf, type Difference } from './difference.ts';
import { putEdits } from './edits.ts';
import { manifestOf, reportLabel, type EditReport, type Manifest, type NaaccrFacts } from './manifest.ts';
import { refuseOtherKey } from './kept-apart/modified-cases.ts';
import { keyOf } from './package-difference.ts';
import { prepared, type Prepared } from './prepared.ts';
import type { Profile } from './profile.ts';
import { receiverNote } from './receiver-note.ts';
import { askChecks } from './row-check.ts';
import { DigestFile } from './row-digest.ts';
import { SubmissionRefused } from './refused.ts';
import { noteSubmission, readSubmissions, submissionFolder, withdrawSubmission } from './submission-ledger.ts';
import { writeFile } from './write-file.ts';

export interface PackageRequest {
  readonly workspace: Workspace;
  readonly reader: Reader;
  readonly profile: Profile;
  readonly period: SubmissionPeriod;
  /** Absolute; and as it was typed, for messages. */
  readonly out: string;
  readonly asTyped: string;
  readonly madeAt: Date;
  readonly progress: Progress;
}

/** A package as it stands on the disk. */
export interface MadePackage {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly report: EditReport;
  readonly difference: Difference;
}

/** What a second look at the file found. */
export interface Reread {
  /** What stands in the way of sending it. */
  readonly flaws: readonly BodyFlaw[];
  /** Codes that are in no list. */
  readonly codes: readonly BodyFlaw[];
  readonly facts: NaaccrFacts | null;
}

/** How the file of a profile is written, and what it is held to afterwards. */
export interface FilePlan {
  readonly body: Body;
  readonly facts: NaaccrFacts | null;
  /** Reads what was written once more. */
  readonly reread: (path: string) => Promise<Reread>;
}

/**
 * Makes a package: the file, what is in it, what a registrar has to look at, what is new since the package before, and a note
 * for whoever receives it. It is written beside its place and put there whole; where anything stands in the way of sending it
 * there is none.
 *
 * @throws SubmissionRefused where rows cannot be sent as they are: exit code 3
 * @throws UserError where the profile or the folder is at fault
 */
export const makePackage = async (request: PackageRequest): Promise<MadePackage> => {
  refuseUsed(request);
  const { out } = request;
  const draft = join(dirname(out), `.${basename(out)}.making-${process.pid}`);
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const discard = (): void => rmSync(draft, { recursive: true, force: true });
  // A half-made package may hold names and texts: it is not left behind.
  const stop = (signal: NodeJS.Signals): void => {
    discard();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const connection = await request.reader.connect();
  try {
    return await fill(request, connection, draft);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    connection.closeSync();
    discard();
  }
};

const fill = async (request: PackageRequest, connection: DuckDBConnection, draft: string): Promise<MadePackage> => {
  const { workspace, reader, profile, period } = request;
  const folder = submissionFolder(workspace);
  const { release } = reader;
  const ready = await prepared({ workspace, connection, release, period, folder }, profile);
  try {
    return await fillPrepared(request, ready, connection, draft);
  } finally {
    ready.close();
  }
};

const fillPrepared = async (
  request: PackageRequest,
  ready: Prepared,
  connection: DuckDBConnection,
  draft: string,
): Promise<MadePackage> => {
  const { workspace, reader, profile, period, out, madeAt, progress } = request;
  const { judged, keyId } = ready;
  const { sent, leftOut } = await countCases(connection, judged);
  if (sent === 0)
    throw new SubmissionRefused(`Nothing is to be sent: no row of release ${reader.release} belongs to it.`, leftOut);
  const shown = profile.format === 'csv' ? profile.key : shownKeyColumns;
  const checks = await askChecks(connection, profile.checks, judged, shown);
  const folder = submissionFolder(workspace);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const id = `${profile.id}-${madeAt.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const before = ready.difference === null ? packageBefore(folder, profile.id, keyId) : null;
  const digests = join(folder, `${id}.digest.gz`);
  const digestFile = new DigestFile(digests);
  try {
    const plan = await ready.plan((row) => digestFile.add(row));
    const name = fileName(profile.file, period);
    progress(`Writing ${name}`, 0, sent);
    const file = await writeFile(join(draft, name), name, plan.body.text);
    digestFile.close();
    const { flaws, codes, facts } = await plan.reread(join(draft, name));
    const all = [...plan.body.flaws(), ...flaws];
    const edits =
      profile.format === 'csv' || all.length > 0
        ? null
        : await putEdits(connection, checkSettings(workspace), judged, draft);
    const report: EditReport = { release: reader.release, says: reportLabel, checks, flaws: all, codes, edits };
    if (all.length > 0 || checks.some(({ level, violated }) => level === 'error' && violated > 0))
      throw new SubmissionRefused('Rows cannot be sent as they are; nothing was written.', {}, report);
    if (plan.body.tally.rows !== sent)
      throw new Error(`${sent} rows were to be sent, ${plan.body.tally.rows} were written`);
    const manifest = manifestOf({
      profile,
      release: reader.release,
      period,
      file,
      naaccr: facts,
      body: plan.body,
      leftOut,
      checks,
    });
    const difference = ready.difference ?? (await since(folder, before, digests));
    const put = (fileName_: string, value: unknown): void =>
      writeDurably(join(draft, fileName_), typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
    put('manifest.json', manifest);
    put('report.json', report);
    put('difference.json', shownDifference(profile, difference));
    put('README.txt', receiverNote(manifest));
    noteSubmission(folder, {
      ...{ id, profile: profile.id, release: reader.release, ...period, madeAt: madeAt.toISOString() },
      ...{ file: file.name, sha256: file.sha256, rows: manifest.rows, patients: manifest.patients },
      ...{ byYear: manifest.by_year, profileVersion: profile.version, dictionary: dictionaryOf(facts) },
      digestKey: keyId,
      difference: {
        before: difference.before,
        added: difference.added.length,
        modified: difference.modified.length,
        gone: difference.gone.length,
      },
    });
    try {
      renameSync(draft, out);
    } catch (error) {
      withdrawSubmission(folder, id);
      throw error;
    }
    syncToDisk(dirname(out));
    return { folder: out, manifest, report, difference };
  } catch (error) {
    rmSync(digests, { force: true });
    throw error;
  }
};

const dictionaryOf = (facts: NaaccrFacts | null): string | null =>
  facts === null ? null : [`NAACCR ${facts.dictionary}`, ...facts.user_dictionaries].join(', ');

/** As `difference.json` has it: keys by the names of their parts, surrogates and numbers, not the site. */
const shownDifference = (profile: Profile, { before, added, modified, gone }: Difference): object => {
  const { columns, shown } = keyOf(profile);
  return { before, columns, added: added.map(shown), modified: modified.map(shown), gone: gone.map(shown) };
};

/**
 * Id of the last package of the profile whose rows are known; null where this is the first. Rows with names and those without
 * are not held against each other.
 */
const packageBefore = (folder: string, profile: string, keyId: string | null): string | null => {
  const known = readSubmissions(folder).filter(
    (one) => one.profile === profile && existsSync(join(folder, `${one.id}.digest.gz`)),
  );
  if (keyId !== null) refuseOtherKey(known, keyId);
  return known.findLast(({ digestKey }) => digestKey === keyId)?.id ?? null;
};

const since = async (folder: string, before: string | null, digests: string): Promise<Difference> =>
  before === null
    ? { before, added: [], modified: [], gone: [] }
    : differenceOf(before, join(folder, `${before}.digest.gz`), digests);

/** The years of a period, the last one that of its last day. */
const fileName = (pattern: string, { from, to }: SubmissionPeriod): string => {
  const lastDay = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString();
  return pattern.replaceAll('{from}', from.slice(0, 4)).replaceAll('{to}', lastDay.slice(0, 4));
};

const refuseUsed = ({ out, asTyped }: PackageRequest): void => {
  if (!existsSync(out)) {
    if (!existsSync(dirname(out)))
      throw new UserError(`\`--out ${asTyped}\`: the folder it is to stand in is not there.`, {
        mend: 'Make it first.',
      });
    return;
  }
  if (statSync(out).isDirectory() && readdirSync(out).length === 0) return;
  throw new UserError(`\`--out ${asTyped}\` is not empty: a package overwrites nothing.`, {
    mend: 'Name a folder that is new or empty.',
  });
};
