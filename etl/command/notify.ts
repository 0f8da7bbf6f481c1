import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../../warehouse/error.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { evaluateAlerts } from '../alert/evaluate.ts';
import { channelsOf, type Channel } from '../notify/channel.ts';
import { deliver } from '../notify/deliver.ts';
import { testMessage } from '../notify/message.ts';
import { teller, type Tell } from '../notify/tell.ts';
import { readTold } from '../notify/told.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { ledgerFolder, releaseFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';

/**
 * The way troubles of a workspace are told of on this machine. Alerts are judged first, so that whatever published a
 * release, its alerts are written down and told with the rest.
 */
export const tellWith = ({ env, output }: Pick<Invocation, 'env' | 'output'>): Tell => {
  const now = (): Date => new Date();
  const tell = teller({ env, now, sleep: wait, warn: output.warn });
  return async (workspace, failure) => {
    await evaluateAlerts(workspace, { now, warn: output.warn });
    await tell(workspace, failure);
  };
};

/** `himsight notify`: what was told, to whom it went and what could not be delivered; newest first. */
export const notifyCommand = async (invocation: Invocation): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const told = readTold(ledgerFolder(workspace)).toReversed();
  const names = ['at', 'state', 'trouble', 'channel', 'outcome', 'tries', 'why'];
  await printTable(invocation.output, {
    table: listTable(names, told as unknown as Record<string, unknown>[]),
    about: { release: currentRelease(releaseFolder(workspace)) },
  });
  return 0;
};

/** `himsight notify test`: sends a test message on every channel. Exit code 2 when one does not come through. */
export const notifyTestCommand = async (invocation: Invocation): Promise<ExitCode> => {
  const { env, output } = invocation;
  const workspace = workspaceOf(invocation);
  const results = await Promise.all(someChannels(workspace, env).map((channel) => tested(workspace, channel)));
  const names = ['channel', 'leadsTo', 'outcome', 'tries', 'why'];
  await printTable(output, { table: listTable(names, results), about: { release: null } });
  return results.every(({ outcome }) => outcome === 'delivered') ? 0 : 2;
};

const tested = async (workspace: Workspace, channel: Channel) => {
  const result = await deliver(channel, testMessage(workspace, new Date()), wait);
  return { channel: channel.name, leadsTo: channel.leadsTo, ...result };
};

const someChannels = (workspace: Workspace, env: Invocation['env']): readonly Channel[] => {
  const channels = channelsOf(workspace, env);
  if (channels.length > 0) return channels;
  throw new UserError('himsight.yaml names nobody to tell.', { mend: 'Add `webhook` or `smtp` under `notify`.' });
};
