import { hostname } from 'node:os';
import type { Workspace } from './workspace.ts';

/**
 * The address people open the dashboard at, without a slash at its end, for links in messages: `server.url` where the
 * workspace gives it, else what `host` and `port` say.
 */
export const dashboardAddress = ({ config: { server } }: Pick<Workspace, 'config'>): string => {
  if (server?.url !== undefined) return server.url.replace(/\/+$/, '');
  const host = server?.host ?? '127.0.0.1';
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? hostname() : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${server?.port ?? 4180}`;
};
