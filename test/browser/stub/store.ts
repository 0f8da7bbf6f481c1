import type { Annotation } from '../../../dashboard/store/annotation.ts';
import type { SavedView } from '../../../dashboard/store/saved-view.ts';

/** A store in memory, and how it misbehaves. */
export interface StubStore {
  annotations: Annotation[];
  views: SavedView[];
  /** Why it takes no more. */
  why: string | null;
  /** Why it cannot be read. */
  fault: string | null;
}

export const newStore = (): StubStore => ({ annotations: [], views: [], why: null, fault: null });

const pattern = /^\/api\/(annotations|views)(?:\/(\w+)\/retire)?$/;

export const isOfStore = (path: string): boolean => pattern.test(path);

const at = '2026-09-02T09:00:00.000Z';

/** What the server answers of the store: a list, or, to a body, the entry as kept or taken back. */
export const answerStore = (store: StubStore, path: string, body: string): { status: number; body: object } => {
  const [, list, id] = pattern.exec(path) as unknown as [string, 'annotations' | 'views', string | undefined];
  if (store.fault !== null) return { status: 503, body: { detail: store.fault } };
  if (body === '') return { status: 200, body: { isOpen: store.why === null, why: store.why, [list]: store[list] } };
  const sent = JSON.parse(body) as { author: string; name?: string };
  const entries = store[list] as { id: string; name?: string }[];
  if (id !== undefined) {
    const place = entries.findIndex((one) => one.id === id);
    const found = { ...entries[place]!, retired: { author: sent.author, at } };
    entries[place] = found;
    return { status: 200, body: found };
  }
  if (list === 'views' && entries.some(({ name }) => name === sent.name))
    return { status: 400, body: { detail: '`name`: there is a saved view of this name already.' } };
  const entry = { id: `0000000${entries.length}`, ...sent, at };
  entries.push(entry);
  return { status: 200, body: entry };
};
