import type { Standings } from '../../warehouse/query/standings.ts';
import type { ViewSql } from '../../warehouse/query/view-sql.ts';
import type { ViewState } from '../../warehouse/query/view-state.ts';
import type { RegistryBasis } from '../../warehouse/query/registry/basis.ts';
import type { RatesView } from '../../warehouse/query/registry/rates-view.ts';
import type { CancerSurvivalView } from '../../warehouse/query/registry/survival-view.ts';
import { readAnswer, readSurvival, type Answer, type SurvivalAnswer } from './answer.ts';
import { readable, type Catalogue } from './catalogue.ts';
import type { Explanation } from './explanation.ts';
import { OtherRelease } from './other-release.ts';
import { get, send } from './request.ts';
import { readRelease, type Release, type ToldRelease } from './release.ts';
import type { Arrivals } from './arrival.ts';
import type { CheckKeys, CheckStrata } from './check.ts';
import type { RegistryReport } from './registry.ts';
import { readCancerSurvival, readRates, type CancerSurvival, type Rates } from './registry-answer.ts';
import type { Schema } from './schema.ts';
import { readSqlResult, type SqlResult } from './sql-result.ts';
import type { Held } from './quarantine.ts';
import type { Comparison } from './release-comparison.ts';
import type { Run, RunHead } from './run.ts';
import type { SourceStatus } from './source-status.ts';
import type { Checks } from './trust.ts';
import type { Label, LabelKind, WorklistRows, Worklists } from './worklist.ts';

const arrowType = 'application/vnd.apache.arrow.stream';

export const post = async (path: string, body: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> => {
  const headers = { 'content-type': 'application/json', accept: arrowType };
  const response = await send(path, { method: 'POST', body, headers, signal });
  return new Uint8Array(await response.arrayBuffer());
};

/** Answers already read, oldest first, each with the release it is of: going back to a view costs no request. */
const kept = new Map<string, unknown>();
const keptMost = 60;

/** What the page asks is of the release it shows; an answer of another one is thrown, never kept. */
export const ofRelease = async <T extends { readonly release: string }>(
  release: string,
  question: string,
  fetchIt: () => Promise<T>,
): Promise<T> => {
  const key = `${release} ${question}`;
  const known = kept.get(key);
  if (known !== undefined) return known as T;
  const answer = await fetchIt();
  if (answer.release !== release) throw new OtherRelease(answer.release);
  kept.set(key, answer);
  const oldest = kept.keys().next().value;
  if (kept.size > keptMost && oldest !== undefined) kept.delete(oldest);
  return answer;
};

/**
 * The answer to a question about a release.
 *
 * @throws RequestError with the server's own sentence; OtherRelease; the signal's reason when aborted
 */
export const query = (release: string, view: ViewState, signal: AbortSignal): Promise<Answer> => {
  const body = JSON.stringify(view);
  return ofRelease(release, `query ${body}`, async () => readAnswer(await post('/api/query', body, signal), view));
};

/** The curve of one Kaplan–Meier metric. @throws as {@link query}. */
export const survival = (release: string, view: ViewState, signal: AbortSignal): Promise<SurvivalAnswer> => {
  const body = JSON.stringify(view);
  return ofRelease(release, `survival ${body}`, async () => readSurvival(await post('/api/survival', body, signal)));
};

/** What rates and survival of the release stand on. @throws as {@link query}. */
export const fetchRegistryBasis = (release: string, signal: AbortSignal): Promise<RegistryBasis> =>
  ofRelease(release, 'registry-basis', () => get('/api/registry-basis', signal));

/** Incidence rates; what a view leaves out is the usual. @throws as {@link query}. */
export const fetchRates = (release: string, view: Partial<RatesView>, signal: AbortSignal): Promise<Rates> => {
  const body = JSON.stringify(view);
  return ofRelease(release, `rates ${body}`, async () => readRates(await post('/api/rates', body, signal)));
};

/** Survival of a cohort; what a view leaves out is the usual. @throws as {@link query}. */
export const fetchCancerSurvival = (
  release: string,
  view: Partial<CancerSurvivalView>,
  signal: AbortSignal,
): Promise<CancerSurvival> => {
  const body = JSON.stringify(view);
  const fetchIt = async () => readCancerSurvival(await post('/api/registry-survival', body, signal));
  return ofRelease(release, `registry-survival ${body}`, fetchIt);
};

/** The statements behind a view. @throws as {@link query}. */
export const fetchSql = (release: string, view: ViewState, signal: AbortSignal): Promise<Statements> => {
  const body = JSON.stringify(view);
  return ofRelease(release, `sql ${body}`, async () => {
    const headers = { 'content-type': 'application/json' };
    return (await (await send('/api/sql', { method: 'POST', body, headers, signal })).json()) as Statements;
  });
};

/** As `POST /api/sql` tells them. */
export interface Statements {
  readonly release: string;
  readonly statements: readonly ViewSql[];
}

/** Whose standing is asked for: these metrics, under these filters. */
export interface StandingsAsked {
  readonly metrics: readonly string[];
  readonly where: ViewState['where'];
  /** One of each facility rather than one of all. */
  readonly byFacility?: boolean;
}

/** How metrics stand against their targets over the windows of their policies. @throws as {@link query}. */
export const fetchStandings = (
  release: string,
  { metrics, where, byFacility = false }: StandingsAsked,
  signal: AbortSignal,
): Promise<Standings> => {
  const asked = new URLSearchParams({ metrics: metrics.join(','), ...(byFacility ? { by: 'facility' } : {}) });
  for (const [id, values] of Object.entries(where)) for (const value of values) asked.append('where', `${id}=${value}`);
  return ofRelease(release, `standing ${asked}`, () => get(`/api/standing?${asked}`, signal));
};

/** How a number is made. @throws as {@link query}. */
export const fetchExplanation = (release: string, metric: string, signal: AbortSignal): Promise<Explanation> =>
  ofRelease(release, `explain ${metric}`, () => get(`/api/explain/${encodeURIComponent(metric)}`, signal));

/** What every check found. @throws as {@link query}. */
export const fetchChecks = (release: string, signal: AbortSignal): Promise<Checks> =>
  ofRelease(release, 'checks', () => get('/api/checks', signal));

/** One check by facility and month. @throws as {@link query}. */
export const fetchStrata = (release: string, check: string, signal: AbortSignal): Promise<CheckStrata> =>
  ofRelease(release, `check ${check}`, () => get(`/api/checks/${encodeURIComponent(check)}`, signal));

/** Keys of rows that break a check: asked for by name, never kept here. @throws RequestError */
export const fetchKeys = (check: string, limit: number, signal: AbortSignal): Promise<CheckKeys> =>
  get(`/api/checks/${encodeURIComponent(check)}/keys?limit=${limit}`, signal);

/** What came when. @throws as {@link query}. */
export const fetchArrivals = (release: string, signal: AbortSignal): Promise<Arrivals> =>
  ofRelease(release, 'arrivals', () => get('/api/arrivals', signal));

/** How a registry stands to the criteria of the standards; those on edits are not known yet. @throws as {@link query}. */
export const fetchRegistry = (release: string, signal: AbortSignal): Promise<RegistryReport> =>
  ofRelease(release, 'registry', () => get('/api/registry', signal));

/** The same with the criteria on edits counted: every case is looked at. @throws as {@link query}. */
export const fetchRegistryEdits = (release: string, signal: AbortSignal): Promise<RegistryReport> =>
  ofRelease(release, 'registry-edits', () => get('/api/registry/edits', signal));

/** The lists a desk works off. @throws as {@link query}. */
export const fetchWorklists = (release: string, signal: AbortSignal): Promise<Worklists> =>
  ofRelease(release, 'worklists', () => get('/api/worklists', signal));

/** A page of one of them, at its address. @throws as {@link query}. */
export const fetchWorklist = (release: string, address: string, signal: AbortSignal): Promise<WorklistRows> =>
  ofRelease(release, address, () => get(address, signal));

/** What the desk calls these surrogates. The server writes the look down; nothing of the answer is kept here. */
export const fetchLabels = async (
  kind: LabelKind,
  ids: readonly string[],
  worklist: string,
): Promise<ReadonlyMap<string, Label>> => {
  const body = JSON.stringify({ kind, ids, worklist });
  const response = await send('/api/labels', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const { labels } = (await response.json()) as { readonly labels: Readonly<Record<string, Label>> };
  return new Map(Object.entries(labels));
};

/** The release that is served now. */
export const fetchHealth = (signal: AbortSignal): Promise<{ readonly release: string }> => get('/api/health', signal);
export const fetchRelease = async (signal: AbortSignal, named: string | null = null): Promise<Release> =>
  readRelease(await get<ToldRelease>(`/api/release${ofNamed(named)}`, signal));
export const fetchCatalogue = async (signal: AbortSignal, named: string | null = null): Promise<Catalogue> =>
  readable(await get(`/api/catalogue${ofNamed(named)}`, signal));

/** Of which release something is asked: null, the one served. */
const ofNamed = (release: string | null): string =>
  release === null ? '' : `?${new URLSearchParams({ release }).toString()}`;

/** Runs, the newest first. */
/** The ledger, a line a run, newest first. @throws RequestError */
export const fetchRuns = async (signal: AbortSignal): Promise<readonly RunHead[]> => {
  const { runs } = await get<{ readonly runs: readonly RunHead[] }>('/api/runs?brief=yes', signal);
  return runs;
};

/** One run in full. @throws RequestError, status 404 where there is none */
export const fetchRun = (id: string, signal: AbortSignal): Promise<Run> =>
  get(`/api/runs/${encodeURIComponent(id)}`, signal);

/** The rows of a list. @throws as {@link get} */
export const rowsAt = async <T>(path: string, signal: AbortSignal): Promise<readonly T[]> =>
  (await get<{ readonly rows: readonly T[] }>(path, signal)).rows;

/** Rows held back, by rule. @throws RequestError */
export const fetchQuarantine = (signal: AbortSignal): Promise<readonly Held[]> => rowsAt('/api/quarantine', signal);

/** How each source stands with its schedule. @throws RequestError */
export const fetchSources = (signal: AbortSignal): Promise<readonly SourceStatus[]> => rowsAt('/api/sources', signal);

/** Two releases held against each other. @throws RequestError */
export const fetchComparison = (before: string, after: string, signal: AbortSignal): Promise<Comparison> =>
  get(`/api/releases/compare?${new URLSearchParams({ before, after })}`, signal);

/** Serves an older release again. @throws RequestError with the server's sentence */
export const rollBack = async (release: string): Promise<void> => {
  await send(`/api/releases/${encodeURIComponent(release)}/rollback`, { method: 'POST' });
};

/** The tables SQL may read, and whether it may be asked here. @throws as fetchRelease */
export const fetchSchema = (release: string, signal: AbortSignal): Promise<Schema> =>
  ofRelease(release, 'schema', () => get<Schema>('/api/schema', signal));

/**
 * The first rows SQL gives, of whatever release is served: never kept, the reader asked for it anew.
 *
 * @throws RequestError with the engine's own sentence
 */
export const askSql = async (sql: string, signal: AbortSignal): Promise<SqlResult> =>
  readSqlResult(await post('/api/workbench', JSON.stringify({ sql, form: 'arrow' }), signal));
