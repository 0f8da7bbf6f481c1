import type { Check, CheckOverrides, CheckScan, CheckSettings } from './check.ts';

/** The scans with what a workspace sets anew; ids that no check has are not its business (see the workspace's own check). */
export const withOverrides = (scans: readonly CheckScan[], overrides: CheckOverrides = {}): readonly CheckScan[] =>
  scans.map((scan) => ({
    ...scan,
    checks: scan.checks.map((check): Check => {
      const { threshold, severity, off } = overrides[check.id] ?? {};
      return {
        ...check,
        threshold: threshold ?? check.threshold,
        severity: severity ?? check.severity,
        off: off ?? check.off,
      };
    }),
  }));

/** What the files say now of each check, to judge counts of any age by. */
export const settingsOf = (scans: readonly CheckScan[]): CheckSettings =>
  new Map(
    scans.flatMap(({ checks }) => checks.map(({ id, threshold, severity, off }) => [id, { threshold, severity, off }])),
  );
