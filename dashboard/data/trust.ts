import { isFailing, type Check } from './check.ts';

/** All of them, as `GET /api/checks` holds them, the worst first. */
export interface Checks {
  readonly release: string;
  readonly rows: readonly Check[];
}

/** What the checks that guard a metric found. */
export interface Trust {
  /** Checks that fail. */
  readonly broken: number;
  /** Checks that were run. */
  readonly run: number;
}

/** Metric id → what its checks found; a metric whose checks were not run is not in it. */
export const trustOf = (checks: readonly Pick<Check, 'status' | 'metrics'>[]): ReadonlyMap<string, Trust> => {
  const trust = new Map<string, Trust>();
  for (const check of checks) {
    const { status, metrics } = check;
    if (status === 'na') continue;
    for (const metric of metrics) {
      const { broken, run } = trust.get(metric) ?? { broken: 0, run: 0 };
      trust.set(metric, { broken: broken + Number(isFailing(check)), run: run + 1 });
    }
  }
  return trust;
};
