import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** What a webhook was sent. */
export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly json: Record<string, unknown>;
}

/** A webhook on this machine, gone with the test. It answers with `statuses` in turn, the last one for ever; 0 = never answers. */
export const webhookReceiver = async (...first: readonly number[]) => {
  const posted: Posted[] = [];
  let statuses = [...first];
  const answer: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
      posted.push({ headers: request.headers, json: JSON.parse(Buffer.concat(chunks).toString()) });
      if (status === 0) return;
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('not to be read');
    });
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    posted,
    /** From now on. */
    answer: (...next: readonly number[]) => void (statuses = [...next]),
  };
};

/** A mail server on this machine, gone with the test. */
export const mailReceiver = async (options: SMTPServerOptions = {}) => {
  const mails: string[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username = '', password }, _session, done) => {
      logins.push(username);
      if (password === 'open sesame') done(null, { user: username });
      else done(new Error('wrong'));
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString());
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  const sockets: Socket[] = [];
  server.server.on('connection', (socket: Socket) => void sockets.push(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  return {
    ...{ host: '127.0.0.1', port: (server.server.address() as AddressInfo).port, mails, logins },
    /** Breaks all connections off, without a word. */
    drop: () => sockets.forEach((socket) => socket.destroy()),
  };
};
