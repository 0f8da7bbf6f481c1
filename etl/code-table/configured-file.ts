import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import type { CodeTableEntry, CodeTablesConfig } from '../workspace/config.ts';
import { configName, type Workspace } from '../workspace/workspace.ts';
import type { PublishedFile } from './convert.ts';
import { codeTableKinds, type CodeTableKind } from './kind.ts';

/** A file under `code_tables`, read. */
export interface ConfiguredFile extends PublishedFile, Omit<CodeTableEntry, 'file'> {
  /** Where it stands in himsight.yaml: `code_tables.icd10cm[0]`, `registry.expected_cases`. */
  readonly key: string;
}

/** Where himsight.yaml names the files of a kind. */
export const tableKey = (kind: CodeTableKind): string =>
  `${kind === 'expected_cases' ? 'registry' : 'code_tables'}.${kind}`;

const givenFor = ({ config }: Pick<Workspace, 'config'>, kind: CodeTableKind): CodeTablesConfig | undefined =>
  kind === 'expected_cases' ? config.registry?.expected_cases : config.code_tables?.[kind];

/** Kinds that himsight.yaml names. */
export const configuredKinds = (workspace: Pick<Workspace, 'config'>): readonly CodeTableKind[] =>
  codeTableKinds.filter((kind) => givenFor(workspace, kind) !== undefined);

/** The files named for one kind, in the order named. @throws UserError for one that cannot be read */
export const configuredFiles = (workspace: Workspace, kind: CodeTableKind): readonly ConfiguredFile[] => {
  const given = givenFor(workspace, kind) ?? [];
  const entries = Array.isArray(given) ? (given as readonly (string | CodeTableEntry)[]) : [given as CodeTableEntry];
  return entries.map((entry, i) => {
    const { file, ...rest } = typeof entry === 'string' ? { file: entry } : entry;
    const key = `${tableKey(kind)}${entries.length > 1 ? `[${i}]` : ''}`;
    return { ...rest, kind, key, ...readPublished(workspace.folder, file, key) };
  });
};

const readPublished = (folder: string, file: string, key: string): Pick<PublishedFile, 'name' | 'bytes'> => {
  const path = resolve(folder, file);
  const beside = relative(folder, path);
  const name = isAbsolute(beside) || beside.startsWith('..') ? path : beside.split(sep).join('/');
  try {
    return { name, bytes: readFileSync(path) };
  } catch (cause) {
    throw new UserError(`${configName} \`${key}\`: ${name} cannot be read.`, {
      cause,
      mend: 'Name the file as it was downloaded, relative to himsight.yaml, or take the entry out.',
    });
  }
};
