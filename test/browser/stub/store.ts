import type { Alert } from '../../../dashboard/store/alert.ts';
import type { AlertStanding } from '../../../dashboard/store/alert-standing.ts';
import type { Annotation } from '../../../dashboard/store/annotation.ts';
import type { ReportPlan } from '../../../dashboard/store/report-plan.ts';
import type { ReportStanding } from '../../../dashboard/store/report-standing.ts';
import type { SavedView } from '../../../dashboard/store/saved-view.ts';

/** A store in memory, and how it misbehaves. */
export interface StubStore {
  annotations: Annotation[];
  views: SavedView[];
  alerts: Alert[];
  /** How the alerts stand; one without a standing here has just been kept, and is quiet. */
  standings: AlertStanding[];
  reports: ReportPlan[];
  /** How the plans go; one without a standing here has just been kept. */
  reportStandings: ReportStanding[];
  /** Why no report can be mailed. */
  mail: string | null;
  /** The addresses of the reports drawn so far. */
  drawn: string[];
  /** Why no report can be drawn, as a sentence. */
  undrawn: string | null;
  /** Why it takes no more. */
  why: string | null;
  /** Why it cannot be read. */
  fault: string | null;
}

export const newStore = (): StubStore => ({
  ...{ annotations: [], views: [], alerts: [], standings: [] },
  ...{ reports: [], reportStandings: [], drawn: [], mail: null, undrawn: null },
  ...{ why: null, fault: null },
});

const pattern = /^\/api\/(annotations|views|alerts|reports)(?:\/(\w+)\/retire)?$/;

export const isOfStore = (path: string): boolean => pattern.test(path);

const at = '2026-09-02T09:00:00.000Z';

const standingsOf = ({ alerts, standings }: StubStore): readonly AlertStanding[] =>
  alerts
    .filter(({ retired }) => retired === undefined)
    .map(
      ({ id }) =>
        standings.find(({ alert }) => alert === id) ?? {
          ...{ alert: id, state: 'quiet', says: 'It was judged just now.', period: '2026-08-01', value: 0.1 },
          ...{ since: null, told: null, history: [] },
        },
    );

const reportsOf = ({ reports, reportStandings, mail }: StubStore): object => ({
  ...{ reports, standings: reportStandings, mail },
  builtIns: [
    { name: 'scorecard', title: 'HIM scorecard', pages: ['/'] },
    { name: 'coding', title: 'Coding accuracy', pages: ['/coding', '/kpi/code_accuracy_auditor', '/kpi/drg_accuracy'] },
  ],
});

/** What the server answers of the store: a list, or, to a body, the entry as kept or taken back. */
export const answerStore = (store: StubStore, path: string, body: string): { status: number; body: object } => {
  const [, list, id] = pattern.exec(path) as unknown as [
    string,
    'annotations' | 'views' | 'alerts' | 'reports',
    string | undefined,
  ];
  if (store.fault !== null) return { status: 503, body: { detail: store.fault } };
  if (body === '') {
    const about = { isOpen: store.why === null, why: store.why };
    if (list === 'reports') return { status: 200, body: { ...about, ...reportsOf(store) } };
    return { status: 200, body: { ...about, [list]: store[list], standings: standingsOf(store) } };
  }
  const sent = JSON.parse(body) as { author: string; name?: string };
  const entries = store[list] as { id: string; name?: string }[];
  if (id !== undefined) {
    const place = entries.findIndex((one) => one.id === id);
    const found = { ...entries[place]!, retired: { author: sent.author, at } };
    entries[place] = found;
    return { status: 200, body: found };
  }
  if (list === 'reports' && store.undrawn !== null) return { status: 400, body: { detail: store.undrawn } };
  if (list === 'views' && entries.some(({ name }) => name === sent.name))
    return { status: 400, body: { detail: '`name`: there is a saved view of this name already.' } };
  const entry = { id: `0000000${entries.length}`, ...sent, at };
  entries.push(entry);
  return { status: 200, body: entry };
};
