const day = 86_400_000;

/**
 * The instant, ISO 8601 in UTC, at which the clocks of a zone show a wall time.
 *
 * A time they show twice in autumn is the first of the two; one they skip in spring is taken by the clock of before.
 *
 * @param wall ISO date or timestamp without an offset
 * @param timezone IANA zone
 */
export const utcOf = (wall: string, timezone: string): string => {
  const shown = Date.parse(`${wall.length === 10 ? `${wall}T00:00:00` : wall.replace(' ', 'T')}Z`);
  const offsets = [offsetAt(shown - day, timezone), offsetAt(shown + day, timezone)] as const;
  const fits = offsets
    .map((offset) => shown - offset)
    .filter((instant) => instant + offsetAt(instant, timezone) === shown);
  return new Date(fits.length > 0 ? Math.min(...fits) : shown - offsets[0]).toISOString();
};

/** Milliseconds by which a zone's clocks are ahead of UTC at an instant. */
const offsetAt = (instant: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(instant);
  const at = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  const toTheSecond = Math.floor(instant / 1000) * 1000;
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second')) - toTheSecond;
};
