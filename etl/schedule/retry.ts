import type { Source } from '../workspace/workspace.ts';
import type { Look } from './past-run.ts';

/** However often it doubles, no wait is longer than this. */
const longestMinutes = 60;

/** Tries after the first, and minutes before the second: 5, 10 and 20 minutes unless the source says otherwise. */
const retryOf = ({ retry = {} }: Pick<Source, 'retry'>) => ({ times: retry.times ?? 3, minutes: retry.minutes ?? 5 });

/** Looks that a second try may mend without anybody: a fault that passes, or a run that did not get to its end. */
export const mayPass = ({ outcome }: Look): boolean => ['passing', 'stopped', 'running'].includes(outcome);

/**
 * When the next try is to be made after looks for one and the same scheduled time, the newest last.
 *
 * @returns null where none is: it went well, only somebody can mend it, or every try was made
 */
export const retryAt = (source: Pick<Source, 'retry'>, looks: readonly Look[]): Date | null => {
  const newest = looks.at(-1);
  if (newest === undefined || !mayPass(newest)) return null;
  const { times, minutes } = retryOf(source);
  const tries = looks.filter(mayPass).length;
  if (tries > times) return null;
  const wait = Math.min(longestMinutes, minutes * 2 ** (tries - 1));
  return new Date(Date.parse(newest.lastAt) + wait * 60_000);
};
