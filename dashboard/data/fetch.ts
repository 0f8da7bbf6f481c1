import type { ViewState } from '../../warehouse/query/view-state.ts';
import { readAnswer, readSurvival, type Answer, type SurvivalPoint } from './answer.ts';
import type { Catalogue } from './catalogue.ts';
import type { Explanation } from './explanation.ts';
import type { Release } from './release.ts';
import type { Run } from './run.ts';

/** What the server said went wrong, as a sentence for the page. `status` 0: the server was not reached at all. */
export class RequestError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

const sentence = async (response: Response): Promise<string> => {
  const problem = (await response.json().catch(() => null)) as { detail?: string; title?: string } | null;
  return problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`;
};

const send = async (path: string, init: RequestInit): Promise<Response> => {
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new RequestError('The server cannot be reached; it may be stopped or starting.', 0);
  });
  if (!response.ok) throw new RequestError(await sentence(response), response.status);
  return response;
};

const get = async <T>(path: string, signal: AbortSignal): Promise<T> => {
  const response = await send(path, { signal, headers: { accept: 'application/json' } });
  return (await response.json()) as T;
};

const arrowType = 'application/vnd.apache.arrow.stream';

const post = async (path: string, body: string, signal: AbortSignal): Promise<Uint8Array> => {
  const headers = { 'content-type': 'application/json', accept: arrowType };
  const response = await send(path, { method: 'POST', body, headers, signal });
  return new Uint8Array(await response.arrayBuffer());
};

/** Answers already read, oldest first; all of one release, so going back to a view costs no request. */
const kept = new Map<string, Promise<unknown>>();
const keptMost = 60;

/** Forgets every answer: the next release has other numbers. */
export const forgetAnswers = (): void => kept.clear();

const remember = async <T>(key: string, fetchIt: () => Promise<T>): Promise<T> => {
  const known = kept.get(key);
  if (known !== undefined) return known as Promise<T>;
  const value = await fetchIt();
  kept.set(key, Promise.resolve(value));
  const oldest = kept.keys().next().value;
  if (kept.size > keptMost && oldest !== undefined) kept.delete(oldest);
  return value;
};

/** @throws RequestError with the server's own sentence; the signal's reason when aborted. */
export const query = (view: ViewState, signal: AbortSignal): Promise<Answer> => {
  const body = JSON.stringify(view);
  return remember(`query ${body}`, async () => readAnswer(await post('/api/query', body, signal), view));
};

/** The curve of one Kaplan–Meier metric. @throws as {@link query}. */
export const survival = (view: ViewState, signal: AbortSignal): Promise<readonly SurvivalPoint[]> => {
  const body = JSON.stringify(view);
  return remember(`survival ${body}`, async () => readSurvival(await post('/api/survival', body, signal)));
};

export const fetchCatalogue = (signal: AbortSignal): Promise<Catalogue> => get('/api/catalogue', signal);
export const fetchRelease = (signal: AbortSignal): Promise<Release> => get('/api/release', signal);

/** Runs, the newest first. */
export const fetchRuns = async (signal: AbortSignal): Promise<readonly Run[]> => {
  const answer = await get<{ readonly runs: readonly Run[] } | readonly Run[]>('/api/runs', signal);
  return 'runs' in answer ? answer.runs : answer;
};

export const fetchExplanation = (metric: string, signal: AbortSignal): Promise<Explanation> =>
  remember(`explain ${metric}`, () => get(`/api/explain/${encodeURIComponent(metric)}`, signal));
