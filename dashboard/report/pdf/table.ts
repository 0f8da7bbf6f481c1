import { ink } from '../../chart/drawing.ts';
import { onPaper } from '../palette.ts';
import type { ReportCell, ReportTable, TablePart, Tone } from '../report.ts';
import { paintSvg } from './picture.ts';
import type { Paper } from './paper.ts';
import { leading, type Look } from './pen.ts';

/** How a table looks where it has much room for each row, and where it has many columns. */
interface Style {
  readonly size: number;
  readonly small: number;
  /** Points between two columns, and above and below the words of a row. */
  readonly gap: number;
  readonly air: number;
}
const usual: Style = { size: 8, small: 6.5, gap: 8, air: 2 };

const tones: Readonly<Record<Tone, string>> = { improvement: ink.improve, concern: ink.concern, quiet: ink.faint };
/** A column of words is no wider than this; its words go on lines. */
const mostWidth = 150;

interface Column {
  readonly label: string;
  readonly numeric: boolean;
  /** Its place among the cells of a row. */
  readonly at: number;
  readonly width: number;
}

const lookOf = (cell: ReportCell, style: Style): Look => ({
  size: style.size,
  weight: cell.isStrong === true ? 600 : 400,
  colour: cell.tone === undefined ? ink.strong : tones[cell.tone],
});
const smallLook = (style: Style): Look => ({ size: style.small, colour: ink.faint });
const headLook = (style: Style): Look => ({ size: style.small + 0.5, weight: 500, colour: ink.faint });

/** Columns as wide as their words want, those of words sharing what is missing or left over. */
const columnsOf = (paper: Paper, table: ReportTable, style: Style): readonly Column[] => {
  const { pen } = paper;
  const rows = [...table.rows.map(({ cells }) => cells), ...(table.foot === null ? [] : [table.foot])];
  return table.columns.flatMap(({ label, numeric, only }, at) => {
    if (only === 'data') return [];
    const wants = (cell: ReportCell | undefined): number =>
      cell === undefined
        ? 0
        : Math.max(
            cell.picture?.points ?? 0,
            // What a row without a picture says in its place runs on over the columns behind it.
            only === 'page' ? 0 : pen.lengthOf(cell.text, lookOf(cell, style)),
            ...(cell.small ?? '').split('\n').map((line) => pen.lengthOf(line, smallLook(style))),
          );
    const longest = Math.max(...label.split(' ').map((word) => pen.lengthOf(word, headLook(style))));
    const width = Math.max(longest, ...rows.map((cells) => wants(cells[at])));
    return [{ label, numeric, at, width: Math.min(width + 0.5, numeric ? 110 : mostWidth) }];
  });
};

/** Words on more lines where that makes all columns fit side by side; a column of words keeps this much. */
const leastWords = 72;

const squeezed = (columns: readonly Column[], room: number, gap: number): readonly Column[] => {
  const over = columns.reduce((sum, { width }) => sum + width + gap, -gap) - room;
  const spare = columns.map(({ numeric, width }) => (numeric ? 0 : Math.max(0, width - leastWords)));
  const all = spare.reduce((sum, one) => sum + one, 0);
  if (over <= 0 || over > all) return columns;
  return columns.map((column, at) => ({ ...column, width: column.width - ((spare[at] ?? 0) * over) / all }));
};

/** Columns that fit side by side; the first stands before each further set of them. */
const setsOf = (columns: readonly Column[], room: number, gap: number): readonly (readonly Column[])[] => {
  const [first, ...others] = columns;
  if (first === undefined) return [];
  const sets: Column[][] = [[first]];
  let used = first.width;
  for (const column of others) {
    if (used + gap + column.width > room && sets.at(-1)!.length > 1) {
      sets.push([first]);
      used = first.width;
    }
    sets.at(-1)!.push(column);
    used += gap + column.width;
  }
  return sets;
};

/** Columns of a set moved to where they stand: the room left over goes to the first of them, up to what reads well. */
const placed = (columns: readonly Column[], room: number, gap: number) => {
  const used = columns.reduce((sum, { width }) => sum + width, 0) + gap * (columns.length - 1);
  const spare = Math.min(Math.max(0, room - used) / Math.max(1, columns.length - 1), 26);
  let x = 0;
  return columns.map((column) => {
    const left = x;
    x += column.width + gap + spare;
    return { ...column, left };
  });
};

type Placed = ReturnType<typeof placed>[number];

/** A cell's lines: its words, then what stands smaller beneath. */
const linesOf = (paper: Paper, cell: ReportCell, width: number, style: Style) => {
  const look = lookOf(cell, style);
  const small = smallLook(style);
  const text = cell.text === '' ? [] : paper.pen.lines(cell.text, width, look).map((line) => ({ line, look }));
  const beneath = (cell.small ?? '') === '' ? [] : paper.pen.lines(cell.small ?? '', width, small);
  return [...text, ...beneath.map((line) => ({ line, look: small }))];
};

const heightOf = (lines: readonly { readonly look: Look }[]): number =>
  lines.reduce((sum, { look }) => sum + look.size * leading, 0);

/** One set of columns of a table, its head again on each page. Answers how many rows were printed. */
const printSet = (paper: Paper, part: TablePart, columns: readonly Placed[], style: Style): number => {
  const { pen, doc } = paper;
  const { table } = part;
  const element = paper.open('Table');
  const right = (column: Placed) => paper.left + column.left + column.width;
  let printed = 0;

  const head = (): void => {
    const look = headLook(style);
    const cells = columns.map((column) => ({ column, lines: pen.lines(column.label, column.width, look) }));
    const height = Math.max(...cells.map(({ lines }) => lines.length)) * look.size * leading;
    const row = doc.struct('TR');
    element.add(row);
    for (const { column, lines } of cells) {
      const top = paper.y + height - lines.length * look.size * leading;
      const paint = () =>
        lines.forEach((line, i) =>
          pen.write(
            line,
            column.numeric ? right(column) : paper.left + column.left,
            top + i * look.size * leading,
            look,
            column.numeric ? 'right' : 'left',
          ),
        );
      row.add(doc.struct('TH', { scope: 'Column' } as object, paint));
    }
    row.end();
    paper.y += height + 3;
    paper.rule(paper.y, ink.lineStrong);
    paper.y += 1;
  };

  const body = (cells: readonly ReportCell[], isFoot = false): void => {
    const last = columns.at(-1);
    const ready = columns.map((column) => {
      const cell = { ...cells[column.at]!, ...(isFoot ? { isStrong: true } : {}) };
      // A sentence in the place of a picture takes the rest of the row.
      const runsOn = cell.picture === undefined && table.columns[column.at]?.only === 'page' && cell.text !== '';
      const width = runsOn && last ? last.left + last.width - column.left : column.width;
      return { column, cell, lines: linesOf(paper, cell, width, style) };
    });
    const pictures = ready.map(({ cell: { picture } }) =>
      picture === undefined ? 0 : (picture.height / picture.width) * picture.points,
    );
    const height = Math.max(style.size * leading, ...pictures, ...ready.map(({ lines }) => heightOf(lines)));
    if (paper.need(height + 2 * style.air)) head();
    const row = doc.struct('TR');
    element.add(row);
    for (const { column, cell, lines } of ready) {
      const { picture } = cell;
      const paint = (): void => {
        if (picture !== undefined) {
          const spot = {
            x: paper.left + column.left,
            width: picture.points,
            height: (picture.height / picture.width) * picture.points,
          };
          paintSvg(doc, picture.svg, { ...spot, y: paper.y + style.air + (height - spot.height) / 2 });
        }
        let top = paper.y + style.air;
        for (const { line, look } of lines) {
          const x = column.numeric ? right(column) : paper.left + column.left;
          pen.write(line, x, top, look, column.numeric ? 'right' : 'left');
          top += look.size * leading;
        }
      };
      const tag = column === columns[0] ? 'TH' : 'TD';
      const options = {
        ...(tag === 'TH' ? { scope: 'Row' } : {}),
        ...(picture === undefined ? {} : { alt: picture.words }),
      };
      row.add(doc.struct(tag, options, paint));
    }
    row.end();
    paper.y += height + 2 * style.air;
    paper.rule(paper.y, ink.line, 0.4);
  };

  const group = (name: string): void => {
    const look: Look = { size: style.size + 0.5, weight: 600, colour: ink.strong };
    if (paper.need(look.size * leading + 34)) head();
    paper.y += 5;
    const row = doc.struct('TR');
    element.add(row);
    row.add(doc.struct('TH', {}, () => pen.write(name, paper.left, paper.y, look)));
    row.end();
    paper.y += look.size * leading + 1;
    paper.rule(paper.y, ink.line, 0.4);
  };

  head();
  let stands: string | null = null;
  for (const row of table.rows) {
    if (row.group !== null && row.group !== stands) group(row.group);
    stands = row.group;
    body(row.cells);
    printed++;
  }
  if (table.foot !== null) {
    doc.fillColor(onPaper(ink.strong));
    body(table.foot, true);
  }
  element.end();
  paper.y += 14;
  return printed;
};

/**
 * A table over as many pages as it takes; columns that do not fit side by side follow below, behind the first.
 *
 * @throws Error where other rows were printed than the answer has: such a report is not finished
 */
export const placeTable = (paper: Paper, part: TablePart): void => {
  const style = usual;
  const columns = columnsOf(paper, part.table, style);
  const sets = setsOf(squeezed(columns, paper.width, style.gap), paper.width + 0.01, style.gap);
  paper.need(80);
  if (part.title !== '') paper.words('H2', part.title, { size: 10.5, weight: 600, colour: ink.strong }, 3);
  if (part.note !== '') paper.words('P', part.note, { size: 7.5, colour: ink.faint }, 3);
  for (const set of sets) {
    const printed = printSet(paper, part, placed(set, paper.width, style.gap), style);
    if (printed !== part.table.claimed)
      throw new Error(`a table prints ${printed} rows of the ${part.table.claimed} that were answered`);
  }
};
