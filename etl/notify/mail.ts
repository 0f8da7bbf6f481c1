import { resolve } from 'node:path';
import type { Logger } from 'nodemailer/lib/shared';
import type { SmtpConfig } from '../workspace/config.ts';
import type { Channel, Environment } from './channel.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Message } from './message.ts';
import { fromEnvironment, fromFile } from './secret.ts';

const usualPort = { none: 25, starttls: 587, tls: 465 } as const;

/** What nodemailer calls a fault that the same mail meets again: a login, an address, a certificate. */
const lastingCodes = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'EENVELOPE', 'EMESSAGE', 'ETLS', 'EREQUIRETLS']);

/** What one mail is made of. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content: Buffer;
    readonly contentType: string;
  }[];
}

/** Sends messages as plain text by SMTP. @param folder of the workspace, which `password_file` is relative to */
export const smtpChannel = (config: SmtpConfig, folder: string, env: Environment): Channel => ({
  name: 'smtp',
  leadsTo: `${config.to.length} ${config.to.length === 1 ? 'address' : 'addresses'} by ${config.host}`,
  send: ({ subject, text }: Message) => sendMail(config, folder, env, { to: config.to, subject, text }),
});

/** A server that looks for viruses in what is attached takes its time before it says that it has it. */
const leastSecondsAttached = 120;

/**
 * Sends one mail by SMTP, once.
 *
 * Certificates are checked against those Node knows; NODE_EXTRA_CA_CERTS names a file with the hospital's own.
 *
 * @returns what is worth knowing though it was taken, or null
 * @throws DeliveryError where it was not, or where nobody can say
 */
export const sendMail = async (
  config: SmtpConfig,
  folder: string,
  env: Environment,
  { to, subject, text, attachments = [] }: Mail,
): Promise<string | null> => {
  const { host, security = 'starttls', port = usualPort[security], timeout_seconds: seconds = 10, from } = config;
  const auth = config.user === undefined ? {} : { auth: { user: config.user, pass: passwordOf(config, folder, env) } };
  const ms = seconds * 1000;
  const { createTransport } = await import('nodemailer');
  let isWhole = false;
  const transport = createTransport({
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...{ dnsTimeout: ms, connectionTimeout: ms, greetingTimeout: ms },
    socketTimeout: attachments.length === 0 ? ms : Math.max(ms, leastSecondsAttached * 1000),
    logger: listenForWhole(() => (isWhole = true)),
    ...auth,
  });
  try {
    const { rejected } = await transport.sendMail({ from, to: [...to], subject, text, attachments: [...attachments] });
    return rejected.length === 0 ? null : `${rejected.length} of ${to.length} addresses were refused`;
  } catch (error) {
    throw asDeliveryError(error, isWhole);
  } finally {
    transport.close();
  }
};

const passwordOf = (
  { password_env: variable, password_file: file }: SmtpConfig,
  folder: string,
  env: Environment,
): string =>
  variable === undefined
    ? fromFile(resolve(folder, file ?? ''), 'notify.smtp.password_file')
    : fromEnvironment(variable, env);

/** By code and status alone: the sentences of mail servers quote addresses and logins. */
const asDeliveryError = (error: unknown, isWhole: boolean): DeliveryError => {
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
  const status = responseCode === undefined ? '' : `, status ${responseCode}`;
  const isTransient = responseCode === undefined ? !lastingCodes.has(code) : responseCode < 500;
  // The connection broke between the last byte and the server's word that it has it.
  const mayHaveGone = isWhole && responseCode === undefined;
  return new DeliveryError(`the mail server did not take it (${code}${status})`, isTransient, undefined, mayHaveGone);
};

/** Hears from nodemailer when a mail was written to its last byte; what else it says goes nowhere, for it quotes addresses. */
const listenForWhole = (onWhole: () => void): Logger => {
  const silent = (): void => {};
  return {
    ...{ level: silent, trace: silent, debug: silent, warn: silent, error: silent, fatal: silent },
    info: (entry) => {
      if (typeof entry === 'object' && entry.tnx === 'message') onWhole();
    },
  };
};
