import { registryCriteria } from '../../warehouse/query/registry/criteria.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';

/**
 * `GET /api/registry`: `{release, criteria}`, one row per year of diagnosis, standard and criterion, the newest year first.
 * What the figures of a registry stand on is `GET /api/registry-basis`.
 */
export const answerRegistry = (parts: ServerParts, request: Request): Promise<Response> =>
  onRelease(parts, async (reader) =>
    json({
      release: reader.release,
      criteria: await registryCriteria(reader, { settings: parts.checkSettings(), signal: request.signal }),
    }),
  );
