import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The built pages, read once into memory with their ETag and gzip form: they weigh a few hundred kilobytes. */
export interface StaticFiles {
  /** The file at a path, or null; `index.html` answers every page route (a path without a file ending). */
  readonly answer: (request: Request) => Response | null;
}

interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>;
  /** Null where compressing gains nothing. */
  readonly gzip: Uint8Array<ArrayBuffer> | null;
  readonly etag: string;
  readonly type: string;
  readonly cache: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Reads a folder that vite built; a folder not there yet answers every page with a sentence saying how to build it. */
export const readStaticFiles = (folder: string): StaticFiles => {
  const files = new Map<string, StaticFile>();
  if (existsSync(folder)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files.set('/' + file.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, ''), readOne(file));
    }
  }
  return {
    answer: (request) => {
      const path = decodePath(new URL(request.url).pathname);
      const file = files.get(path) ?? (extname(path) === '' ? (files.get('/index.html') ?? notBuilt) : undefined);
      return file ? respond(request, file) : null;
    },
  };
};

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const staticFile = (body: Uint8Array<ArrayBuffer>, type: string, cache: string): StaticFile => {
  const gzip = new Uint8Array(gzipSync(body));
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, gzip: gzip.length < body.length * 0.9 ? gzip : null, etag, type, cache };
};

const readOne = (file: string): StaticFile => {
  // Vite puts a hash of the content into the names under assets/, so those never change.
  const cache = /[\\/]assets[\\/]/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return staticFile(new Uint8Array(readFileSync(file)), types[extname(file)] ?? 'application/octet-stream', cache);
};

const notBuilt = staticFile(
  new TextEncoder().encode(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Himsight</title><p>The pages are not built yet: run <code>npm start</code>, or ' +
      '<code>npx vite build --config dashboard/vite.config.ts</code>, and start the server again.</p></html>',
  ),
  'text/html; charset=utf-8',
  'no-store',
);

const respond = (request: Request, file: StaticFile): Response => {
  const headers = { 'content-type': file.type, 'cache-control': file.cache, etag: file.etag, vary: 'accept-encoding' };
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const zipped = file.gzip !== null && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '') ? file.gzip : null;
  if (!zipped) return new Response(file.body, { headers });
  return new Response(zipped, { headers: { ...headers, 'content-encoding': 'gzip' } });
};
