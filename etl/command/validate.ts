import { statSync } from 'node:fs';
import { UserError } from '../../warehouse/error.ts';
import { checkNames } from '../naaccr/rule/rules.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { configuredCodeLists, configuredDictionaries } from '../registry/configured.ts';
import { progressOn } from '../print/progress.ts';
import { givenCodeLists } from '../registry/given-code-lists.ts';
import { givenDictionaries } from '../registry/given-dictionaries.ts';
import {
  validateFiles,
  type FileFinding,
  type Validation,
  type ValidationRequest,
} from '../registry/validate-files.ts';
import { jsonWriter } from '../registry/validation-json.ts';
import { findingLine, FindingGroups, validationText } from '../registry/validation-text.ts';
import { findWorkspace, readWorkspace, type Workspace } from '../workspace/workspace.ts';
import type { ExitCode, Invocation } from './invocation.ts';

export interface ValidateOptions {
  readonly dictionary?: readonly string[];
  readonly codeLists?: string;
  readonly without?: readonly string[];
  readonly all?: boolean;
}

/** Findings a table of data may have; JSON has no limit. */
const mostRows = 100_000;

/**
 * `himsight validate`: NAACCR XML held to the standard and to our own checks. Exit code 3 when anything is wrong.
 *
 * Needs no workspace; where there is one, its dictionaries and code lists stand behind those of the command line.
 */
export const validateCommand = async (
  invocation: Invocation,
  files: readonly string[],
  options: ValidateOptions,
): Promise<ExitCode> => {
  const request = await requestOf(invocation, files, options);
  const { progress, done } = progressOn(invocation.output);
  const { files: validated, dictionaries } = await validate(
    invocation,
    { ...request, progress },
    options.all === true,
    done,
  );
  return [...validated, ...dictionaries].some(({ errors }) => errors > 0) ? 3 : 0;
};

const requestOf = async (
  invocation: Invocation,
  files: readonly string[],
  { dictionary = [], codeLists, without = [] }: ValidateOptions,
): Promise<ValidationRequest> => {
  for (const name of without)
    if (!checkNames.includes(name))
      throw new UserError(`\`--without ${name}\`: there is ${checkNames.join(', ')}.`, {
        mend: 'Rules of the standard cannot be switched off.',
      });
  if (files.length === 0 && dictionary.length === 0)
    throw new UserError('There is nothing to validate.', { mend: 'Name a file, or a dictionary by `--dictionary`.' });
  for (const file of [...files, ...dictionary]) refuseMissing(file);
  const workspace = workspaceOrNone(invocation);
  const lists = codeLists ?? (workspace && configuredCodeLists(workspace));
  return {
    files,
    dictionaries: givenDictionaries([...dictionary, ...(workspace ? configuredDictionaries(workspace) : [])]),
    codeLists: lists === null || without.includes('code-list') ? null : await givenCodeLists(lists),
    checks: checkNames.filter((name) => !without.includes(name)),
  };
};

const refuseMissing = (file: string): void => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new UserError(`${file}: there is no such file.`);
  if (found.isDirectory()) throw new UserError(`${file} is a folder.`, { mend: 'Name the files in it.' });
};

/** The workspace, where one is named or found; a command that needs none is not to fail for want of one. */
const workspaceOrNone = ({ workspaceArgument, env, cwd }: Invocation): Workspace | null => {
  let folder: string;
  try {
    folder = findWorkspace(workspaceArgument, env, cwd);
  } catch (error) {
    if (workspaceArgument !== undefined || env.HIMSIGHT_WORKSPACE || !(error instanceof UserError)) throw error;
    return null;
  }
  return readWorkspace(folder);
};

const validate = async (
  { output }: Invocation,
  request: ValidationRequest,
  all: boolean,
  done: () => void,
): Promise<Validation> => {
  if (output.format === 'json') {
    const json = jsonWriter(output.data);
    const validation = await validateFiles(request, json.findings);
    done();
    await json.end(validation);
    return validation;
  }
  if (output.format !== 'table') return validateAsTable({ output }, request, done);
  const groups = new FindingGroups();
  const validation = await validateFiles(request, async (findings) => {
    for (const finding of findings) groups.add(finding);
    if (!all) return;
    done();
    await output.data(findings.map(findingLine).join(''));
  });
  done();
  await output.data(validationText(output, validation, groups));
  return validation;
};

const validateAsTable = async (
  { output }: Pick<Invocation, 'output'>,
  request: ValidationRequest,
  done: () => void,
): Promise<Validation> => {
  const kept: FileFinding[] = [];
  let found = 0;
  const validation = await validateFiles(request, async (findings) => {
    found += findings.length;
    kept.push(...findings.slice(0, mostRows - kept.length));
  });
  done();
  if (found > kept.length)
    output.warn(`The first ${kept.length} of ${found} errors are in it; \`--format json\` gives them all.`);
  const columns = ['file', 'line', 'patient', 'tumor', 'item', 'rule', 'kind', 'says'];
  const table = listTable(columns, kept as unknown as Record<string, unknown>[]);
  await printTable(output, { table, about: { errors: found } });
  return validation;
};
