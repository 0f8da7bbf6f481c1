import type { Workspace } from '../workspace/workspace.ts';
import { smtpChannel } from './mail.ts';
import type { Message } from './message.ts';
import type { ChannelName } from './told.ts';
import { webhookChannel } from './webhook.ts';

/** A way to tell somebody. */
export interface Channel {
  readonly name: ChannelName;
  /** Where it leads, without address or secret: for a terminal. */
  readonly leadsTo: string;
  /**
   * Sends one message, once.
   *
   * @returns what is worth knowing though it was delivered, or null
   * @throws DeliveryError when it could not; never with a secret, an address or an answer in its sentence
   */
  readonly send: (message: Message) => Promise<string | null>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The channels that himsight.yaml names. A secret that is missing shows when one sends. */
export const channelsOf = (workspace: Workspace, env: Environment): readonly Channel[] => {
  const { webhook, smtp } = workspace.config.notify ?? {};
  return [
    ...(webhook === undefined ? [] : [webhookChannel(webhook, env)]),
    ...(smtp === undefined ? [] : [smtpChannel(smtp, workspace.folder, env)]),
  ];
};
