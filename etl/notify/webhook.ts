import type { WebhookConfig } from '../workspace/config.ts';
import type { Channel, Environment } from './channel.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Message } from './message.ts';
import { fromEnvironment } from './secret.ts';

/** Answers that may be another one in a few seconds. */
const passingStatus = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;

/** POSTs messages as JSON. A receiver that does not answer in time is cut off; its answer is not read. */
export const webhookChannel = (config: WebhookConfig, env: Environment): Channel => ({
  name: 'webhook',
  leadsTo:
    config.url_env === undefined ? (URL.parse(config.url ?? '')?.host ?? '') : `the address in ${config.url_env}`,
  send: async ({ json }: Message) => {
    const { timeout_seconds: seconds = 10, headers_env: headers = {} } = config;
    const url = URL.parse(config.url ?? fromEnvironment(config.url_env ?? '', env));
    if (url === null || !/^https?:$/.test(url.protocol))
      throw new DeliveryError(`${config.url_env ?? 'url'} holds no http or https address`, false);
    const given = new Headers({ 'content-type': 'application/json' });
    for (const [name, variable] of Object.entries(headers)) given.set(name, fromEnvironment(variable, env));
    const response = await posted(url, given, JSON.stringify(json), seconds);
    if (!response.ok)
      throw new DeliveryError(`it answered with status ${response.status}`, passingStatus(response.status));
    return null;
  },
});

const posted = async (url: URL, headers: Headers, body: string, seconds: number): Promise<Response> => {
  try {
    const response = await fetch(url, {
      ...{ method: 'POST', headers, body },
      // A redirect would take the headers to somebody else.
      redirect: 'manual',
      signal: AbortSignal.timeout(seconds * 1000),
    });
    await response.body?.cancel();
    return response;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'TimeoutError')
      throw new DeliveryError(`it did not answer within ${seconds} s`, true);
    throw new DeliveryError(`no connection (${codeOf(cause)})`, true);
  }
};

/** The system's code, which names no address; the messages around it do. */
const codeOf = (thrown: unknown): string => {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
};
