/** What the comment at the top of an SQL file says; it becomes the table comment and the dictionary entry. */
export interface Header {
  /** The first sentence ("One row per …"), on one line; empty where the file has no header. */
  readonly summary: string;
  /** Every labelled part by its label in lower case (`key`, `counts`, `excludes`, `kind` …), lines kept apart. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Labels known even when one space alone stands after them; any other needs two, so that prose is not taken for one. */
const LABELS = 'Key|Counts|Excludes|Range|Ties|Source|Kind|Follows|Severity|Version|Types|Examines';
const LABELLED = new RegExp(`^(?:(${LABELS})\\s+|([A-Z][A-Za-z]*)\\s{2,})(\\S.*)$`);

const commentLines = (text: string, mark: string): string[] => {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (!line.startsWith(mark)) break;
    lines.push(line.slice(mark.length).replace(/^ /, '').trimEnd());
  }
  return lines;
};

/**
 * Reads the header: the block of comment lines that opens a file.
 *
 * The summary runs to the first empty or labelled line. A label stands at the margin with its text after it; lines
 * indented beneath continue it. `mark` is what opens a comment line: `--` in SQL, `#` in a reference CSV.
 */
export const readHeader = (text: string, mark = '--'): Header => {
  const summary: string[] = [];
  const fields: Record<string, string> = {};
  let label: string | null = null;
  for (const line of commentLines(text, mark)) {
    const [, known, other, rest] = LABELLED.exec(line) ?? [];
    const indented = /^\s/.test(line);
    if (summary.length > 0 && rest !== undefined) {
      label = (known ?? other ?? '').toLowerCase();
      fields[label] = rest.trim();
    } else if (label !== null && indented) fields[label] = `${fields[label] ?? ''}\n${line.trim()}`;
    else if (label === null && line.trim() !== '') summary.push(line.trim());
    else if (label === null && summary.length > 0) label = '';
  }
  delete fields[''];
  return { summary: summary.join(' '), fields };
};

/** Names listed in a labelled part, such as `audit_id, line`; none where the part is missing. */
export const namesIn = (part: string | undefined): readonly string[] =>
  (part ?? '').split(/[\s,]+/).filter((name) => name !== '');
