import { Cron } from 'croner';
import { UserError } from './error.ts';

/** The instants a cron expression names in a time zone. */
export interface Timetable {
  /** The last instant not after `now`; null where there never was one. */
  readonly lastDue: (now: Date) => Date | null;
  /** The first instant after `now`; null where none comes. */
  readonly nextDue: (now: Date) => Date | null;
}

/**
 * Reads five cron fields (minute, hour, day, month, weekday) or @hourly, @daily, @weekly, @monthly.
 *
 * On the night clocks go forward, a time they skip comes when they have jumped; on the night they go back, a time they
 * show twice comes the first time. Schedules by interval (`*` or a step in minute or hour) follow elapsed time instead:
 * they skip the hour that never comes and run through the one that comes twice. As Vixie cron has it.
 *
 * @param timezone IANA zone
 * @throws UserError when a field is wrong, or the fields name no time that ever comes
 */
export const timetable = (expression: string, timezone: string): Timetable => {
  const key = `${timezone} ${expression}`;
  const cron = read.get(key) ?? parsed(expression, timezone);
  read.set(key, cron);
  return {
    // What is asked for is the last instant before this one, and so the millisecond makes `now` itself one of them.
    lastDue: (now) => cron.previousRuns(1, new Date(now.getTime() + 1))[0] ?? null,
    nextDue: (now) => cron.nextRun(now),
  };
};

/** Those read before: a process that stays up asks every minute. */
const read = new Map<string, Cron>();

const parsed = (expression: string, timezone: string): Cron => {
  let cron: Cron;
  try {
    cron = new Cron(expression, { timezone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/^CronPattern: /, '') : '';
    throw new UserError(`\`${expression}\` is no schedule: ${why.replace(/\.$/, '')}`, { cause, mend });
  }
  if (cron.nextRun(new Date(0)) === null)
    throw new UserError(`\`${expression}\` names no day that ever comes`, { mend });
  return cron;
};

const mend = "Write minute, hour, day, month and weekday, such as '15 5 * * *'.";
