/**
 * A series cut where somebody recorded that the process is another one from there on. Each part is charted and judged by
 * itself: its limits come from its own points and no run, trend or pair of points reaches across (as `NHSRplotthedots`
 * does by `rebase`, `qicharts2` by `part`). Parts hold every place once, in order; none is empty unless the series is.
 *
 * @param starts first places of the parts but the first, ascending; 0 and places outside the series cut nothing
 */
export const segments = <T>(series: readonly T[], starts: readonly number[]): readonly (readonly T[])[] => {
  const cuts = [...new Set(starts)].filter((start) => start > 0 && start < series.length);
  return [0, ...cuts].map((start, i) => series.slice(start, cuts[i] ?? series.length));
};
