/** Plex Sans at 12 px takes about this many pixels a letter; the rest is the space to the axis. */
const letter = 6.5;
const gap = 14;

/** The height of a row whose label may stand on two lines, in pixels. */
export const labelRow = 30;

const lettersIn = (width: number): number => Math.max(2, Math.floor((width - gap) / letter));

/** The text, or as many letters of it as there is room for, saying so by an ellipsis. */
export const cut = (text: string, letters: number): string =>
  text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;

/** The room that the longest label wants, in pixels, but no more than `most`. */
export const labelWidth = (labels: readonly string[], most: number): number =>
  Math.min(most, Math.max(40, ...labels.map((label) => label.length * letter + gap)));

/** The label on one line, cut where it does not fit `width` pixels; the table has it whole. */
export const shortened = (label: string, width: number): string => cut(label, lettersIn(width));

/** The label on as many lines as it takes to fit `width` pixels, two at most and the second cut; the table has it whole. */
export const fitted = (label: string, width: number): string => {
  const letters = lettersIn(width);
  if (label.length <= letters) return label;
  const space = label.lastIndexOf(' ', letters);
  return space <= 0 ? cut(label, letters) : `${label.slice(0, space)}\n${cut(label.slice(space + 1), letters)}`;
};
