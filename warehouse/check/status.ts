/**
 * How a check came out. `error`: it could not be run. `na`: no row it applies to, which is never a pass. `fail`: more of
 * them break it than its threshold allows. `pass_with`: some do, no more than allowed. `pass`: none does.
 */
export type CheckStatus = 'error' | 'na' | 'fail' | 'pass_with' | 'pass';

/** Worst first. */
export const checkStatuses: readonly CheckStatus[] = ['error', 'fail', 'pass_with', 'pass', 'na'];

/** What a check found. */
export interface CheckCounts {
  /** Rows it applies to; null where only what breaks it is counted. */
  readonly examined: number | null;
  readonly violated: number;
}

/** Relative slack that covers how doubles are rounded, and no row: 57 of 10,000 are not over 0.57 %. */
const slack = 1e-9;

/**
 * The status of counts under a threshold in % (0 to 100); at the threshold is within it. Where it is not told how many rows
 * were examined, any violation fails.
 */
export const statusOf = ({ examined, violated }: CheckCounts, threshold: number): CheckStatus => {
  if (examined === null) return violated > 0 ? 'fail' : 'pass';
  if (examined === 0 && violated === 0) return 'na';
  if (violated === 0) return 'pass';
  return violated * 100 > threshold * examined * (1 + slack) ? 'fail' : 'pass_with';
};
