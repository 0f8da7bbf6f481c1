import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncToDisk } from '../../warehouse/durable-file.ts';

/** What a person decided about refused rows. One line of data/quarantine/decision.ndjson. */
export interface Decision {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly action: DecisionAction;
  readonly reason: string;
  readonly selection: Selection;
}

/**
 * accept: the rules named no longer refuse these rows. discard: they are not wanted, and hold no batch. reopen: as if
 * nothing had been decided.
 */
export type DecisionAction = 'accept' | 'discard' | 'reopen';

/**
 * The rows a decision is about: those of files that had come when it was made, since nobody has seen tomorrow's. A part
 * left out stands for any.
 */
export interface Selection {
  readonly source: string;
  /** sha256 of each file, hex: the same rows under another name are the same rows. */
  readonly files: readonly string[];
  readonly contract?: string;
  /** Number of the record in its file, from 1, and the line on which it begins. */
  readonly record?: number;
  readonly line?: number;
  /** Rows that break one of these; of `accept`, what is overridden. */
  readonly rules?: readonly string[];
}

const fileOf = (dataFolder: string): string => join(dataFolder, 'quarantine', 'decision.ndjson');

/** All decisions, oldest first. A last line that a crash tore off was never confirmed to anybody and is left out. */
export const readDecisions = (dataFolder: string): readonly Decision[] => {
  const file = fileOf(dataFolder);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Decision);
};

/**
 * Writes decisions down, append-only and readable by their owner alone: on the disk before the call returns. To be
 * called by the holder of the build lock.
 */
export const writeDecision = (
  dataFolder: string,
  decision: Omit<Decision, 'id' | 'at'>,
  now: Date = new Date(),
): Decision => {
  const written: Decision = { id: randomBytes(4).toString('hex'), at: now.toISOString(), ...decision };
  mkdirSync(join(dataFolder, 'quarantine'), { recursive: true, mode: 0o700 });
  const name = fileOf(dataFolder);
  const whole = existsSync(name) ? readFileSync(name).lastIndexOf(10) + 1 : 0;
  const file = openSync(name, 'a', 0o600);
  try {
    if (fstatSync(file).size > whole) ftruncateSync(file, whole);
    writeSync(file, `${JSON.stringify(written)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncToDisk(join(dataFolder, 'quarantine'));
  return written;
};

/** The decisions about some files of a source, in order. */
export const decisionsOn = (
  decisions: readonly Decision[],
  source: string,
  digests: readonly string[],
): readonly Decision[] =>
  decisions.filter(
    ({ selection }) => selection.source === source && selection.files.some((digest) => digests.includes(digest)),
  );

/**
 * Ids of the decisions that bear on what lands of some files: from the first `accept` on, since a discard alone changes
 * no row that lands. Empty for nearly every batch.
 */
export const bearingOn = (
  decisions: readonly Decision[],
  source: string,
  digests: readonly string[],
): readonly string[] => {
  const own = decisionsOn(decisions, source, digests);
  const first = own.findIndex(({ action }) => action === 'accept');
  return first < 0 ? [] : own.slice(first).map(({ id }) => id);
};
