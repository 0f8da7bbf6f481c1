import { UserError } from '../../warehouse/error.ts';
import { releaseFacts } from '../../warehouse/query/release-facts.ts';
import { tableToRows } from '../../warehouse/query/text-formats.ts';
import { mostWorklistRows, worklistRows } from '../../warehouse/worklist/worklist-rows.ts';
import { tooLong } from '../report/table-workbook.ts';
import { fileResponse } from './export-routes.ts';
import { problem } from './problem.ts';
import { json, onRelease, type ServerParts } from './server-parts.ts';
import { jsonBody, wherePairs } from './view-request.ts';

/** `GET /api/worklists`: which lists the release can show, and whether their ids can be labelled here. */
export const answerWorklists = (parts: ServerParts): Promise<Response> =>
  onRelease(parts, async (reader, { worklists }) =>
    json({
      release: reader.release,
      labels: parts.labels !== null,
      worklists: worklists.map(({ from: _from, where: _where, order: _order, dimensions, ...list }) => ({
        ...list,
        dimensions: Object.keys(dimensions),
      })),
    }),
  );

/**
 * `GET /api/worklist/:id?limit=&offset=&where=dimension=value`, `.csv`, `.xlsx`, `.parquet` or
 * `.arrow` for the whole as a file: rows by surrogate, never a label. `about=yes` puts what it speaks of before a CSV.
 */
export const answerWorklist = (parts: ServerParts, name: string, request: Request): Promise<Response> =>
  onRelease(parts, async (reader, { worklists }) => {
    const [, stem = name, ending = null] = /^(.*)\.(csv|xlsx|parquet|arrow)$/.exec(name) ?? [];
    const isFile = ending !== null;
    const list = worklists.find(({ id }) => id === stem);
    if (list === undefined)
      return problem(404, {
        title: 'There is no such worklist',
        detail: `This release has ${worklists.map(({ id }) => id).join(', ') || 'none'}.`,
      });
    const query = new URL(request.url).searchParams;
    const where = wherePairs(query.getAll('where'));
    // A file holds the whole list, whatever part of it the page shows.
    const page = isFile
      ? { where, limit: null, offset: 0 }
      : { where, limit: wholeOf(query, 'limit', 100), offset: wholeOf(query, 'offset', 0) };
    const { total, table } = await worklistRows(reader, list, page, request.signal);
    if (!isFile) return json({ release: reader.release, id: list.id, total, ...page, rows: tableToRows(table) });
    const { completeThrough } = await releaseFacts(reader);
    const about = { list: list.label, release: reader.release, completeThrough, where };
    const says = ending === 'xlsx' ? tooLong(table) : null;
    if (says !== null) return problem(400, { title: 'Too long for a workbook', detail: says });
    return fileResponse(table, about, { ending, stem: list.id, saysAbout: query.get('about') === 'yes' });
  });

const wholeOf = (query: URLSearchParams, key: string, otherwise: number): number => {
  const text = query.get(key);
  if (text === null) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`\`${key}\` is a whole number such as ${otherwise}.`);
};

/** `POST /api/labels` {kind, ids, worklist}: what the desk calls these surrogates. Written down before it is answered. */
export const answerLabels = async (parts: ServerParts, request: Request): Promise<Response> => {
  if (parts.labels === null)
    return problem(404, {
      title: 'No labels here',
      detail:
        'This server has no label file: himsight.yaml names one under server.labels, and labels are shown on the machine itself only.',
    });
  const { kind, ids, worklist } = readLook(await jsonBody(request));
  const labels = await parts.labels({ kind, ids, worklist, release: parts.served.release });
  return json({ kind, labels: Object.fromEntries(labels) });
};

interface Look {
  readonly kind: string;
  readonly ids: readonly string[];
  readonly worklist: string | null;
}

const readLook = (body: unknown): Look => {
  const { kind, ids, worklist } = (body ?? {}) as Record<string, unknown>;
  const isTexts = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  if (typeof kind !== 'string' || !isTexts || ids.length > mostWorklistRows)
    throw new UserError(
      `Labels are asked for as {"kind": "encounter", "ids": […]}, at most ${mostWorklistRows} ids at a time.`,
    );
  return { kind, ids, worklist: typeof worklist === 'string' ? worklist : null };
};
