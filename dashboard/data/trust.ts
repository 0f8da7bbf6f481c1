import type { CheckResult } from './explanation.ts';

/** A check as `GET /api/checks` lists it, with the metrics it guards. */
export interface Check extends CheckResult {
  readonly metrics: readonly string[];
}

/** All of them, as the release holds them. */
export interface Checks {
  readonly release: string;
  readonly checks: readonly Check[];
}

/** What the checks that guard a metric found. */
export interface Trust {
  /** Checks that some row broke. */
  readonly broken: number;
  /** Checks that were run. */
  readonly run: number;
}

/** Metric id → what its checks found; a metric whose checks were not run is not in it. */
export const trustOf = (checks: readonly Check[]): ReadonlyMap<string, Trust> => {
  const trust = new Map<string, Trust>();
  for (const { status, metrics } of checks) {
    if (status === 'not run') continue;
    for (const metric of metrics) {
      const { broken, run } = trust.get(metric) ?? { broken: 0, run: 0 };
      trust.set(metric, { broken: broken + Number(status === 'failed'), run: run + 1 });
    }
  }
  return trust;
};
