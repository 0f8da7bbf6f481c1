import { UserError } from '../../warehouse/error.ts';
import { nearest } from '../../warehouse/metric/nearest.ts';
import { standing, type Draft, type Kept, type Shelf } from '../store/kept.ts';
import type { StoreFault } from '../store/store-fault.ts';
import { problem } from './problem.ts';
import { json, type ServerParts } from './server-parts.ts';
import { jsonBody } from './view-request.ts';

/** Lists of the store that pages read and write. */
export const keptLists = ['annotations', 'views', 'alerts'] as const;
export type KeptList = (typeof keptLists)[number];

/** Characters of a body: the longest entry there may be fits. */
const longestBody = 64_000;

export const notFromHere =
  'This server can be reached from other machines and has no login, so nobody is known here and nothing is kept. Open it on the machine itself.';

/**
 * `GET /api/annotations?metric=`, `GET /api/views`, `GET /api/alerts?metric=`: `{release, isOpen, why, <list>}`, in the order
 * they were kept, those taken back too. `isOpen`: whether this server takes more; else `why` not. Alerts come with
 * `standings`: how those not taken back stand in that release; none before the first.
 */
export const answerKept = async (parts: ServerParts, list: KeptList, request: Request): Promise<Response> => {
  const { searchParams } = new URL(request.url);
  const known = list === 'views' ? [] : ['metric'];
  for (const key of searchParams.keys())
    if (!known.includes(key)) throw new UserError(`\`${key}\`: unknown key of ${list}.`, { mend: nearest(key, known) });
  const metric = searchParams.get('metric');
  const about = { isOpen: parts.loopbackOnly, why: parts.loopbackOnly ? null : notFromHere };
  const isAsked = (one: { readonly metric: string }) => metric === null || one.metric === metric;
  if (list === 'views') return json({ release: parts.served.release, ...about, views: parts.store.views.read() });
  if (list === 'annotations')
    return json({
      release: parts.served.release,
      ...about,
      annotations: parts.store.annotations.read().filter(isAsked),
    });
  const alerts = parts.store.alerts.read().filter(isAsked);
  const judged = await parts.served.use(({ reader, ready }) =>
    parts.withSlot(async () => ({
      release: reader.release,
      standings: await parts.standingsOf(reader, ready.catalogue, standing(alerts)),
    })),
  );
  return json({ release: null, standings: [], ...judged, ...about, alerts });
};

/**
 * `POST /api/annotations` {metric, where, period, kind, text, author}, `POST /api/views` {name, address, note, author},
 * `POST /api/alerts` {name, metric, where, when, grain, author}: the entry as kept.
 */
export const answerKeep = async (parts: ServerParts, list: KeptList, request: Request): Promise<Response> => {
  const draft = await draftOf(request);
  if (list !== 'views') await refuseUnknown(parts, draft);
  // Of whatever type: the shelf holds it against its own schema.
  const shelf = parts.store[list] as unknown as Shelf<Kept>;
  return json(await shelf.keep(draft as unknown as Draft<Kept>));
};

/** `POST /api/<list>/:id/retire` {author}: the entry as taken back. */
export const answerRetire = async (
  parts: ServerParts,
  list: KeptList | 'reports',
  id: string,
  request: Request,
): Promise<Response> => {
  const { author } = await draftOf(request);
  if (typeof author !== 'string') throw new UserError('`author`: say who takes it back.');
  return json(await parts.store[list].retire(id, author));
};

/** `GET /api/store.yaml`: all that is kept, as a file. */
export const answerStoreFile = ({ store }: ServerParts): Response =>
  new Response(store.yaml(), {
    headers: {
      'content-type': 'application/yaml; charset=utf-8',
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="himsight-store.yaml"',
    },
  });

/** A store that cannot be read or written: no mistake of whoever asked. */
export const storeProblem = ({ message, mend }: StoreFault): Response =>
  problem(503, {
    title: 'What is kept cannot be read or written',
    detail: [message, mend].filter(Boolean).join(' '),
  });

/** The object that a request brings. */
export const draftOf = async (request: Request): Promise<Record<string, unknown>> => {
  const body = await jsonBody(request, longestBody);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new UserError('The request body must be an object; dashboard/server/README.md says what it holds.');
  return body as Record<string, unknown>;
};

/** What is said of a metric or a dimension that nobody has would never be seen again. Before a release nothing is known. */
const refuseUnknown = async (parts: ServerParts, { metric, where, grain }: Record<string, unknown>): Promise<void> => {
  await parts.served.use(async ({ ready: { catalogue } }) => {
    const found = catalogue.metrics.find(({ id }) => id === metric);
    if (found === undefined)
      throw new UserError('`metric`: this release has no metric of this id.', {
        mend: 'GET /api/catalogue lists them.',
      });
    for (const id of Object.keys(where ?? {}))
      if (!Object.hasOwn(found.dimensions, id))
        throw new UserError('`where`: the metric is not kept by one of these dimensions.', {
          mend: `There are ${Object.keys(found.dimensions).join(', ')}.`,
        });
    if (typeof grain === 'string' && !found.grains.some((one) => one === grain))
      throw new UserError('`grain`: the metric is not kept by it.', { mend: `There are ${found.grains.join(', ')}.` });
  });
};
