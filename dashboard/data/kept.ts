import type { Alert } from '../store/alert.ts';
import type { AlertStanding } from '../store/alert-standing.ts';
import type { Annotation } from '../store/annotation.ts';
import type { Draft, Kept } from '../store/kept.ts';
import type { ReportPlan } from '../store/report-plan.ts';
import type { SavedView } from '../store/saved-view.ts';
import { get, send } from './request.ts';

/** What people keep of one kind, as the server tells it. */
export interface KeptList<T extends Kept> {
  /** In the order kept, those taken back too. */
  readonly entries: readonly T[];
  /** How alerts stand in the release served; none of other lists. */
  readonly standings: readonly AlertStanding[];
  /** Why this server takes no more; null where it does. */
  readonly why: string | null;
}

interface Lists {
  readonly annotations: Annotation;
  readonly views: SavedView;
  readonly alerts: Alert;
  readonly reports: ReportPlan;
}

export type ListName = keyof Lists;
export type EntryOf<L extends ListName> = Lists[L];

/** What is kept of one kind; annotations and alerts of one metric alone where it is named. @throws RequestError */
export const fetchKept = async <L extends ListName>(
  list: L,
  metric: string | null,
  signal: AbortSignal,
): Promise<KeptList<EntryOf<L>>> => {
  const query = metric === null ? '' : `?${new URLSearchParams({ metric }).toString()}`;
  const told = await get<
    Record<L, readonly EntryOf<L>[]> & { readonly why: string | null; readonly standings?: readonly AlertStanding[] }
  >(`/api/${list}${query}`, signal);
  return { entries: told[list], standings: told.standings ?? [], why: told.why };
};

const post = async (path: string, body: unknown): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  await send(path, { method: 'POST', body: JSON.stringify(body), headers });
};

/** Keeps one more. @throws RequestError with the server's sentence where it is refused */
export const keepEntry = <L extends ListName>(list: L, draft: Draft<EntryOf<L>>): Promise<void> =>
  post(`/api/${list}`, draft);

/** Takes one back. @throws RequestError */
export const retireEntry = (list: ListName, id: string, author: string): Promise<void> =>
  post(`/api/${list}/${encodeURIComponent(id)}/retire`, { author });
