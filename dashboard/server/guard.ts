import type { MiddlewareHandler } from 'hono';
import { problem } from './problem.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an address to listen on can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  loopbackNames.has(host) || host === '::1' || /^127(\.\d+){3}$/.test(host);

/**
 * Refuses a Host header that is not this machine's own name, for a server that listens on loopback only.
 *
 * A page of a foreign site can point its own name at 127.0.0.1 (DNS rebinding) and would then read the warehouse as
 * same-origin; the Host header still carries the foreign name.
 */
export const refuseForeignHost: MiddlewareHandler = async (context, next) => {
  const host = (context.req.header('host') ?? new URL(context.req.url).host).replace(/:\d+$/, '').toLowerCase();
  if (isLoopback(host)) return next();
  return problem(403, {
    title: 'Wrong host',
    detail: 'This server listens on this machine only: open it as http://127.0.0.1 or http://localhost.',
  });
};

/**
 * Lets pass only what a page of this server itself asks for: the browser names the page's origin, and it must be the
 * one asked. A form or script of a foreign site carries its own, and a request without any is no page's.
 */
export const refuseForeignOrigin: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header('origin') ?? '';
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  if (URL.canParse(origin) && new URL(origin).host === host) return next();
  return problem(403, {
    title: 'Wrong origin',
    detail: 'Only a page of this server may do that. From a terminal, use the command.',
  });
};

/** Refuses where the server can be reached from other machines: until there is a login, nobody is known there. */
export const refuseUnlessLoopback =
  (loopbackOnly: boolean): MiddlewareHandler =>
  async (_context, next) => {
    if (loopbackOnly) return next();
    return problem(403, {
      title: 'Not from here',
      detail:
        'This server can be reached from other machines and has no login, so it changes nothing. Use the command on the machine itself.',
    });
  };

/** No script but our own files, no frame, no guess of a type, no address told to others, nothing inline. */
const securityHeaders: readonly (readonly [string, string])[] = [
  [
    'content-security-policy',
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
      "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=()'],
];

/** Sets the security headers on every response, problems included. */
export const setSecurityHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  for (const [name, value] of securityHeaders) context.res.headers.set(name, value);
};
