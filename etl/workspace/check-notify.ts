import { UserError } from '../../warehouse/error.ts';
import { placeOf, type YamlText } from './checked-yaml.ts';
import type { NotifyConfig, SmtpConfig, WebhookConfig } from './config.ts';

type Fault = readonly [key: readonly string[], says: string];

/**
 * Makes sure that notifications can reach somebody, and that no secret stands in himsight.yaml or travels unprotected.
 *
 * @throws UserError naming line and key of everything that is wrong; no address of a webhook is in the message
 */
export const checkNotify = (notify: NotifyConfig | undefined, file: YamlText): void => {
  // An empty one is what `himsight init` writes: nobody is to be told.
  if (notify === undefined || Object.keys(notify).length === 0) return;
  const { webhook, smtp } = notify;
  const faults: readonly Fault[] = [
    ...(webhook === undefined && smtp === undefined
      ? [[[], 'nobody would hear of anything; add `webhook` or `smtp`'] as const]
      : []),
    ...(webhook === undefined ? [] : webhookFaults(webhook)),
    ...(smtp === undefined ? [] : smtpFaults(smtp)),
  ];
  const sentences = faults.map(([key, says]) => `${placeOf(file, ['notify', ...key])}: ${says}`);
  if (sentences.length > 0) throw new UserError(sentences.join('\n'));
};

const webhookFaults = ({ url, url_env: fromEnv }: WebhookConfig): readonly Fault[] => {
  if ((url === undefined) === (fromEnv === undefined))
    return [[['webhook'], 'give its address once: as `url`, or as `url_env` where the address itself is a secret']];
  if (url === undefined) return [];
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol))
    return [[['webhook', 'url'], 'must be an address that begins with http:// or https://']];
  if (address.username !== '' || address.password !== '')
    return [[['webhook', 'url'], 'holds a password; name an environment variable with `url_env` or `headers_env`']];
  return [];
};

const smtpFaults = (smtp: SmtpConfig): readonly Fault[] => {
  const { user, password_env: fromEnv, password_file: fromFile, security, host } = smtp;
  const passwords = [fromEnv, fromFile].filter((each) => each !== undefined).length;
  if (user !== undefined && passwords !== 1)
    return [[['smtp', 'user'], 'needs its password from one place: `password_env` or `password_file`']];
  if (user === undefined && passwords > 0) return [[['smtp'], '`user` is missing; a password alone logs nobody in']];
  if (user !== undefined && security === 'none' && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host))
    return [[['smtp', 'security'], 'would send the password unprotected; use `starttls` or `tls`']];
  return [];
};
