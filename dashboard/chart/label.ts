/** Plex Sans at 12 px takes about this many pixels a letter; the rest is the space to the axis. */
const letter = 6.5;
const gap = 14;

/** The room that the longest label wants, in pixels, but no more than `most`. */
export const labelWidth = (labels: readonly string[], most: number): number =>
  Math.min(most, Math.max(40, ...labels.map((label) => label.length * letter + gap)));

/** The label, cut to what fits `width` pixels; the table beside the chart has it whole. */
export const shortened = (label: string, width: number): string => {
  const letters = Math.floor((width - gap) / letter);
  return label.length > letters ? `${label.slice(0, Math.max(1, letters - 1))}…` : label;
};
