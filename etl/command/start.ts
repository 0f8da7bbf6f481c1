import { resolve } from 'node:path';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { childRun } from '../schedule/child-himsight.ts';
import { startFollowing } from '../schedule/follower.ts';
import { releaseFolder } from '../workspace/folders.ts';
import {
  demoFolder,
  existingWorkspace,
  namedInEnvironment,
  nearestWorkspace,
  readWorkspace,
  type Workspace,
} from '../workspace/workspace.ts';
import { buildPages } from './build-pages.ts';
import { demoCommand } from './demo.ts';
import type { ExitCode, Invocation } from './invocation.ts';
import { tellWith } from './notify.ts';
import { startServer, toldToStop, type ServeOptions } from './serve.ts';

export interface StartOptions extends ServeOptions {
  /** Size of the demo, where one has to be made. */
  readonly encounters?: string;
}

/**
 * `himsight start`: a demo where there is no workspace, a run where nothing is published, the pages, the server, and the
 * schedules from then on.
 *
 * The run is a child process that gives way to everything else, so that the server stays quick while it lasts.
 */
export const startCommand = async (invocation: Invocation, options: StartOptions): Promise<ExitCode> => {
  const { output } = invocation;
  const started = performance.now();
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);
  const workspace = await someWorkspace(invocation, options);
  const server = await startServer(workspace, options, output);
  try {
    // The pages are built while the run goes on: one core each.
    const [exitCode] = await Promise.all([publishedOnce(workspace, output), buildPages(output)]);
    await server.look();
    if (server.release() === null) return exitCode === 0 ? 1 : exitCode;
    output.say(`Himsight answers on ${server.url} after ${seconds()} s. Ctrl-C ends it.`);
    const follower = options.schedule === false ? null : startFollowing(workspace, tellWith(invocation), output);
    await toldToStop();
    await follower?.stop();
    return 0;
  } finally {
    await server.close();
  }
};

/** The workspace that is named or found; else a demo, written where it is named or into ./.himsight. */
const someWorkspace = async (invocation: Invocation, options: StartOptions): Promise<Workspace> => {
  const { workspaceArgument, env, cwd } = invocation;
  const named = workspaceArgument ?? namedInEnvironment(env);
  const found = named === undefined ? nearestWorkspace(cwd) : existingWorkspace(resolve(cwd, named));
  if (found !== null) return readWorkspace(found);
  const folder = resolve(cwd, named ?? demoFolder);
  invocation.output.say('There is no workspace yet: writing a demo hospital.');
  await demoCommand(invocation, folder, options.encounters === undefined ? {} : { encounters: options.encounters });
  return readWorkspace(folder);
};

/** Runs the ETL when nothing is published, and answers its exit code. */
const publishedOnce = (workspace: Workspace, output: Invocation['output']): Promise<ExitCode> => {
  if (currentRelease(releaseFolder(workspace)) !== null) return Promise.resolve(0);
  output.say('Nothing is published yet: running the ETL.');
  return childRun(workspace);
};
