import { createServer, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { answerTable } from '../../../dashboard/server/table-routes.ts';
import { stubAnswer, stubSurvival } from './answer.ts';
import { stubCatalogue } from './catalogue.ts';
import { stubArrivals, stubComparison, stubQuarantine, stubSources } from './arrival.ts';
import { stubChecks, stubKeys, stubStrata } from './check.ts';
import { stubRegistry, stubRegistryEdits } from './registry.ts';
import { stubBasis, stubCancerSurvival, stubRates } from './rates.ts';
import { stubDifference, stubEdits, stubFailing, stubPreview, stubSubmissions } from './submission.ts';
import { stubExplanation, stubHeads, stubRelease, stubRuns } from './ledger.ts';
import { stubStandings, stubStandingsOf } from './standing.ts';
import { stubBatch, stubCube, type StubBatch } from './batch.ts';
import { answerStore, isOfStore, newStore, type StubStore } from './store.ts';
import { stubLabels, stubWorklistRows, stubWorklists } from './worklist.ts';

/** How the stub misbehaves, to see what the pages make of it. Changed while it runs. */
export interface Mood {
  /** Milliseconds before a query is answered. */
  delay: number;
  /** Queries fail with this sentence. */
  failure: string | null;
  /** Every number is withheld. */
  isWithheld: boolean;
  /** The release that every answer is of. */
  release: string;
  /** Whose registry the workspace says it holds. */
  registryKind: 'hospital' | 'central' | null;
  /** What happened in the hospital, where it is a demo. */
  demoStories: readonly string[];
  /** The bodies of the queries so far. */
  readonly asked: ViewState[];
  /** The bodies of the batches so far. */
  readonly batches: StubBatch[];
  /** The bodies of the questions for labels so far. */
  readonly labelled: string[];
  /** What is kept, by list; changed by what pages post. */
  readonly kept: StubStore;
}

export interface Stub {
  readonly origin: string;
  readonly mood: Mood;
  readonly close: () => Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The strictest policy the pages are meant to live under: nothing inline, nothing from elsewhere. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const send = (response: ServerResponse, status: number, type: string, body: string | Uint8Array): void => {
  response.writeHead(status, { 'content-type': type, 'content-security-policy': policy });
  response.end(body);
};

const json = (response: ServerResponse, body: unknown): void =>
  send(response, 200, 'application/json', JSON.stringify(body));

const sendFile = async (dist: string, response: ServerResponse, path: string): Promise<void> => {
  const name = extname(path) === '' ? '/index.html' : path;
  const body = await readFile(join(dist, name)).catch(() => null);
  if (body === null) send(response, 404, 'text/plain', 'no such file');
  else send(response, 200, types[extname(name)] ?? 'application/octet-stream', body);
};

const arrow = 'application/vnd.apache.arrow.stream';

const bodyOf = (path: string, query: URLSearchParams, { registryKind, demoStories }: Mood): object => {
  if (path.startsWith('/api/worklist/')) return stubWorklistRows(query);
  if (path.startsWith('/api/runs/')) return stubRuns.find(({ id }) => id === path.slice(10)) ?? {};
  if (path.startsWith('/api/checks/'))
    return path.endsWith('/keys') ? stubKeys : stubStrata(decodeURIComponent(path.slice(12)));
  if (path.startsWith('/api/submissions/')) {
    const [profile = '', edits, one] = path.slice(17).split('/');
    if (edits === 'packages') return stubDifference;
    return edits === undefined ? stubPreview(profile, query) : one === undefined ? stubEdits : stubFailing;
  }
  if (path.startsWith('/api/explain/')) return stubExplanation(path.slice(13));
  const bodies: Readonly<Record<string, object>> = {
    '/api/health': {},
    '/api/catalogue': stubCatalogue,
    '/api/release': { ...stubRelease, registryKind, demoStories },
    '/api/runs': { runs: stubHeads },
    '/api/arrivals': stubArrivals,
    '/api/quarantine': { rows: stubQuarantine },
    '/api/sources': { rows: stubSources },
    '/api/registry': stubRegistry,
    '/api/registry/edits': stubRegistryEdits,
    '/api/submissions': { rows: stubSubmissions },
    '/api/releases/compare': stubComparison(query),
    '/api/registry-basis': stubBasis,
    '/api/worklists': stubWorklists(),
    '/api/checks': stubChecks,
    '/api/standing': {
      rows:
        query.get('by') === 'facility'
          ? ['lakeview', 'pine-creek', 'riverside', 'st-anne'].flatMap((one) => stubStandingsOf(one))
          : stubStandings(query.getAll('where')),
    },
  };
  return bodies[path] ?? {};
};

/** A run names the release it ended with, not the one that is served. */
const inRelease = (path: string, body: object, release: string): object =>
  path.startsWith('/api/runs/') ? body : { ...body, release };

/** A report drawn when asked for, or the sentence why not. */
const sendReport = (response: ServerResponse, path: string, undrawn: string | null): void => {
  if (undrawn !== null) {
    send(response, 400, 'application/problem+json', JSON.stringify({ title: 'No', detail: undrawn }));
    return;
  }
  const name = path.split('/').at(-1) ?? '';
  response.setHeader('content-disposition', `attachment; filename="${name}"`);
  send(response, 200, 'application/pdf', '%PDF-1.7');
};

/** Serves the bundle in `dist` and plausible answers on a free port of this machine. */
export const startStub = async (dist: string): Promise<Stub> => {
  const mood: Mood = {
    ...{
      delay: 0,
      failure: null,
      isWithheld: false,
      release: stubRelease.release,
      registryKind: 'hospital',
      demoStories: [],
    },
    ...{ asked: [], batches: [], labelled: [], kept: newStore() },
  };
  const answerPost = (path: string, body: string, response: ServerResponse): void => {
    if (mood.failure !== null) {
      send(
        response,
        500,
        'application/problem+json',
        JSON.stringify({ title: 'Something failed', detail: mood.failure }),
      );
    } else if (path === '/api/survival') send(response, 200, arrow, stubSurvival(mood.release));
    else if (path === '/api/rates') send(response, 200, arrow, stubRates(body, mood.release));
    else if (path === '/api/registry-survival') send(response, 200, arrow, stubCancerSurvival(body, mood.release));
    else if (path === '/api/batch' || path === '/api/cube') {
      const batch = JSON.parse(body) as StubBatch;
      mood.batches.push(batch);
      send(
        response,
        200,
        'application/octet-stream',
        (path === '/api/cube' ? stubCube : stubBatch)(batch, batch.release ?? mood.release),
      );
    } else if (path === '/api/sql') {
      const { metrics } = JSON.parse(body) as ViewState;
      json(response, { release: mood.release, statements: [{ metrics, sql: 'select count(*) from mart.coding' }] });
    } else if (path.endsWith('/rollback')) {
      mood.release = path.split('/').at(-2) ?? '';
      json(response, { release: mood.release });
    } else if (path === '/api/labels') {
      mood.labelled.push(body);
      json(response, stubLabels(body));
    } else {
      const view = JSON.parse(body) as ViewState;
      mood.asked.push(view);
      send(response, 200, arrow, stubAnswer(view, mood.release, mood.isWithheld));
    }
  };
  // As the server: an address may hold a filter of ten thousand values.
  const server: Server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://stub');
    const sendTable = async (body: string): Promise<void> => {
      // The server's own: what a page keeps is to be a file that opens.
      const told = await answerTable(new Request(`http://stub${path}`, { method: 'POST', body }));
      send(response, told.status, told.headers.get('content-type') ?? '', new Uint8Array(await told.arrayBuffer()));
    };
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (isOfStore(path)) {
        const { status, body } = answerStore(mood.kept, path, Buffer.concat(chunks).toString());
        send(response, status, 'application/json', JSON.stringify({ ...body, release: mood.release }));
      } else if (path.startsWith('/api/table.')) void sendTable(Buffer.concat(chunks).toString());
      else if (/^\/api\/report[./]/.test(path)) {
        mood.kept.drawn.push(request.url ?? '');
        setTimeout(() => sendReport(response, path, mood.kept.undrawn), mood.delay);
      } else if (request.method === 'POST')
        setTimeout(() => answerPost(path, Buffer.concat(chunks).toString(), response), mood.delay);
      else if (path.startsWith('/api/submissions/'))
        setTimeout(
          () => json(response, inRelease(path, bodyOf(path, searchParams, mood), mood.release)),
          path.includes('/edits') ? mood.delay : 0,
        );
      else if (path.startsWith('/api/'))
        json(response, inRelease(path, bodyOf(path, searchParams, mood), searchParams.get('release') ?? mood.release));
      else void sendFile(dist, response, path);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    mood,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
};
