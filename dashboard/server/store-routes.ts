import { UserError } from '../../warehouse/error.ts';
import { nearest } from '../../warehouse/metric/nearest.ts';
import type { Draft, Kept, Shelf } from '../store/kept.ts';
import type { StoreFault } from '../store/store-fault.ts';
import { problem } from './problem.ts';
import { json, type ServerParts } from './server-parts.ts';
import { jsonBody } from './view-request.ts';

/** Lists of the store that pages read and write. */
export const keptLists = ['annotations', 'views'] as const;
export type KeptList = (typeof keptLists)[number];

/** Characters of a body: the longest entry there may be fits. */
const longestBody = 64_000;

const notFromHere =
  'This server can be reached from other machines and has no login, so nobody is known here and nothing is kept. Open it on the machine itself.';

/**
 * `GET /api/annotations?metric=`, `GET /api/views`: `{release, isOpen, why, <list>}`, in the order they were kept, those
 * taken back too. `isOpen`: whether this server takes more; else `why` not.
 */
export const answerKept = (parts: ServerParts, list: KeptList, request: Request): Response => {
  const { searchParams } = new URL(request.url);
  const known = list === 'annotations' ? ['metric'] : [];
  for (const key of searchParams.keys())
    if (!known.includes(key)) throw new UserError(`\`${key}\`: unknown key of ${list}.`, { mend: nearest(key, known) });
  const metric = searchParams.get('metric');
  const entries: readonly Kept[] =
    list === 'views'
      ? parts.store.views.read()
      : parts.store.annotations.read().filter((one) => metric === null || one.metric === metric);
  return json({
    release: parts.served.release,
    isOpen: parts.loopbackOnly,
    why: parts.loopbackOnly ? null : notFromHere,
    [list]: entries,
  });
};

/** `POST /api/annotations` {metric, where, period, kind, text, author}, `POST /api/views` {name, address, note, author}: the entry as kept. */
export const answerKeep = async (parts: ServerParts, list: KeptList, request: Request): Promise<Response> => {
  const draft = await draftOf(request);
  if (list === 'annotations') await refuseUnknown(parts, draft);
  // Of whatever type: the shelf holds it against its own schema.
  const shelf = parts.store[list] as unknown as Shelf<Kept>;
  return json(await shelf.keep(draft as unknown as Draft<Kept>));
};

/** `POST /api/annotations/:id/retire` {author}, `POST /api/views/:id/retire` {author}: the entry as taken back. */
export const answerRetire = async (
  parts: ServerParts,
  list: KeptList,
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

const draftOf = async (request: Request): Promise<Record<string, unknown>> => {
  const body = await jsonBody(request, longestBody);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new UserError('The request body must be an object; dashboard/server/README.md says what it holds.');
  return body as Record<string, unknown>;
};

/** What is said of a metric or a dimension that nobody has would never be seen again. Before a release nothing is known. */
const refuseUnknown = async (parts: ServerParts, { metric, where }: Record<string, unknown>): Promise<void> => {
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
  });
};
