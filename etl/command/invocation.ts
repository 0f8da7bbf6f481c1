import { UserError } from '../../warehouse/error.ts';
import { catalogueOf, type Catalogue } from '../../warehouse/metric/catalogue.ts';
import { openReader, type Reader } from '../../warehouse/open.ts';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import type { Output } from '../print/output.ts';
import { limitsOf, metricFolders, releaseFolder } from '../workspace/folders.ts';
import { findWorkspace, readWorkspace, type Workspace } from '../workspace/workspace.ts';

/** What every command is given beside its own options. */
export interface Invocation {
  readonly output: Output;
  /** `--workspace`, as typed. */
  readonly workspaceArgument: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Exit code of a command (product.md): 0 done, 1 our fault, 2 usage, 3 held, 4 kept back, 5 locked. */
export type ExitCode = number;

/** What a command does with its own arguments and options. */
export type CommandBody = (invocation: Invocation, ...rest: never[]) => Promise<ExitCode>;

/** The workspace the invocation means, read and checked. */
export const workspaceOf = ({ workspaceArgument, env, cwd }: Invocation): Workspace =>
  readWorkspace(findWorkspace(workspaceArgument, env, cwd));

/**
 * Runs something on the current release, and closes it afterwards.
 *
 * @throws UserError when nothing is published yet
 */
export const onCurrentRelease = async <T>(
  workspace: Workspace,
  use: (reader: Reader, catalogue: Catalogue) => Promise<T>,
): Promise<T> => {
  const release = currentRelease(releaseFolder(workspace));
  if (release === null)
    throw new UserError('No release is published yet in this workspace.', { mend: 'Run `himsight run` first.' });
  const reader = await openReader(releaseFile(releaseFolder(workspace), release), limitsOf(workspace));
  try {
    return await use(reader, await catalogueOf(reader, metricFolders(workspace)));
  } finally {
    await reader.close();
  }
};
