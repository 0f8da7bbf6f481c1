import type { ReportPlan } from './report-plan.ts';

/**
 * How a delivery went. begun: it is being drawn, or whoever drew it was stopped. sending: its mail is on the way, or whoever sent
 * it was stopped. done: it is kept, and sent where it has addresses. unclear: nobody knows whether its mail went out.
 */
export type DeliveryState = 'begun' | 'sending' | 'done' | 'failed' | 'unclear';

/** What became of a report at one moment its schedule named. */
export interface Delivery {
  /** ISO 8601, UTC: of the last thing that happened to it, and the moment it was due. */
  readonly at: string;
  readonly due: string;
  readonly state: DeliveryState;
  /** What it was drawn of; null where it was not drawn. */
  readonly release: string | null;
  /** The copy that is kept, by its name in `report/<name>` of the data folder; null where there is none. */
  readonly file: string | null;
  /** Addresses it was to go to. */
  readonly to: number;
  /** Why it failed or is unclear, and of one that is done what is worth knowing; empty otherwise. */
  readonly says: string;
  /** Of one that failed: whether a later try may do. */
  readonly isTransient: boolean;
}

/** How a plan stands: when it goes next, and what became of it last. */
export interface ReportStanding {
  /** Id of the plan. */
  readonly plan: ReportPlan['id'];
  /** ISO 8601, UTC; null where it goes only when somebody asks. */
  readonly next: string | null;
  /** null before the first. */
  readonly last: Delivery | null;
}
