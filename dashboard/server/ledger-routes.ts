import { UserError } from '../../warehouse/error.ts';
import { compareReleases } from '../../warehouse/query/compare-releases.ts';
import type { Reader } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
import { problem, userProblem } from './problem.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';

/** `GET /api/runs`: the ledger, newest first; it can be read before there is a release. `?brief=yes`: a line a run. */
export const answerRuns = async (parts: ServerParts, request: Request): Promise<Response> => {
  const brief = new URL(request.url).searchParams.get('brief');
  if (brief !== null && brief !== 'yes') throw new UserError('`brief` is yes, or is left out.');
  const runs = await (brief === 'yes' ? parts.ledger.heads() : parts.ledger.runs());
  return json({ release: parts.served.release, runs });
};

/** `GET /api/runs/:id`: one run, the ways of its rows from bytes to marts, and what it changed. */
export const answerRun = async (parts: ServerParts, id: string): Promise<Response> => {
  const run = await parts.ledger.run(id);
  if (run === null) return problem(404, { title: 'There is no such run', detail: 'The ledger has no run of that id.' });
  return json({ release: parts.served.release, ...run });
};

/** `GET /api/quarantine`: rows held back by rule, as counts. */
export const answerQuarantine = async (parts: ServerParts): Promise<Response> =>
  json({ release: parts.served.release, rows: await parts.ledger.quarantine() });

/** `GET /api/sources`: what is due, and what is late. */
export const answerSources = async (parts: ServerParts): Promise<Response> =>
  json({ release: parts.served.release, rows: await parts.ledger.sources() });

/** `GET /api/arrivals`: rows by month they are of and day they came. */
export const answerArrivals = (parts: ServerParts): Promise<Response> =>
  onRelease(parts, async (reader) => json({ release: reader.release, rows: await arrivalsOf(reader) }));

/** A release from before arrivals were kept has none. */
const arrivalsOf = async (reader: Reader) => {
  const connection = await reader.connect();
  try {
    const [table] = await readRows(
      connection,
      `select 1 from duckdb_tables() where schema_name = 'meta' and table_name = 'arrival'`,
    );
    if (table === undefined) return [];
    return await readRows(
      connection,
      `select source_id as source, contract, cast("month" as varchar) as month,
        cast(arrived_on as varchar) as "arrivedOn", cast(sum("rows") as double) as rows
      from meta.arrival group by all order by all`,
    );
  } finally {
    connection.closeSync();
  }
};

/** `GET /api/releases/compare?before=ID&after=ID`: rows by table and metrics that moved. */
export const answerComparison = async (parts: ServerParts, request: Request): Promise<Response> => {
  const query = new URL(request.url).searchParams;
  const known = (await parts.releases()).map(({ id }) => id);
  const [before, after] = ['before', 'after'].map((key) => {
    const id = query.get(key) ?? '';
    if (known.includes(id)) return id;
    throw new UserError(`\`${key}\` must be a release that still stands.`, { mend: `There are ${known.join(', ')}.` });
  }) as [string, string];
  return parts.served.useRelease(before, (then) =>
    parts.served.useRelease(after, (now) =>
      parts.withSlot(async () =>
        json(
          await compareReleases(
            { reader: then.reader, catalogue: then.ready.catalogue },
            { reader: now.reader, catalogue: now.ready.catalogue },
            request.signal,
          ),
        ),
      ),
    ),
  );
};

/** `POST /api/releases/:id/rollback`: serves an older release again, at once, and writes that down. */
export const answerRollBack = async (parts: ServerParts, id: string): Promise<Response> => {
  try {
    await parts.ledger.rollBack(id);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.exitCode === 5) return userProblem(error, 409);
    return userProblem(error, 404);
  }
  await parts.served.look();
  return json({ release: parts.served.release });
};
