import type { IsoDate } from './period.ts';
import type { TableChange } from './run.ts';
import type { Unit } from './format.ts';

/** What changed from one release to another, as `GET /api/releases/compare` tells it. */
export interface Comparison {
  readonly before: string;
  readonly after: string;
  /** Days the metrics are taken over in both, [from, to); null where either does not say how far it is complete. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  /** The greatest difference first. */
  readonly tables: readonly TableChange[];
  readonly metrics: readonly {
    readonly id: string;
    readonly label: string;
    readonly unit: Unit;
    readonly before: number | null;
    readonly after: number | null;
  }[];
  /** How many were held against each other. */
  readonly compared: { readonly tables: number; readonly metrics: number };
}

/** The difference of two counts, null where either is not known. */
export const difference = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;
