import { criteriaWithEdits, registryCriteria } from '../../warehouse/query/registry/criteria.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';

/**
 * `GET /api/registry`: `{release, criteria}`, one row per year of diagnosis, standard and criterion, the newest year first; those on edits are
 * not known yet.
 * What the figures of a registry stand on is `GET /api/registry-basis`.
 */
export const answerRegistry = (parts: ServerParts): Promise<Response> =>
  onRelease(parts, async (reader) => json({ release: reader.release, criteria: await registryCriteria(reader) }));

/** `GET /api/registry/edits`: the same with the criteria on edits counted, which takes a look at every case. */
export const answerRegistryEdits = (parts: ServerParts, request: Request): Promise<Response> =>
  onRelease(parts, async (reader) => {
    const asked = { settings: parts.checkSettings(), signal: request.signal };
    return json({ release: reader.release, criteria: await criteriaWithEdits(reader, asked) });
  });
