/** `unjudged`: there is nothing to hold it against, or nothing that may be said. It is never told as news. */
export type AlertState = 'fires' | 'quiet' | 'unjudged';

/** What became of an alert in one release. Nothing of it is kept in the store: each release judges anew. */
export interface AlertVerdict {
  readonly state: AlertState;
  /** A sentence for a person: metric, period, value, and what it was held against; no value of a filter. */
  readonly says: string;
  /** First day of the last complete period, ISO; null where there is none. */
  readonly period: string | null;
  /** In the metric's unit; null where it is not known or withheld. */
  readonly value: number | null;
}

/** A verdict that was written down. */
export interface AlertMoment extends AlertVerdict {
  /** When it was judged: ISO 8601, UTC. */
  readonly at: string;
  readonly release: string;
}

/** How an alert stands in the release on show. */
export interface AlertStanding extends AlertVerdict {
  /** Id of the alert. */
  readonly alert: string;
  /** When the first release in a row was judged in which it fires; null where it does not, or none was yet. */
  readonly since: AlertMoment | null;
  /** When somebody was last told of it, ISO 8601; null: nobody was. */
  readonly told: string | null;
  /** Where its state was another than in the release judged before, the newest first. */
  readonly history: readonly AlertMoment[];
}
