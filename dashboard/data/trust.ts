import type { Check } from './check.ts';
import { isBroken, type CheckResult } from './explanation.ts';

/** What of a check says how far a number can be trusted. */
export interface Guard extends CheckResult {
  /** Ids of the metrics it guards. */
  readonly metrics: readonly string[];
}

/** All of them, as `GET /api/checks` holds them, the worst first. */
export interface Checks {
  readonly release: string;
  readonly rows: readonly Check[];
}

/** What the checks that guard a metric found. */
export interface Trust {
  /** Checks that more rows break than allowed, or that could not be run. */
  readonly broken: number;
  /** Checks that had something to examine, or should have. */
  readonly run: number;
}

/** Metric id → what its checks found; a metric whose checks had nothing to examine is not in it. */
export const trustOf = (checks: readonly Guard[]): ReadonlyMap<string, Trust> => {
  const trust = new Map<string, Trust>();
  for (const check of checks) {
    if (check.status === 'na') continue;
    for (const metric of check.metrics) {
      const { broken, run } = trust.get(metric) ?? { broken: 0, run: 0 };
      trust.set(metric, { broken: broken + Number(isBroken(check)), run: run + 1 });
    }
  }
  return trust;
};
