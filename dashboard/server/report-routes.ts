import { UserError } from '../../warehouse/error.ts';
import { explain } from '../../warehouse/query/explain.ts';
import type { Reader } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
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
  onNamedRelease(parts, namedRelease(request), async (reader) => {
    const { release, sources } = await readRelease(reader);
    const modes = parts.sources.map(({ privacy }) => privacy);
    return json({
      ...release,
      sources: sources.map((source) => ({
        ...source,
        privacy: parts.sources.find(({ id }) => id === source.id)?.privacy ?? null,
      })),
      privacy: privacySentence(modes),
      registryKind: parts.registryKind,
      demoStories: parts.demoStories,
      releases: await parts.releases(),
    });
  });

const readRelease = async (reader: Reader) => {
  const connection = await reader.connect();
  try {
    const [release] = await readRows(
      connection,
      `select release, strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as "builtAt", strftime(as_of, '%Y-%m-%dT%H:%M:%S') as "asOf",
        cast(complete_through as varchar) as "completeThrough"
      from meta.release`,
    );
    const sources = await readRows(
      connection,
      `select source_id as id, list(contract order by contract) as contracts,
        strftime(max(as_of), '%Y-%m-%dT%H:%M:%S') as "asOf", cast(min(through) as varchar) as "completeThrough"
      from meta.coverage group by source_id order by source_id`,
    );
    return { release, sources };
  } finally {
    connection.closeSync();
  }
};

/** From what asks for most care to what asks for least. */
const privacyModes: readonly (readonly [mode: string, sentence: string])[] = [
  [
    'limited_data_set',
    'Limited data set: dates are real, so this is protected health information under a data use agreement.',
  ],
  ['expert_determination', 'De-identified by expert determination (45 CFR 164.514(b)(1)).'],
  ['safe_harbor', 'De-identified by Safe Harbor (45 CFR 164.514(b)(2)): no dates but years.'],
  ['synthetic', 'Synthetic data: no patient stands behind it.'],
];

const privacySentence = (modes: readonly string[]): string =>
  privacyModes.find(([mode]) => modes.includes(mode))?.[1] ?? 'No source is configured.';
