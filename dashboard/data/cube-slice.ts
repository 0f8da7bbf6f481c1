import type { Cube, CubeCells } from './cube.ts';
import { dayNumber, isoDay } from './cube.ts';
import { nextPeriod, type IsoDate } from './period.ts';

/** What is cut out of a cube: days, filters and splits as in a view state. */
export interface Cut {
  /** First day, included, and first day after, ISO. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** null: all of it is one period. */
  readonly grain: string | null;
  readonly by: readonly string[];
  /** Dimension → values kept; the empty text is not recorded, an empty list keeps everything. */
  readonly where: Readonly<Record<string, readonly string[]>>;
}

/** The groups of a cut, in the order in which the server lists them, and the cells that belong to them. */
export interface Slice {
  /** Periods and groups. */
  readonly rows: number;
  /** First day of each row's period; null without grain. */
  readonly period: readonly IsoDate[] | null;
  /** A column each split: each row's value, null where it is not recorded. */
  readonly groups: readonly (readonly (string | null)[])[];
  /** Cells of the cut, and the row that each adds to. */
  readonly cells: Uint32Array;
  readonly rowOf: Uint32Array;
}

/** More rows than this could be are not made room for: the server sorts them out. */
export const mostPlaces = 1_000_000;

/** The first day of the period a day falls in; weeks begin on Monday. */
export const periodStart = (day: IsoDate, grain: string): IsoDate => {
  if (grain === 'day') return day;
  if (grain === 'week') {
    const number = dayNumber(day);
    return isoDay(number - ((((number + 3) % 7) + 7) % 7));
  }
  const [year = '', month = ''] = day.split('-');
  if (grain === 'year') return `${year}-01-01`;
  const first = grain === 'quarter' ? Number(month) - ((Number(month) - 1) % 3) : Number(month);
  return `${year}-${String(first).padStart(2, '0')}-01`;
};

/** Which period each day of a table falls in: a place among `starts`; −1 outside of the cut, or not of the stock counted. */
const periodsOf = ({ days, isStock }: CubeCells, { from, to, grain }: Cut) => {
  const [low, high] = [dayNumber(from), dayNumber(to)];
  const starts: IsoDate[] = [];
  const after: number[] = [];
  const placeOf = new Int32Array(days.length).fill(-1);
  days.forEach((day, at) => {
    if (day < low || day >= high) return;
    if (starts.length === 0 || (grain !== null && day >= (after.at(-1) ?? 0))) {
      const start = grain === null ? from : periodStart(isoDay(day), grain);
      starts.push(start);
      after.push(grain === null ? high : dayNumber(nextPeriod(start, grain)));
    }
    placeOf[at] = starts.length - 1;
  });
  // A stock is what stood on the last date of each period, whatever is filtered.
  if (isStock) for (let at = 0; at < days.length - 1; at++) if (placeOf[at] === placeOf[at + 1]) placeOf[at] = -1;
  return { starts, placeOf };
};

/** The values of a dimension that filters keep, by their place; null: all. */
const keptOf = (values: readonly string[], kept: readonly string[]): Uint8Array | null => {
  if (kept.length === 0) return null;
  const wanted = new Set(kept);
  return Uint8Array.from({ length: values.length + 1 }, (_, place) =>
    Number(place === values.length ? wanted.has('') : values[place] !== '' && wanted.has(values[place] ?? '')),
  );
};

/** The cells of a table that a cut takes, by row. Null where there could be more rows than room is made for. */
export const sliceOf = (cube: Cube, table: CubeCells, cut: Cut): Slice | null => {
  const { starts, placeOf } = periodsOf(table, cut);
  const inCut = [...placeOf.keys()].filter((day) => placeOf[day]! >= 0);
  const at = (id: string): number => cube.about.by.indexOf(id);
  const masks = Object.entries(cut.where).flatMap(([id, kept]) => {
    const mask = keptOf(table.values[at(id)] ?? [], kept);
    return mask === null ? [] : [{ mask, codes: table.codes[at(id)] ?? new Uint32Array(table.rows) }];
  });
  const splits = cut.by.map((id) => ({
    codes: table.codes[at(id)] ?? new Uint32Array(table.rows),
    size: (table.values[at(id)]?.length ?? 0) + 1,
  }));
  const places = splits.reduce((product, { size }) => product * size, Math.max(1, starts.length));
  if (places > mostPlaces) return null;

  // Column by column: each pass is one plain loop over numbers of one type, which is what runs fast.
  const [first, last] = [table.dayAt.indexOf(inCut.at(0) ?? -1), table.dayAt.lastIndexOf(inCut.at(-1) ?? -1) + 1];
  const size = first < 0 ? 0 : last - first;
  const place = new Int32Array(size);
  for (let i = 0; i < size; i++) place[i] = placeOf[table.dayAt[first + i]!]!;
  for (const { mask, codes } of masks) dropUnkept(place, codes.subarray(first, last), mask);
  for (const split of splits) addPlaces(place, split.codes.subarray(first, last), split.size);
  const isTaken = new Uint8Array(places);
  const cells = new Uint32Array(size);
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (place[i]! < 0) continue;
    isTaken[place[i]!] = 1;
    place[count] = place[i]!;
    cells[count++] = first + i;
  }

  const rowAt = new Uint32Array(places);
  const taken: number[] = [];
  for (let one = 0; one < places; one++) if (isTaken[one] === 1) rowAt[one] = taken.push(one) - 1;
  // Without a split of any kind there is one row, if of nothing.
  if (cut.grain === null && cut.by.length === 0 && taken.length === 0) taken.push(0);
  return {
    rows: taken.length,
    ...namesOf(table, cut, { starts, taken, sizes: splits.map(({ size }) => size), at }),
    cells: cells.subarray(0, count),
    rowOf: rowsAt(place.subarray(0, count), rowAt),
  };
};

/** Marks cells with −1 whose value a filter does not keep. */
const dropUnkept = (place: Int32Array, codes: Uint32Array, mask: Uint8Array): void => {
  for (let i = 0; i < place.length; i++) if (mask[codes[i]!] === 0) place[i] = -1;
};

/** Makes room under each place for the values of a split. */
const addPlaces = (place: Int32Array, codes: Uint32Array, size: number): void => {
  for (let i = 0; i < place.length; i++) if (place[i]! >= 0) place[i] = place[i]! * size + codes[i]!;
};

const rowsAt = (place: Int32Array, rowAt: Uint32Array): Uint32Array => {
  const rows = new Uint32Array(place.length);
  for (let i = 0; i < place.length; i++) rows[i] = rowAt[place[i]!]!;
  return rows;
};

/** From the places of rows back to the period and values that each stands for. */
const namesOf = (
  table: CubeCells,
  { by, grain }: Cut,
  {
    starts,
    taken,
    sizes,
    at,
  }: {
    readonly starts: readonly IsoDate[];
    readonly taken: readonly number[];
    readonly sizes: readonly number[];
    readonly at: (id: string) => number;
  },
): Pick<Slice, 'period' | 'groups'> => {
  const groups = by.map((id, i) => {
    const under = sizes.slice(i + 1).reduce((product, size) => product * size, 1);
    const values = table.values[at(id)] ?? [];
    return taken.map((place) => values[Math.floor(place / under) % sizes[i]!] ?? null);
  });
  const all = sizes.reduce((product, size) => product * size, 1);
  return { groups, period: grain === null ? null : taken.map((place) => starts[Math.floor(place / all)] ?? '') };
};

/** A sum by row of a slice. */
export const summed = (column: Float64Array, { rows, cells, rowOf }: Slice): Float64Array<ArrayBuffer> => {
  const sums = new Float64Array(rows);
  for (let i = 0; i < cells.length; i++) sums[rowOf[i]!]! += column[cells[i]!]!;
  return sums;
};

/** The least (or, with a sign of −1, the most) by row of a slice; NaN of a row without cells. */
export const least = (column: Float64Array, { rows, cells, rowOf }: Slice, sign: 1 | -1): Float64Array<ArrayBuffer> => {
  const ends = new Float64Array(rows).fill(NaN);
  for (let i = 0; i < cells.length; i++) {
    const [row, value] = [rowOf[i]!, column[cells[i]!]!];
    if (!(ends[row]! * sign <= value * sign)) ends[row] = value;
  }
  return ends;
};
