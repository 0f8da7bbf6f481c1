import { createHash } from 'node:crypto';
import {
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { version as duckdb } from '@duckdb/node-api';
import type { Project } from '../project.ts';
import type { Findings, RawShape } from './findings.ts';

/** Findings at hand of projects that were compiled before. */
export interface KeptFindings {
  /** What was found of the very same texts and columns, by the very same program; null where that is not at hand. */
  of(project: Project, raw: readonly RawShape[]): Findings | null;
  keep(project: Project, raw: readonly RawShape[], findings: Findings): void;
}

/** A project of fewer models is found out about as quickly as read. */
const leastModels = 50;
/** Each takes a megabyte or two; those not used for longest go. */
const mostFiles = 16;

const warehouse = fileURLToPath(new URL('..', import.meta.url));
/** Beside the program's other packages, as build tools do: it is of the program, not of a workspace. */
const ofProgram = join(warehouse, '../node_modules/.cache/himsight');
const hash = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Hash of the program that finds out, of its engine and of what writes the files. */
const programHash = (): string =>
  hash(
    [
      ...[process.versions.v8, duckdb()],
      ...globSync('**/*.ts', { cwd: warehouse })
        .toSorted()
        .map((path) => path + readFileSync(join(warehouse, path), 'utf8')),
    ].join('\0'),
  );

/**
 * Findings as files of a folder, each named by the hash of all it hangs on: texts, columns of raw tables, the program and
 * its engine. What a file says is checked against a hash of its own; one that is damaged, or a folder that cannot be
 * written, is as if there were none.
 */
export const keptFindings = (folder = ofProgram): KeptFindings => {
  let program: string | null = null;
  const fileOf = ({ references, ...texts }: Project, raw: readonly RawShape[]): string => {
    const shapes = raw.map(({ name, columns }) => ({ name, columns }));
    const files = references.map(({ name, fingerprint }) => [name, fingerprint]);
    program ??= programHash();
    return join(folder, `${hash(JSON.stringify([program, texts, files, shapes]))}.bin`);
  };
  return {
    of: (project, raw) => {
      if (project.models.length < leastModels) return null;
      try {
        const path = fileOf(project, raw);
        const found = readWhole(path);
        utimesSync(path, new Date(), new Date());
        return found;
      } catch {
        return null;
      }
    },
    keep: (project, raw, findings) => {
      if (project.models.length < leastModels) return;
      try {
        mkdirSync(folder, { recursive: true });
        writeWhole(fileOf(project, raw), findings);
        sweep(folder);
      } catch {
        // The next run finds out again.
      }
    },
  };
};

const hashLength = 64;

const readWhole = (path: string): Findings => {
  const bytes = readFileSync(path);
  const body = bytes.subarray(hashLength);
  if (bytes.subarray(0, hashLength).toString('latin1') !== hash(body)) throw new Error('damaged');
  return deserialize(body) as Findings;
};

const writeWhole = (path: string, findings: Findings): void => {
  const body = serialize(findings);
  const own = `${path}.${process.pid}.tmp`;
  writeFileSync(own, Buffer.concat([Buffer.from(hash(body), 'latin1'), body]), { mode: 0o600 });
  renameSync(own, path);
};

const sweep = (folder: string): void => {
  const files = readdirSync(folder).map((name) => ({
    path: join(folder, name),
    at: statSync(join(folder, name)).mtimeMs,
  }));
  for (const { path } of files.toSorted((a, b) => b.at - a.at).slice(mostFiles)) rmSync(path, { force: true });
};
