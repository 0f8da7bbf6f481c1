/** How a column of a text table is set. */
export interface TextColumn {
  readonly name: string;
  readonly align: 'left' | 'right';
}

const bold = (text: string, colour: boolean): string => (colour ? `\u001b[1m${text}\u001b[0m` : text);

/** Width on a terminal: wide (East Asian, emoji) characters take two cells, combining marks none. */
const cells = (text: string): number => {
  let width = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text))
    width +=
      /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
        segment,
      )
        ? 2
        : 1;
  return width;
};

const padded = (text: string, width: number, align: 'left' | 'right'): string => {
  const space = ' '.repeat(Math.max(0, width - cells(text)));
  return align === 'right' ? space + text : text + space;
};

/** Cuts to a width, saying so by an ellipsis. */
const clipped = (text: string, width: number): string => {
  if (cells(text) <= width) return text;
  let out = '';
  for (const character of text) {
    if (cells(out + character) > width - 1) break;
    out += character;
  }
  return `${out}…`;
};

/**
 * Rows as a table for people: a head, columns two spaces apart, numbers flush right, line breaks as spaces.
 *
 * Where `width` is given, the last left-flush column gives way when a line would be longer.
 */
export const textTable = (
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  { colour = false, width = null }: { readonly colour?: boolean; readonly width?: number | null } = {},
): string => {
  const clean = rows.map((row) => row.map((text) => text.replaceAll(/\s+/g, ' ')));
  const widths = columns.map(({ name }, i) =>
    clean.reduce((most, row) => Math.max(most, cells(row[i] ?? '')), cells(name)),
  );
  const total = widths.reduce((sum, each) => sum + each, 2 * (widths.length - 1));
  const elastic = columns.findLastIndex(({ align }) => align === 'left');
  if (width !== null && total > width && elastic >= 0)
    widths[elastic] = Math.max(12, (widths[elastic] ?? 0) - (total - width));
  const line = (texts: readonly string[]): string =>
    columns
      .map(({ align }, i) => padded(clipped(texts[i] ?? '', widths[i] ?? 0), widths[i] ?? 0, align))
      .join('  ')
      .trimEnd();
  return [bold(line(columns.map(({ name }) => name)), colour), ...clean.map(line)].join('\n') + '\n';
};
