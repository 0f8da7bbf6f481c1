import { isBroken, type CheckResult } from './explanation.ts';

/** A check as `GET /api/checks` lists it, with the metrics it guards. */
export interface Check extends CheckResult {
  readonly metrics: readonly string[];
}

/** All of them, as the release holds them. */
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
export const trustOf = (checks: readonly Check[]): ReadonlyMap<string, Trust> => {
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
