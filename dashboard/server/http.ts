import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Server } from 'node:http';
import { UserError } from '../../warehouse/error.ts';

/** A server on its socket. */
export interface Listening {
  /** Where a browser finds it. */
  readonly url: string;
  /** Takes no new request, lets the running ones end (five seconds at most), then lets go of the port. */
  readonly close: () => Promise<void>;
}

/** An address holds the whole view, a filter of ten thousand values among it; Node's own limit is 16 kB. */
const longestAddress = 1 << 20;

/**
 * Puts the routes on a socket. Port 0 takes any free one.
 *
 * @throws UserError when the port is taken or the address is not this machine's
 */
export const listen = async (app: Hono, host: string, port: number): Promise<Listening> => {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: { maxHeaderSize: longestAddress } }) as Server;
  // Longer than a page looks again for a new release, so that its connection is still there.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(cause, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`, close: () => closeGently(server) };
};

const cannotListen = (cause: NodeJS.ErrnoException, host: string, port: number): Error => {
  if (cause.code === 'EADDRINUSE')
    return new UserError(`Port ${port} of ${host} is taken.`, {
      mend: 'Stop the other program, or choose another with --port.',
      cause,
    });
  if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND')
    return new UserError(`${host} is no address of this machine.`, {
      mend: 'Choose another with --host; 127.0.0.1 is this machine only.',
      cause,
    });
  if (cause.code === 'EACCES')
    return new UserError(`Port ${port} may not be used by this account.`, {
      mend: 'Choose one above 1023 with --port.',
      cause,
    });
  return cause;
};

const closeGently = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), 5_000);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
