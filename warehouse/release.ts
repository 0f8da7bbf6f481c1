import { existsSync, mkdirSync } from 'node:fs';
import type { AssertResult } from './assert.ts';
import type { BuiltModel } from './build.ts';
import type { CheckResult } from './check/audit-checks.ts';
import { renameDurably } from './durable-file.ts';
import { readPrevious, type ReleaseMeta } from './meta.ts';
import type { Compiled } from './model/compiled.ts';
import { openReader, type EngineLimits } from './open.ts';
import { plan, type PlanOptions, type Previous, type Work } from './plan.ts';
import { currentRelease, keepNewest, makeCurrent, releaseFile, removeUnfinished } from './release-folder.ts';
import { startFile } from './start-file.ts';
import { RELEASE_STEPS, writeRelease, type ReleaseStep, type Step } from './write-release.ts';

export interface ReleaseRequest {
  /** The folder of releases. The caller holds its lock: call inside `withBuildLock`. */
  readonly folder: string;
  readonly compiled: Compiled;
  readonly meta: ReleaseMeta;
  readonly limits?: EngineLimits;
  readonly plan?: PlanOptions;
  /** Releases kept, the new one among them; 5 unless told otherwise. */
  readonly keep?: number;
  /** Ids kept whatever their age. */
  readonly keepAlso?: readonly string[];
  readonly now?: () => Date;
  /** Told before each step begins and after it ended, and awaited: what it wrote proves where a kill fell. */
  readonly onStep?: (step: ReleaseStep, name: string, moment: 'begin' | 'end') => void | Promise<void>;
  readonly onModel?: (model: BuiltModel) => void | Promise<void>;
}

export interface Release {
  /** `YYYYMMDDTHHMMSSZ-` and 8 hex digits of its content. */
  readonly release: string;
  readonly asserts: readonly AssertResult[];
  readonly checks: readonly CheckResult[];
  readonly models: readonly BuiltModel[];
  readonly work: readonly Work[];
  /** Ids of old releases removed. */
  readonly removed: readonly string[];
}

/** The current release as `plan` wants it; null when nothing was published, or nothing of it can be kept. */
export const readCurrent = async (folder: string): Promise<Previous | null> => {
  const id = currentRelease(folder);
  if (id === null) return null;
  const reader = await openReader(releaseFile(folder, id), { threads: 1, memory: '512MB' });
  try {
    const connection = await reader.connect();
    const previous = await readPrevious(connection);
    connection.closeSync();
    return previous;
  } finally {
    await reader.close();
  }
};

/** True where the current release was made of exactly this content: there is nothing to build. */
export const isCurrent = (compiled: Compiled, folder: string): boolean =>
  currentRelease(folder)?.endsWith(`-${compiled.content.slice(0, 8)}`) ?? false;

/** An id no release has yet: a second later where two of the same content fall into one. */
const newId = (folder: string, content: string, now: Date): string => {
  for (let at = now.getTime(); ; at += 1000) {
    const id = `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${content.slice(0, 8)}`;
    if (!existsSync(releaseFile(folder, id))) return id;
  }
};

/**
 * Builds the next release beside the current one, audits it and publishes it whole or not at all.
 *
 * Until the last rename of CURRENT the old release is the current one, whatever happens: a kill at any moment leaves
 * at most a `*.building` file, which the next holder of the lock removes.
 *
 * @throws FatalAssertError (exit code 4) when a fatal assert is broken or a fatal check fails; nothing is published
 * @throws UserError when a model fails on the data
 */
export const buildRelease = async (request: ReleaseRequest): Promise<Release> => {
  const { folder, compiled, meta, limits = {}, keep = 5, keepAlso = [], onModel, onStep = () => {} } = request;
  const step: Step = async (number, work) => {
    await onStep(number, RELEASE_STEPS[number], 'begin');
    const result = await work();
    await onStep(number, RELEASE_STEPS[number], 'end');
    return result;
  };
  const builtAt = (request.now ?? (() => new Date()))();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = newId(folder, compiled.content, builtAt);
  const file = releaseFile(folder, release).replace(/\.duckdb$/, '.building');
  try {
    const previous = await step(3, () => readCurrent(folder));
    const work = plan(compiled, previous, request.plan);
    await step(4, async () => {
      if (previous !== null) await startFile(releaseFile(folder, previous.release), file, work, previous, limits);
    });
    const base =
      previous === null || request.plan?.full ? null : { file: releaseFile(folder, previous.release), previous };
    const written = await writeRelease({ release, file, compiled, work, base, meta, builtAt, limits, onModel }, step);
    await step(8, () => {
      renameDurably(file, releaseFile(folder, release));
      makeCurrent(folder, release);
    });
    const removed = await step(9, () => keepNewest(folder, keep, keepAlso));
    return { release, ...written, work, removed };
  } catch (error) {
    removeUnfinished(folder);
    throw error;
  }
};
