import { registryBasis } from '../../warehouse/query/registry/basis.ts';
import { cancerSurvival } from '../../warehouse/query/registry/cancer-survival.ts';
import { rates } from '../../warehouse/query/registry/rates.ts';
import { readRatesView } from '../../warehouse/query/registry/rates-view.ts';
import { readCancerSurvivalView } from '../../warehouse/query/registry/survival-view.ts';
import { tableResponse } from './query-routes.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';
import { jsonBody, wantedFormat } from './view-request.ts';

/** `GET /api/registry-basis`: what rates and survival of the release stand on, and so what may be asked. */
export const answerRegistryBasis = (parts: ServerParts): Promise<Response> =>
  onRelease(parts, async (reader) => json(await registryBasis(reader)));

/** `POST /api/rates`: incidence rates, as an Arrow stream or JSON by `Accept`. */
export const answerRates = async (parts: ServerParts, request: Request): Promise<Response> => {
  const view = readRatesView(await jsonBody(request));
  return onRelease(parts, async (reader) => {
    const { table, ...about } = await rates(reader, view, request.signal);
    return tableResponse(table, about, wantedFormat(request));
  });
};

/** `POST /api/registry-survival`: survival of a cohort, in the same two forms. */
export const answerRegistrySurvival = async (parts: ServerParts, request: Request): Promise<Response> => {
  const view = readCancerSurvivalView(await jsonBody(request));
  return onRelease(parts, async (reader) => {
    const { table, ...about } = await cancerSurvival(reader, view, request.signal);
    return tableResponse(table, { ...about }, wantedFormat(request));
  });
};
