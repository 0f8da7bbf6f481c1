import { DuckDBTypeId, type DuckDBDataChunk, type DuckDBResult, type DuckDBType } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { UserError } from '../error.ts';
import type { Column, ColumnTable, NumberArray } from './column-table.ts';
import { TextCodes } from './text-codes.ts';
import { Validity } from './validity.ts';

/**
 * A whole result as typed columns, copied from DuckDB's raw vectors without a JavaScript object a value.
 *
 * Integers to 32 bits, FLOAT and DOUBLE keep their width; BIGINT, HUGEINT and DECIMAL become doubles, DATE and TIMESTAMP
 * milliseconds (what charts can draw). VARCHAR and ENUM become dictionary codes. Every other type becomes its text.
 *
 * @throws UserError naming the column where an integer lies beyond 2^53 and a double would change it
 */
export const readColumns = async (result: DuckDBResult): Promise<ColumnTable> =>
  tableOfChunks(result, await result.fetchAllChunks());

/** `readColumns` of chunks of a result that were fetched already: all of them, or the first ones. */
export const tableOfChunks = (result: DuckDBResult, fetched: readonly DuckDBDataChunk[]): ColumnTable => {
  const chunks = fetched.filter((chunk) => chunk.rowCount > 0);
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const columns = result
    .deduplicatedColumnNames()
    .map((name, index) => readColumn({ name, index, type: result.columnType(index), rows, chunks }));
  return { rows, columns };
};

interface Source {
  readonly name: string;
  readonly index: number;
  readonly type: DuckDBType;
  readonly rows: number;
  readonly chunks: readonly DuckDBDataChunk[];
}

/** The raw bytes of one chunk's vector. They point into the chunk: copy, don't keep. */
interface Part {
  readonly raw: Uint8Array;
  readonly count: number;
  /** Row of the table at which the part begins. */
  readonly at: number;
  readonly valid: Uint8Array | null;
}

const readColumn = (source: Source): Column => {
  const { name, type } = source;
  const typeId = type.typeId;
  const plain = plainArrays[typeId];
  if (plain !== undefined) return readPlain(source, plain);
  if (typeId === DuckDBTypeId.DATE) return readDate(source);
  const ticks = ticksPerMillisecond[typeId];
  if (ticks !== undefined) return readTimestamp(source, ticks);
  if (typeId === DuckDBTypeId.BOOLEAN) {
    const values = new Uint8Array(source.rows);
    return { name, kind: 'boolean', values, validity: copy(source, 1, ({ raw, at }) => values.set(raw, at)) };
  }
  const integer = integerWidths[typeId];
  if (integer !== undefined) return readWide(source, integer, 0);
  if (typeId === DuckDBTypeId.DECIMAL) {
    const { scale, width } = type as DuckDBType & { readonly scale: number; readonly width: number };
    return readWide(source, { bytes: width <= 4 ? 2 : width <= 9 ? 4 : width <= 18 ? 8 : 16, signed: true }, scale);
  }
  if (typeId === DuckDBTypeId.ENUM) return readEnum(source);
  if (typeId === DuckDBTypeId.VARCHAR) {
    const codes = new TextCodes(source.rows);
    const validity = copy(source, 16, ({ raw, count, at, valid }) => codes.putStrings(raw, count, at, valid));
    return { name, kind: 'text', ...codes.finish(), validity };
  }
  return readAsText(source);
};

/** Calls `take` with each chunk's bytes in turn; answers which rows hold a value. */
const copy = ({ index, rows, chunks }: Source, bytesPerRow: number, take: (part: Part) => void): Uint8Array | null => {
  const validity = new Validity(rows);
  let at = 0;
  for (const chunk of chunks) {
    const count = chunk.rowCount;
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
    const valid = duckdb.vector_get_validity(vector, Math.ceil(count / 64) * 8) as Uint8Array | null;
    if (valid !== null) validity.put(at, valid, count);
    take({ raw: duckdb.vector_get_data(vector, count * bytesPerRow), count, at, valid });
    at += count;
  }
  return validity.bits;
};

const plainArrays: Partial<Record<DuckDBTypeId, new (length: number) => NumberArray>> = {
  [DuckDBTypeId.TINYINT]: Int8Array,
  [DuckDBTypeId.SMALLINT]: Int16Array,
  [DuckDBTypeId.INTEGER]: Int32Array,
  [DuckDBTypeId.UTINYINT]: Uint8Array,
  [DuckDBTypeId.USMALLINT]: Uint16Array,
  [DuckDBTypeId.UINTEGER]: Uint32Array,
  [DuckDBTypeId.FLOAT]: Float32Array,
  [DuckDBTypeId.DOUBLE]: Float64Array,
};

const readPlain = (source: Source, make: new (length: number) => NumberArray): Column => {
  const values = new make(source.rows);
  const bytes = new Uint8Array(values.buffer);
  const width = values.BYTES_PER_ELEMENT;
  const validity = copy(source, width, ({ raw, at }) => bytes.set(raw, at * width));
  return { name: source.name, kind: 'number', values, validity };
};

/** Units of each timestamp type in a millisecond. */
const ticksPerMillisecond: Partial<Record<DuckDBTypeId, number>> = {
  [DuckDBTypeId.TIMESTAMP]: 1e3,
  [DuckDBTypeId.TIMESTAMP_TZ]: 1e3,
  [DuckDBTypeId.TIMESTAMP_S]: 1e-3,
  [DuckDBTypeId.TIMESTAMP_MS]: 1,
  [DuckDBTypeId.TIMESTAMP_NS]: 1e6,
};

const readDate = (source: Source): Column => {
  const values = new Float64Array(source.rows);
  const validity = copy(source, 4, ({ raw, count, at }) => {
    const days = new Int32Array(raw.buffer, raw.byteOffset, count);
    for (let i = 0; i < count; i++) values[at + i] = days[i]! * 86_400_000;
  });
  return { name: source.name, kind: 'date', values, validity };
};

/** What is finer than a millisecond is cut off towards the past. */
const readTimestamp = (source: Source, ticks: number): Column => {
  const values = new Float64Array(source.rows);
  const validity = copy(source, 8, ({ raw, count, at }) => {
    const view = new DataView(raw.buffer, raw.byteOffset, count * 8);
    for (let i = 0; i < count; i++) {
      const whole = view.getInt32(i * 8 + 4, true) * 0x1_0000_0000 + view.getUint32(i * 8, true);
      // Nanoseconds of our century lie beyond 2^53.
      const exact = Number.isSafeInteger(whole) ? whole / ticks : quotient(view.getBigInt64(i * 8, true), ticks);
      values[at + i] = Math.floor(exact);
    }
  });
  return { name: source.name, kind: 'timestamp', values, validity };
};

/** A long integer divided by a power of ten, rounded once. */
const quotient = (whole: bigint, divisor: number): number => {
  if (divisor < 1) return Number(whole) / divisor;
  const by = BigInt(divisor);
  return Number(whole / by) + Number(whole % by) / divisor;
};

interface Width {
  readonly bytes: 2 | 4 | 8 | 16;
  readonly signed: boolean;
}

const integerWidths: Partial<Record<DuckDBTypeId, Width>> = {
  [DuckDBTypeId.BIGINT]: { bytes: 8, signed: true },
  [DuckDBTypeId.UBIGINT]: { bytes: 8, signed: false },
  [DuckDBTypeId.HUGEINT]: { bytes: 16, signed: true },
  [DuckDBTypeId.UHUGEINT]: { bytes: 16, signed: false },
};

/** Integers of 2 to 16 bytes, divided by 10^scale, as doubles. */
const readWide = (source: Source, { bytes, signed }: Width, scale: number): Column => {
  const values = new Float64Array(source.rows);
  const divisor = 10 ** scale;
  const validity = copy(source, bytes, ({ raw, count, at, valid }) => {
    const view = new DataView(raw.buffer, raw.byteOffset, count * bytes);
    for (let i = 0; i < count; i++) {
      if (valid !== null && ((valid[i >> 3]! >> (i & 7)) & 1) === 0) continue;
      const whole = wholeAt(view, i * bytes, bytes, signed);
      if (typeof whole === 'number') values[at + i] = whole / divisor;
      else if (scale > 0) values[at + i] = quotient(whole, divisor);
      else throw beyondDouble(source.name);
    }
  });
  return { name: source.name, kind: 'number', values, validity };
};

/** A number where it is exact as one, up to 2^53; a bigint beyond. */
const wholeAt = (view: DataView, offset: number, bytes: Width['bytes'], signed: boolean): number | bigint => {
  if (bytes === 2) return view.getInt16(offset, true);
  if (bytes === 4) return view.getInt32(offset, true);
  if (bytes === 8) {
    const high = signed ? view.getInt32(offset + 4, true) : view.getUint32(offset + 4, true);
    const whole = high * 0x1_0000_0000 + view.getUint32(offset, true);
    return Number.isSafeInteger(whole)
      ? whole
      : signed
        ? view.getBigInt64(offset, true)
        : view.getBigUint64(offset, true);
  }
  const whole =
    ((signed ? view.getBigInt64(offset + 8, true) : view.getBigUint64(offset + 8, true)) << 64n) +
    view.getBigUint64(offset, true);
  const short = Number(whole);
  return Number.isSafeInteger(short) ? short : whole;
};

const beyondDouble = (name: string): UserError =>
  new UserError(`Column \`${name}\` holds integers beyond 2^53, which charts and JSON would change.`, {
    mend: `Ask for it as text: cast("${name}" as varchar).`,
  });

/** An ENUM's vector holds the codes of its dictionary as they stand. */
const readEnum = (source: Source): Column => {
  const { values, internalTypeId } = source.type as DuckDBType & {
    readonly values: readonly string[];
    readonly internalTypeId: DuckDBTypeId;
  };
  const make =
    internalTypeId === DuckDBTypeId.UTINYINT
      ? Uint8Array
      : internalTypeId === DuckDBTypeId.USMALLINT
        ? Uint16Array
        : Uint32Array;
  const codes = new make(source.rows);
  const bytes = new Uint8Array(codes.buffer);
  const width = codes.BYTES_PER_ELEMENT;
  const validity = copy(source, width, ({ raw, at }) => bytes.set(raw, at * width));
  return { name: source.name, kind: 'text', codes, dictionary: values, validity };
};

/** Lists, structs, intervals and whatever else has no column of its own: value by value, as DuckDB prints it. */
const readAsText = ({ name, index, rows, chunks }: Source): Column => {
  const codes = new TextCodes(rows);
  const validity = new Validity(rows);
  let row = 0;
  for (const chunk of chunks) {
    for (const value of chunk.getColumnValues(index)) {
      if (value === null) validity.clear(row);
      else codes.put(row, String(value));
      row++;
    }
  }
  return { name, kind: 'text', ...codes.finish(), validity: validity.bits };
};
