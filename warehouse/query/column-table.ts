/** Rows as named columns of typed arrays: what leaves DuckDB, what is computed on, what becomes Arrow. Never row objects. */
export interface ColumnTable {
  readonly rows: number;
  readonly columns: readonly Column[];
}

interface Named {
  readonly name: string;
  /** Bit i (least significant first) is set where row i holds a value; null = every row does. */
  readonly validity: Uint8Array | null;
}

export type NumberArray =
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

export interface NumberColumn extends Named {
  readonly kind: 'number';
  readonly values: NumberArray;
}

/** Milliseconds since 1970-01-01 UTC; a date is its midnight. */
export interface TimeColumn extends Named {
  readonly kind: 'date' | 'timestamp';
  readonly values: Float64Array<ArrayBuffer>;
}

/** Row i holds `dictionary[codes[i]]`. */
export interface TextColumn extends Named {
  readonly kind: 'text';
  readonly codes: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  readonly dictionary: readonly string[];
}

/** 1 = true, 0 = false. */
export interface BooleanColumn extends Named {
  readonly kind: 'boolean';
  readonly values: Uint8Array<ArrayBuffer>;
}

export type Column = NumberColumn | TimeColumn | TextColumn | BooleanColumn;

/** What one cell holds, for people and JSON: dates and timestamps in ISO 8601, null = not known. */
export type Cell = string | number | boolean | null;

/** Whether the row holds a value. */
export const isValid = ({ validity }: Named, row: number): boolean =>
  validity === null || ((validity[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;

/** The column of that name. @throws Error when there is none: the caller made the table. */
export const columnNamed = (table: ColumnTable, name: string): Column => {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined)
    throw new Error(`no column ${name}; there is ${table.columns.map((c) => c.name).join(', ')}`);
  return column;
};

/** One cell: text, number (NaN and infinities as null, as JSON knows neither), true or false, ISO 8601 or null. */
export const cell = (column: Column, row: number): Cell => {
  if (!isValid(column, row)) return null;
  switch (column.kind) {
    case 'text':
      return column.dictionary[column.codes[row] ?? 0] ?? null;
    case 'boolean':
      return column.values[row] === 1;
    case 'number': {
      const value = column.values[row] ?? NaN;
      return Number.isFinite(value) ? value : null;
    }
    case 'date':
      return iso(column.values[row], 10);
    case 'timestamp':
      return iso(column.values[row], 24);
  }
};

/** ISO 8601 cut to `length` characters; null beyond what a JavaScript date can say (DuckDB's `infinity`). */
const iso = (ms: number | undefined, length: 10 | 24): string | null => {
  const date = new Date(ms ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, length);
};
