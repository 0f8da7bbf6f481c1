import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '../../dashboard/server/guard.ts';
import { listen, type Listening } from '../../dashboard/server/http.ts';
import { routes } from '../../dashboard/server/routes.ts';
import { ServedRelease } from '../../dashboard/server/served-release.ts';
import type { Prepared, ServerParts } from '../../dashboard/server/server-parts.ts';
import { slots } from '../../dashboard/server/slots.ts';
import { readStaticFiles, type StaticFiles } from '../../dashboard/server/static-files.ts';
import { openStore, type Store } from '../../dashboard/store/store.ts';
import { UserError } from '../../warehouse/error.ts';
import { listReleases } from '../../warehouse/release-folder.ts';
import { alertReport } from '../alert/alert-report.ts';
import { readContracts } from '../contract/contract.ts';
import { faultStack } from '../fault.ts';
import { notFedBy } from '../not-fed.ts';
import type { Output } from '../print/output.ts';
import { lastDeliveries, readDeliveryLines } from '../report/delivery-ledger.ts';
import { noMail } from '../report/report-mail.ts';
import { startFollowing } from '../schedule/follower.ts';
import { findLabels, labelFileOf, labelKinds } from '../label/label-file.ts';
import { writeLabelLook } from '../label/label-log.ts';
import { ledgerFolder, releaseFolder, storeFolder } from '../workspace/folders.ts';
import { settingsNow } from '../workspace/settings-now.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { buildPages, distFolder } from './build-pages.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { ledgerParts } from './ledger-parts.ts';
import { tellWith } from './notify.ts';
import { numberOption } from './number-option.ts';
import { releaseSource } from './release-source.ts';
import { submissionParts } from './submission-parts.ts';
import { workbenchPart } from './workbench-part.ts';

export interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  /** False where another process follows the schedules, or none is to. */
  readonly schedule?: boolean;
}

/** How often CURRENT is looked at. */
const lookEveryMs = 500;

/** How long an older release stays open after it was looked at: opening one and its catalogue takes a second or more. */
const lingerMs = 60_000;

/** Queries at a time: each holds a thread of libuv's pool of 16, and files must stay readable meanwhile. */
const mostQueries = 8;

/** `himsight serve`: the dashboard on the current release, and the schedules, until told to stop. */
export const serveCommand = async (invocation: Invocation, options: ServeOptions): Promise<ExitCode> => {
  const { output } = invocation;
  const workspace = workspaceOf(invocation);
  await buildPages(output);
  const server = await startServer(workspace, options, output);
  output.say(`Himsight answers on ${server.url}. Ctrl-C ends it.`);
  if (server.release() === null)
    output.say('No release is published yet: the pages fill as soon as `himsight run` has made one.');
  const follower = options.schedule === false ? null : startFollowing(workspace, tellWith(invocation), output);
  await toldToStop();
  await follower?.stop();
  await server.close();
  return 0;
};

/** A server that follows the releases of a workspace. */
export interface Server extends Listening {
  /** Id of the release it answers from; null before the first. */
  readonly release: () => string | null;
  /** Looks for a new release now rather than within half a second. */
  readonly look: () => Promise<void>;
}

/** Starts a server; closing it waits for the answers under way. */
export const startServer = async (workspace: Workspace, options: ServeOptions, output: Output): Promise<Server> => {
  const host = options.host ?? workspace.config.server?.host ?? '127.0.0.1';
  const port = numberOption('port', options.port, workspace.config.server?.port ?? 4180, {
    least: 0,
    most: 65_535,
    whole: true,
  });
  const onTrouble = (error: unknown): void => output.warn(`${new Date().toISOString()} ${faultStack(error)}`);
  if (!isLoopback(host))
    output.warn(
      `Everyone who reaches ${host}:${port} sees these figures: there is no login. Put a proxy with one before it.`,
    );
  const store = openStore(storeFolder(workspace));
  const served = new ServedRelease<Prepared>(releaseSource(workspace, store), onTrouble, lingerMs);
  await served.follow(lookEveryMs);
  const listening = await listen(
    routes(serverParts(workspace, { served, store }, isLoopback(host), onTrouble)),
    host,
    port,
  );
  return {
    url: listening.url,
    release: () => served.release,
    look: () => served.look(),
    close: async () => {
      await listening.close();
      await served.close();
    },
  };
};

const serverParts = (
  workspace: Workspace,
  { served, store }: { readonly served: ServedRelease<Prepared>; readonly store: Store },
  loopbackOnly: boolean,
  onTrouble: (error: unknown) => void,
): ServerParts => {
  return {
    served,
    withSlot: slots(mostQueries),
    files: builtPages(),
    ledger: ledgerParts(workspace),
    submission: submissionParts(workspace),
    releases: async () =>
      listReleases(releaseFolder(workspace)).map(({ id, builtAt, current }) => ({ id, builtAt, current })),
    sources: workspace.sources,
    registryKind: workspace.config.registry?.kind ?? null,
    demoStories: workspace.config.demo?.stories ?? [],
    checkSettings: settingsNow(workspace, onTrouble),
    notFedBy: notFedBy(workspace, readContracts()),
    // Until there is a login, whoever can ask is whoever sits at this machine.
    labels: loopbackOnly ? labelsOf(workspace) : null,
    workbench: workbenchPart(workspace, loopbackOnly),
    store,
    standingsOf: alertReport(workspace, store, onTrouble),
    reports: {
      lastDeliveries: () => lastDeliveries(readDeliveryLines(ledgerFolder(workspace)), new Date()),
      noMail: () => noMail(workspace),
    },
    loopbackOnly,
    onTrouble,
  };
};

/** Looks labels up in the workspace's file, each look written down before it is answered; null where there is none. */
const labelsOf = (workspace: Workspace): ServerParts['labels'] => {
  const file = labelFileOf(workspace);
  if (file === null) return null;
  return async ({ kind: asked, ids, worklist, release }) => {
    const kind = labelKinds.find((one) => one === asked);
    if (kind === undefined) throw new UserError(`Labels are kept of ${labelKinds.join(', ')}.`);
    const labels = await findLabels(file, kind, ids);
    writeLabelLook(workspace, { kind, asked: ids.length, found: labels.size, worklist, release });
    return labels;
  };
};

/** The pages as built last: read again when vite has built them anew. */
const builtPages = (): (() => StaticFiles) => {
  let files: StaticFiles | null = null;
  let builtAt = 0;
  return () => {
    const now = statSync(join(distFolder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (files === null || now !== builtAt) [files, builtAt] = [readStaticFiles(distFolder), now];
    return files;
  };
};

/** Resolves at the first Ctrl-C or `kill`. Later ones are let pass: the launcher may forward one the terminal sent too. */
export const toldToStop = (): Promise<void> =>
  new Promise((resolve) => {
    process
      .on('SIGINT', () => resolve())
      .on('SIGTERM', () => resolve())
      .on('SIGHUP', () => resolve());
  });
