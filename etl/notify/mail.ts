import { resolve } from 'node:path';
import type { SmtpConfig } from '../workspace/config.ts';
import type { Channel, Environment } from './channel.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Message } from './message.ts';
import { fromEnvironment, fromFile } from './secret.ts';

const usualPort = { none: 25, starttls: 587, tls: 465 } as const;

/** What nodemailer calls a fault that the same mail meets again: a login, an address, a certificate. */
const lastingCodes = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'EENVELOPE', 'EMESSAGE', 'ETLS', 'EREQUIRETLS']);

/**
 * Sends messages as plain text by SMTP.
 *
 * Certificates are checked against those Node knows; NODE_EXTRA_CA_CERTS names a file with the hospital's own.
 *
 * @param folder of the workspace, which `password_file` is relative to
 */
export const smtpChannel = (config: SmtpConfig, folder: string, env: Environment): Channel => ({
  name: 'smtp',
  leadsTo: `${config.to.length} ${config.to.length === 1 ? 'address' : 'addresses'} by ${config.host}`,
  send: async ({ subject, text }: Message) => {
    const { host, security = 'starttls', port = usualPort[security], timeout_seconds: seconds = 10, from, to } = config;
    const auth =
      config.user === undefined ? {} : { auth: { user: config.user, pass: passwordOf(config, folder, env) } };
    const ms = seconds * 1000;
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      ...{
        host,
        port,
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
      },
      ...{ dnsTimeout: ms, connectionTimeout: ms, greetingTimeout: ms, socketTimeout: ms },
      ...auth,
    });
    try {
      const { rejected } = await transport.sendMail({ from, to: [...to], subject, text });
      return rejected.length === 0 ? null : `${rejected.length} of ${to.length} addresses were refused`;
    } catch (error) {
      throw asDeliveryError(error);
    } finally {
      transport.close();
    }
  },
});

const passwordOf = (
  { password_env: variable, password_file: file }: SmtpConfig,
  folder: string,
  env: Environment,
): string =>
  variable === undefined
    ? fromFile(resolve(folder, file ?? ''), 'notify.smtp.password_file')
    : fromEnvironment(variable, env);

/** By code and status alone: the sentences of mail servers quote addresses and logins. */
const asDeliveryError = (error: unknown): DeliveryError => {
  const { code = 'unknown', responseCode } = error as { code?: string; responseCode?: number };
  const status = responseCode === undefined ? '' : `, status ${responseCode}`;
  const isTransient = responseCode === undefined ? !lastingCodes.has(code) : responseCode < 500;
  return new DeliveryError(`the mail server did not take it (${code}${status})`, isTransient);
};
