import { statusOf } from '../../warehouse/check/status.ts';
import type { FailingCheck } from '../ledger/failing-check.ts';
import type { PastRun } from '../schedule/past-run.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Trouble } from './trouble.ts';

/**
 * Checks that fail in the release that is served and did not keep it back, a trouble each, as the workspace judges them now.
 * They fail since the first of the releases in a row in which they did; runs that published none say nothing of them.
 */
export const failing = (
  { config: { checks: overrides = {} } }: Pick<Workspace, 'config'>,
  runs: readonly PastRun[],
): readonly Trouble[] => {
  const published = runs.flatMap(({ failing: checks, ...run }) => (checks === null ? [] : [{ ...run, checks }]));
  const last = published.at(-1);
  return (last?.checks ?? []).flatMap((check): readonly Trouble[] => {
    if (!isFailing(check, overrides[check.id])) return [];
    const before = published.findLastIndex(({ checks }) => !checks.some(({ id }) => id === check.id));
    return [
      {
        ...{ id: `check:${check.id}`, kind: 'check', source: null, since: published[before + 1]!.startedAt },
        says: `${check.says} ${counted(check)}`,
        mend: 'The release is published, and its figures that rest on this are in doubt. Mend the rows where they come from.',
        command: `checks --id ${check.id}`,
        run: last!.id,
      },
    ];
  });
};

/** Severity, threshold and a reason not to ask are set without a run, so they are those of this moment. */
const isFailing = (
  { threshold, error, ...counts }: FailingCheck,
  override: NonNullable<Workspace['config']['checks']>[string],
): boolean => {
  if (override?.off !== undefined || (override?.severity ?? 'convention') !== 'convention') return false;
  if (error !== undefined || threshold === null) return true;
  return statusOf(counts, override?.threshold ?? threshold) === 'fail';
};

const counted = ({ examined, violated, threshold, error }: FailingCheck): string => {
  if (error !== undefined) return `It could not be asked: ${error}.`;
  const number = new Intl.NumberFormat('en-US');
  const of = examined === null ? '' : ` of ${number.format(examined)}`;
  const over = threshold === null || threshold === 0 ? '' : `; up to ${threshold} % may`;
  return `${number.format(violated)}${of} rows break it${over}.`;
};
