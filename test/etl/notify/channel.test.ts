import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deliver } from '../../../etl/notify/deliver.ts';
import type { DeliveryError } from '../../../etl/notify/delivery-error.ts';
import { sendMail, smtpChannel } from '../../../etl/notify/mail.ts';
import type { Message } from '../../../etl/notify/message.ts';
import { webhookChannel } from '../../../etl/notify/webhook.ts';
import type { SmtpConfig } from '../../../etl/workspace/config.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { mailReceiver, webhookReceiver } from './receiver.ts';

const message: Message = { subject: 'Himsight north: labs is held', text: 'labs is held.\n', json: { version: 1 } };

/** Delivers without waiting; `waits` says for how long it would have. */
const delivered = async (channel: Parameters<typeof deliver>[0]) => {
  const waits: number[] = [];
  const result = await deliver(channel, message, async (ms) => void waits.push(ms));
  return { ...result, waits };
};

test('a webhook is sent JSON with the headers whose values stand in the environment', async () => {
  const { url, posted } = await webhookReceiver(204);
  const channel = webhookChannel({ url, headers_env: { Authorization: 'TOKEN' } }, { TOKEN: 'Bearer abc' });
  expect(await delivered(channel)).toEqual({ outcome: 'delivered', tries: 1, why: null, waits: [] });
  expect(posted).toMatchObject([
    { json: { version: 1 }, headers: { authorization: 'Bearer abc', 'content-type': 'application/json' } },
  ]);
});

test('an address may be a secret of its own', async () => {
  const { url, posted } = await webhookReceiver();
  const channel = webhookChannel({ url_env: 'HOOK' }, { HOOK: url });
  expect(channel.leadsTo).toBe('the address in HOOK');
  expect((await delivered(channel)).outcome).toBe('delivered');
  expect(posted).toHaveLength(1);
});

test('a webhook that hangs is cut off by its timeout, three times, and that is all', async () => {
  const { url, posted } = await webhookReceiver(0);
  const started = performance.now();
  expect(await delivered(webhookChannel({ url, timeout_seconds: 0.1 }, {}))).toEqual({
    ...{ outcome: 'failed', tries: 3, why: 'it did not answer within 0.1 s', waits: [2000, 4000] },
  });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(posted).toHaveLength(3);
});

test.each([
  ['a server in trouble', [503, 200], { outcome: 'delivered', tries: 2 }],
  ['a server that asks for patience', [429, 500, 200], { outcome: 'delivered', tries: 3 }],
  ['a server in trouble for longer', [503], { outcome: 'failed', tries: 3, why: 'it answered with status 503' }],
  ['an address nobody knows', [404], { outcome: 'failed', tries: 1, why: 'it answered with status 404' }],
  ['a refused token', [401], { outcome: 'failed', tries: 1, why: 'it answered with status 401' }],
  [
    'a redirect, which would take the token along',
    [302],
    { outcome: 'failed', tries: 1, why: 'it answered with status 302' },
  ],
])('%s', async (_what, statuses, result) => {
  const { url, posted } = await webhookReceiver(...statuses);
  expect(await delivered(webhookChannel({ url }, {}))).toMatchObject(result);
  expect(posted).toHaveLength(result.tries);
});

test('nobody at the address, and a secret that is not set: no address and no value in the sentence', async () => {
  const nobody = await delivered(webhookChannel({ url: 'http://127.0.0.1:9/secret-path' }, {}));
  expect(nobody).toMatchObject({ outcome: 'failed', tries: 3, why: expect.stringMatching(/^no connection \(\w+\)$/) });
  const unset = await delivered(webhookChannel({ url: 'http://127.0.0.1:9', headers_env: { A: 'TOKEN' } }, {}));
  expect(unset).toMatchObject({ outcome: 'failed', tries: 1, why: 'the environment variable TOKEN is not set' });
  const wrong = await delivered(webhookChannel({ url_env: 'HOOK' }, { HOOK: 'my secret' }));
  expect(wrong).toMatchObject({ tries: 1, why: 'HOOK holds no http or https address' });
});

const plain = (port: number, more: Partial<SmtpConfig> = {}): SmtpConfig => ({
  ...{ host: '127.0.0.1', port, security: 'none', from: 'himsight@north.example', to: ['him@north.example'] },
  ...{ timeout_seconds: 2, ...more },
});

test('a mail is plain text to everybody named', async () => {
  const { port, mails } = await mailReceiver();
  const to = ['him@north.example', 'it@north.example'];
  expect(await delivered(smtpChannel(plain(port, { to }), '/', {}))).toMatchObject({ outcome: 'delivered', tries: 1 });
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(
    /^From: himsight@north\.example\r\nTo: him@north\.example, it@north\.example\r\nSubject: Himsight north: labs is held\r\n/,
  );
  expect(mails[0]).toContain('Content-Type: text/plain');
});

test('a login takes its password from the environment or from a file of its owner', async () => {
  const { port, mails, logins } = await mailReceiver({ authOptional: false });
  const folder = temporaryFolder();
  const file = join(folder, 'password');
  writeFileSync(file, 'open sesame\n');
  const byFile = smtpChannel(plain(port, { user: 'himsight', password_file: 'password' }), folder, {});
  chmodSync(file, 0o644);
  expect(await delivered(byFile)).toMatchObject({
    ...{ outcome: 'failed', tries: 1 },
    why: 'others than its owner may read the file of `notify.smtp.password_file`: chmod 600',
  });
  chmodSync(file, 0o600);
  expect((await delivered(byFile)).outcome).toBe('delivered');
  const byEnv = (env: Record<string, string>) =>
    delivered(smtpChannel(plain(port, { user: 'himsight', password_env: 'PASSWORD' }), folder, env));
  expect((await byEnv({ PASSWORD: 'open sesame' })).outcome).toBe('delivered');
  expect(mails).toHaveLength(2);
  const refused = await byEnv({ PASSWORD: 'barley' });
  expect(refused).toMatchObject({ outcome: 'failed', tries: 1, why: expect.stringContaining('EAUTH') });
  expect(refused.why).not.toMatch(/barley|himsight/);
  expect(logins).toEqual(['himsight', 'himsight', 'himsight']);
});

test('starttls is insisted on: a server without it is sent nothing', async () => {
  const { port, mails } = await mailReceiver({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  const result = await delivered(smtpChannel(plain(port, { security: 'starttls' }), '/', {}));
  expect(result).toMatchObject({ outcome: 'failed', tries: 1, why: expect.stringContaining('ETLS') });
  expect(mails).toEqual([]);
});

test('a certificate nobody vouches for is refused, with tls and with starttls', async () => {
  for (const security of ['tls', 'starttls'] as const) {
    const { port, mails } = await mailReceiver({ secure: security === 'tls' });
    const result = await delivered(smtpChannel(plain(port, { security }), '/', {}));
    expect(result).toMatchObject({
      outcome: 'failed',
      why: expect.stringContaining('the mail server did not take it'),
    });
    expect(mails).toEqual([]);
  }
});

test('an address refused is told with the mail that others got; all refused is a failure at once', async () => {
  const { port, mails } = await mailReceiver({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('gone') ? Object.assign(new Error('gone'), { responseCode: 550 }) : null),
  });
  const to = ['him@north.example', 'gone@north.example'];
  expect(await delivered(smtpChannel(plain(port, { to }), '/', {}))).toMatchObject({
    ...{ outcome: 'delivered', why: '1 of 2 addresses were refused' },
  });
  const none = await delivered(smtpChannel(plain(port, { to: ['gone@north.example'] }), '/', {}));
  expect(none).toMatchObject({
    outcome: 'failed',
    tries: 1,
    why: 'the mail server did not take it (EENVELOPE, status 550)',
  });
  expect(mails).toHaveLength(1);
});

test('a mail server that never greets is cut off', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const result = await delivered(smtpChannel(plain(port, { timeout_seconds: 0.1 }), '/', {}));
  expect(result).toMatchObject({ outcome: 'failed', tries: 3, why: expect.stringContaining('ETIMEDOUT') });
});

test('only a mail that was whole before the server fell silent may have gone', async () => {
  const attached = { filename: 'a.csv', content: Buffer.from('a,b\r\n'), contentType: 'text/csv' };
  const mail = { to: ['him@north.example'], subject: 'Report', text: 'attached', attachments: [attached] };
  const errorOf = (port: number, more: Partial<SmtpConfig> = {}) =>
    sendMail(plain(port, more), '/', {}, mail).then(
      () => null,
      (error: unknown) => error as DeliveryError,
    );
  const hangsUp = await mailReceiver({
    onData: (stream) => {
      stream.resume();
      stream.on('end', () => hangsUp.drop());
    },
  });
  expect(await errorOf(hangsUp.port)).toMatchObject({ mayHaveGone: true });
  const refuses = await mailReceiver({
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(Object.assign(new Error('no'), { responseCode: 451 })));
    },
  });
  expect(await errorOf(refuses.port)).toMatchObject({ mayHaveGone: false, isTransient: true });
  expect(await errorOf(9)).toMatchObject({ mayHaveGone: false, isTransient: true });
  const { port } = await mailReceiver({ secure: true });
  expect(await errorOf(port, { security: 'tls' })).toMatchObject({ mayHaveGone: false });
});
