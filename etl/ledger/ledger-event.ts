import type { BatchReport } from '../land/batch-report.ts';
import type { FailingCheck } from './failing-check.ts';

/** What an event says of its job, in OpenLineage's words: it began, goes on, ended well, ended badly, was stopped. */
export type EventType = 'START' | 'RUNNING' | 'COMPLETE' | 'FAIL' | 'ABORT';

/** What Himsight adds to an OpenLineage event, as himsight-run-facet.schema.json has it. No value from any row ever stands in it. */
export interface LedgerFacet {
  /** 1 to 9: the steps of a release, as the handbook of the engine numbers them. Marks that the step begins. */
  readonly step?: number;
  readonly stepName?: string;
  readonly source?: string;
  readonly batch?: BatchReport;
  readonly model?: ModelReport;
  /** Of the last event of a run: the release that is served then, or null where none is. */
  readonly release?: string | null;
  /** Of the last event of job `run`, where it published a release: what fails in it and did not keep it back. */
  readonly failing?: readonly FailingCheck[];
  readonly exitCode?: number;
  /** Overrides what type and exit code say by themselves. */
  readonly outcome?: RunOutcome;
  readonly message?: string;
  /** Of the first event of job `run`: the sources it looks at, and which of their scheduled times it is for. */
  readonly turns?: readonly Turn[];
  /** Of the last event of job `run`: what failed may be gone on a second try. */
  readonly isTransient?: boolean;
  /** Stack of an error that is our fault. */
  readonly error?: string;
}

/** A run's look at one source. */
export interface Turn {
  readonly source: string;
  /** The time its schedule named, ISO 8601 in UTC; null where somebody ran it. */
  readonly due: string | null;
}

/** One model of a run. */
export interface ModelReport {
  readonly name: string;
  readonly action: 'keep' | 'build';
  /** What of it was built; null where it was kept. Ledgers written before it was kept have none. */
  readonly by?: 'units' | 'months' | 'whole' | null;
  /** Why it was built whole, where there was a release to build on; null otherwise. */
  readonly why?: string | null;
  /** Rows it has now; null for a view. */
  readonly rows: number | null;
  readonly seconds: number;
  /** Relations it reads. Ledgers written before it was kept have none. */
  readonly reads?: readonly string[];
}

export type RunOutcome = 'running' | 'done' | 'no-op' | 'held' | 'failed' | 'aborted';

/**
 * One line of a ledger: an OpenLineage run event, with `himsight` among the facets of its run.
 *
 * In old ledgers `runId` is the folder's name and no UUID: readers go by the folder.
 */
export interface LedgerEvent {
  readonly eventType: EventType;
  readonly eventTime: string;
  readonly run: { readonly runId: string; readonly facets: { readonly himsight?: LedgerFacet } };
  readonly job: { readonly namespace: string; readonly name: string };
}
