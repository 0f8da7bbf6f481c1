import { UserError } from '../../warehouse/error.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { aboutAnswer, encodeTable, mediaTypes, type TableFormat } from '../../warehouse/query/encode.ts';
import type { ColumnTable } from '../../warehouse/query/column-table.ts';
import { standings } from '../../warehouse/query/standings.ts';
import { survival } from '../../warehouse/query/survival.ts';
import { viewSql } from '../../warehouse/query/view-sql.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';
import { jsonBody, standingsOfAddress, wantedFormat } from './view-request.ts';

/** `POST /api/query`: a view's answer, as an Arrow stream or JSON by `Accept`. */
export const answerQuery = async (parts: ServerParts, request: Request): Promise<Response> => {
  const view = readViewState(await jsonBody(request));
  return onRelease(parts, async (reader, { catalogue }) => {
    const answered = await answer(reader, catalogue, view, request.signal);
    return tableResponse(answered.table, aboutAnswer(answered), wantedFormat(request));
  });
};

/** `POST /api/survival`: the curves of a view that asks for one Kaplan–Meier metric. */
export const answerSurvival = async (parts: ServerParts, request: Request): Promise<Response> => {
  const view = readViewState(await jsonBody(request));
  const [metric, ...others] = view.metrics;
  if (metric === undefined || others.length > 0)
    throw new UserError('`metrics`: a curve is drawn of one metric; name just one.');
  return onRelease(parts, async (reader, { catalogue }) => {
    const table = await survival(reader, catalogue, view, metric, request.signal);
    return tableResponse(table, { release: reader.release, metric }, wantedFormat(request));
  });
};

/** `POST /api/sql`: the statements behind a view, to be read, copied and run by hand. */
export const answerSql = async (parts: ServerParts, request: Request): Promise<Response> => {
  const view = readViewState(await jsonBody(request));
  return onRelease(parts, async (reader, { catalogue }) =>
    json({ release: reader.release, statements: viewSql(catalogue, view) }),
  );
};

/** `GET /api/standing?metrics=…`: policy and evidence status against the targets in force. */
export const answerStanding = (parts: ServerParts, request: Request): Promise<Response> => {
  const question = standingsOfAddress(new URL(request.url).searchParams);
  return onRelease(parts, async (reader, { catalogue }) =>
    json(await standings(reader, catalogue, question, request.signal)),
  );
};

/** A table as the response, in one of its forms. */
export const tableResponse = async (
  table: ColumnTable,
  about: Readonly<Record<string, unknown>>,
  format: TableFormat,
): Promise<Response> =>
  new Response(await encodeTable(table, about, format), {
    headers: { 'content-type': mediaTypes[format], 'cache-control': 'no-store', vary: 'accept' },
  });
