/**
 * When a run begins: now, or just after the last run began where the clock has gone back since. Runs are folded in the
 * order of their ids, so that a clock that was put right must not let older news come after newer.
 *
 * @param ids of the runs so far, oldest first, as `YYYYMMDDTHHMMSSZ-` and the milliseconds in three hex digits
 */
export const afterLastRun = (ids: readonly string[], now: Date): Date => {
  const last = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([0-9a-f]{3})/.exec(ids.at(-1) ?? '');
  if (last === null) return now;
  const [year, month, day, hours, minutes, seconds] = last.slice(1, 7).map(Number) as [
    ...[number, number, number, number, number, number],
  ];
  const began = Date.UTC(year, month - 1, day, hours, minutes, seconds, parseInt(last[7]!, 16));
  return began < now.getTime() ? now : new Date(began + 1);
};
