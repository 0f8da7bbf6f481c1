import type { Compiled } from '../../warehouse/model/compiled.ts';
import type { Release } from '../../warehouse/release.ts';

/** A check or a promise that failed in a release and did not keep it back. No value of a row stands in it. */
export interface FailingCheck {
  readonly id: string;
  /** What holds where nothing is wrong, as a sentence. */
  readonly says: string;
  /** Rows it is about; null where that is not told. */
  readonly examined: number | null;
  readonly violated: number;
  /** Share of violations allowed, in %; null for a promise, which allows none. */
  readonly threshold: number | null;
  /** Kind of the failure that kept it from being run; left out where it could be. */
  readonly error?: string;
}

/**
 * What fails in a release that was published: checks that put numbers in doubt, and promises that only warn. What describes
 * the data and what a workspace does not ask are none of them.
 */
export const failingChecks = (
  { checks: scans }: Pick<Compiled, 'checks'>,
  { checks, asserts }: Pick<Release, 'checks' | 'asserts'>,
): readonly FailingCheck[] => {
  const asked = new Map(scans.flatMap((scan) => scan.checks.map((check) => [check.id, check] as const)));
  return [
    ...checks.flatMap(({ id, status, examined, violated, error }): readonly FailingCheck[] => {
      const { says, severity, threshold, off } = asked.get(id)!;
      if (severity !== 'convention' || off !== null || (status !== 'fail' && status !== 'error')) return [];
      return [{ id, says, examined, violated, threshold, ...(error === null ? {} : { error }) }];
    }),
    ...asserts
      .filter(({ severity, violations }) => severity === 'warn' && violations > 0)
      .map(({ name: id, summary: says, examined, violations: violated }) => ({
        ...{ id, says, examined, violated, threshold: null },
      })),
  ];
};
