import { tableFromIPC } from 'apache-arrow';
import type { CubeAbout } from '../../warehouse/query/cube.ts';
import type { IsoDate } from './period.ts';

/** The cells of one relation, in order of their days; column by column. */
export interface CubeCells {
  readonly rows: number;
  /** Each cell's place among `days`. */
  readonly dayAt: Uint32Array;
  /** The days that cells begin on, ascending, as days since 1970-01-01; those whose day is not known come last, as Infinity. */
  readonly days: readonly number[];
  /** A dimension's place in the cube → each cell's place among its values; after the last of them: not known. */
  readonly codes: readonly Uint32Array[];
  readonly values: readonly (readonly string[])[];
  /** `a0`, `b0`, `k0` … → the sum in each cell, as whole numbers of their scale. */
  readonly sums: ReadonlyMap<string, Float64Array>;
  readonly isStock: boolean;
  readonly isOfClusters: boolean;
}

/** Sums by period and dimension, over all days and unfiltered: see warehouse/query/cube.ts. */
export interface Cube {
  readonly about: CubeAbout;
  readonly tables: readonly CubeCells[];
}

const millisecondsPerDay = 86_400_000;

/** Whole days from 1970-01-01 to an ISO date. */
export const dayNumber = (date: IsoDate): number => Date.parse(date) / millisecondsPerDay;

/** The opposite of {@link dayNumber}. */
export const isoDay = (day: number): IsoDate => new Date(day * millisecondsPerDay).toISOString().slice(0, 10);

/** Reads the tables of a cube, Arrow streams, in the order they are told of. @throws Error where one lacks a column */
export const readCube = (about: CubeAbout, streams: readonly Uint8Array[]): Cube => ({
  about,
  tables: about.tables.map((told, i) => readCells(told, streams[i] ?? new Uint8Array())),
});

const readCells = ({ values, isStock, isOfClusters }: CubeAbout['tables'][number], stream: Uint8Array): CubeCells => {
  const table = tableFromIPC(stream);
  const rows = table.numRows;
  const column = (name: string) => {
    const vector = table.getChild(name);
    if (vector === null) throw new Error(`The cube has no ${name}.`);
    return (rows === 0 ? new Float64Array(0) : vector.toArray()) as Float64Array;
  };
  const sums = table.schema.fields.map(({ name }) => name).filter((name) => !/^(day|d\d+)$/.test(name));
  return {
    ...{ rows, values, isStock, isOfClusters },
    ...placed(Int32Array.from(column('day'))),
    codes: values.map((_, i) => Uint32Array.from(column(`d${i}`))),
    sums: new Map(sums.map((name) => [name, column(name)])),
  };
};

/** Days come ascending, unknown ones (the least number) last. */
const placed = (day: Int32Array): Pick<CubeCells, 'dayAt' | 'days'> => {
  const days: number[] = [];
  const dayAt = new Uint32Array(day.length);
  let last: number | null = null;
  for (let row = 0; row < day.length; row++) {
    if (day[row] !== last) {
      last = day[row] ?? 0;
      days.push(last === -(2 ** 31) ? Infinity : last);
    }
    dayAt[row] = days.length - 1;
  }
  return { dayAt, days };
};
