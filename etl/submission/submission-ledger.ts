import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../workspace/workspace.ts';

/** One package that was made, as the ledger keeps it. */
export interface Submission {
  /** Also the folder of what is kept of it. */
  readonly id: string;
  readonly profile: string;
  readonly release: string;
  /** Diagnosis dates, or those of the profile's period: first in, last out. */
  readonly from: string;
  readonly to: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly patients: number | null;
  /** Rows by year of the period's date, `unknown` where there is none. Null, as the two below, of a package of before they were kept. */
  readonly byYear: Readonly<Record<string, number>> | null;
  /** Of the profile as it then was; see `Profile`. */
  readonly profileVersion: string | null;
  /** Dictionary, such as `NAACCR 260`, with those of users; null also of formats that are not NAACCR's. */
  readonly dictionary: string | null;
  /** Id of the key its rows were digested under; null where under none, as rows without names are. */
  readonly digestKey: string | null;
  readonly difference: {
    readonly before: string | null;
    readonly added: number;
    readonly modified: number;
    readonly gone: number;
  };
}

/** Where packages are remembered: the ledger, and of each the digests of its rows. Kept for good, like the run ledger. */
export const submissionFolder = ({ dataFolder }: Pick<Workspace, 'dataFolder'>): string =>
  join(dataFolder, 'submission');

const ledgerFile = (folder: string): string => join(folder, 'submission.ndjson');

/** A line of the ledger: a package that was made, or that one could not be put in its place after all. */
type Line = Submission | { readonly withdrawn: string };

/** All packages ever made, oldest first. A line that a crash tore off is left out. */
export const readSubmissions = (folder: string): readonly Submission[] => {
  if (!existsSync(ledgerFile(folder))) return [];
  const lines = readFileSync(ledgerFile(folder), 'utf8').split('\n').flatMap(lineOf);
  const withdrawn = new Set(lines.flatMap((line) => ('withdrawn' in line ? [line.withdrawn] : [])));
  return lines.flatMap((line) => ('withdrawn' in line || withdrawn.has(line.id) ? [] : [line]));
};

const notKeptThen = { byYear: null, profileVersion: null, dictionary: null, digestKey: null };

const lineOf = (text: string): readonly Line[] => {
  try {
    const line = JSON.parse(text) as Line;
    return ['withdrawn' in line ? line : { ...notKeptThen, ...line }];
  } catch {
    return [];
  }
};

/** Writes a package down; it stands on the disk before the call returns. */
export const noteSubmission = (folder: string, submission: Submission): void => {
  append(folder, submission);
};

/** Takes a package back that could not be put in its place. */
export const withdrawSubmission = (folder: string, id: string): void => {
  append(folder, { withdrawn: id });
};

const append = (folder: string, line: Line): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const descriptor = openSync(ledgerFile(folder), 'a', 0o600);
  try {
    // A line of its own even where the one before was torn off.
    writeSync(descriptor, `\n${JSON.stringify(line)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** Releases a submission was made from: they are never removed. */
export const submittedReleases = (folder: string): readonly string[] => [
  ...new Set(readSubmissions(folder).map(({ release }) => release)),
];
