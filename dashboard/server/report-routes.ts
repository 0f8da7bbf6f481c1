import { UserError } from '../../warehouse/error.ts';
import { explain } from '../../warehouse/query/explain.ts';
import { readRows } from '../../warehouse/rows.ts';
import { toldRelease } from '../report/told-release.ts';
import { userProblem } from './problem.ts';
import { json, onNamedRelease, onRelease, type ServerParts } from './server-parts.ts';

/** `GET /api/health`: 200 with the release only when data can be read from it. No slot is waited for. */
export const answerHealth = async (parts: ServerParts): Promise<Response> =>
  onRelease({ ...parts, withSlot: (task) => task() }, async (reader) => {
    const connection = await reader.connect();
    try {
      const [row] = await readRows(connection, 'select release from meta.release');
      return json({ status: 'ok', release: row?.release });
    } finally {
      connection.closeSync();
    }
  });

/** The release that `?release=` names; null: the one served. */
const namedRelease = (request: Request): string | null => new URL(request.url).searchParams.get('release');

/** `GET /api/catalogue`: worked out once a release. */
export const answerCatalogue = (parts: ServerParts, request: Request): Promise<Response> =>
  onNamedRelease(parts, namedRelease(request), async (_reader, { catalogueJson }) => json(catalogueJson));

/** `GET /api/explain/:metric`, by id or by a code no other metric shares. */
export const answerExplain = (parts: ServerParts, metric: string): Promise<Response> =>
  onRelease(parts, async (reader, { catalogue }) => {
    try {
      const explanation = await explain(reader, catalogue, metric, { settings: parts.checkSettings() });
      const notFedBy = parts.notFedBy(explanation.metric.id, explanation.lineage.extracts);
      return json({ ...explanation, notFedBy: [...explanation.unmet, ...notFedBy] });
    } catch (error) {
      if (error instanceof UserError) return userProblem(error, 404);
      throw error;
    }
  });

/** `GET /api/release`: what is served, what it was made from, and what can be gone back to. */
export const answerRelease = (parts: ServerParts, request: Request): Promise<Response> =>
  onNamedRelease(parts, namedRelease(request), async (reader) =>
    json(await toldRelease(reader, { ...parts, releases: await parts.releases() })),
  );
