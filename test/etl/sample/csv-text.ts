/** A row by column name; an empty field is the empty text. */
export type CsvRow = Readonly<Record<string, string>>;

/** Rows of a CSV text without line breaks in its values. */
export const parseCsv = (text: string): readonly CsvRow[] => {
  const [header = '', ...lines] = text.split('\r\n').filter((line) => line !== '');
  const names = fields(header);
  return lines.map((line) => {
    const values = fields(line);
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
  });
};

const fields = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );

/** Rows as CSV, under the columns of the first. */
export const toCsvText = (rows: readonly CsvRow[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) =>
    names.map((name) => (/[",]/.test(row[name] ?? '') ? `"${row[name]}"` : row[name])).join(','),
  );
  return `${[names.join(','), ...lines].join('\n')}\n`;
};
