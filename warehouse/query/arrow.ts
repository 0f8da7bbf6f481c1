import type { Data } from 'apache-arrow';
import {
  Bool,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int8,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  Uint16,
  Uint32,
  Uint8,
  Utf8,
  Vector,
  makeData,
  tableToIPC,
  type DataType,
} from 'apache-arrow';
import type { Answer } from './answer.ts';
import type { Column, ColumnTable, NumberArray, TextColumn } from './column-table.ts';
import { nullCount } from './validity.ts';

/** An answer as an Arrow IPC stream; release, asOf, completeThrough and metrics (JSON) stand in the schema's metadata. */
export const toArrow = (answer: Answer): Uint8Array =>
  tableToArrow(answer.table, {
    release: answer.release,
    asOf: answer.asOf,
    completeThrough: answer.completeThrough ?? '',
    metrics: JSON.stringify(answer.metrics),
  });

/**
 * A table as an Arrow IPC stream in one record batch, column by column and without a copy where the bytes agree.
 *
 * Numbers keep their width, dates and timestamps are Timestamp(ms), texts are dictionaries.
 */
export const tableToArrow = (table: ColumnTable, metadata: Readonly<Record<string, string>> = {}): Uint8Array => {
  const children = table.columns.map((column) => columnData(column, table.rows));
  const fields = table.columns.map((column, i) => new Field(column.name, children[i]!.type, column.validity !== null));
  const schema = new Schema(fields, new Map(Object.entries(metadata)));
  const data = makeData({ type: new Struct(fields), length: table.rows, nullCount: 0, children });
  return tableToIPC(new Table(schema, new RecordBatch(schema, data)), 'stream');
};

const columnData = (column: Column, rows: number): Data => {
  const shared = { length: rows, nullCount: nullCount(column.validity, rows), nullBitmap: column.validity };
  switch (column.kind) {
    case 'number':
      return makeData({ type: numberType(column.values), ...shared, data: column.values } as Parameters<
        typeof makeData
      >[0]);
    case 'date':
    case 'timestamp':
      return makeData({ type: new TimestampMillisecond(), ...shared, data: wholeMilliseconds(column.values) });
    case 'boolean':
      return makeData({ type: new Bool(), ...shared, data: packBits(column.values) });
    case 'text':
      return makeData({
        type: new Dictionary(new Utf8(), codeType(column)),
        ...shared,
        data: column.codes,
        dictionary: utf8(column.dictionary),
      } as Parameters<typeof makeData>[0]);
  }
};

const numberType = (values: NumberArray): DataType => {
  if (values instanceof Float64Array) return new Float64();
  if (values instanceof Float32Array) return new Float32();
  if (values instanceof Int32Array) return new Int32();
  if (values instanceof Int16Array) return new Int16();
  if (values instanceof Int8Array) return new Int8();
  if (values instanceof Uint32Array) return new Uint32();
  if (values instanceof Uint16Array) return new Uint16();
  return new Uint8();
};

const codeType = ({ codes }: TextColumn): Uint8 | Uint16 | Uint32 =>
  codes instanceof Uint8Array ? new Uint8() : codes instanceof Uint16Array ? new Uint16() : new Uint32();

/** Doubles to the 64-bit integers of Arrow, written as two halves: no BigInt is made. */
const wholeMilliseconds = (values: Float64Array): BigInt64Array<ArrayBuffer> => {
  const whole = new BigInt64Array(values.length);
  const halves = new Int32Array(whole.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const high = Math.floor(value / 0x1_0000_0000);
    halves[2 * i] = value - high * 0x1_0000_0000;
    halves[2 * i + 1] = high;
  }
  return whole;
};

const packBits = (values: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bits = new Uint8Array(((values.length + 63) >> 6) << 3);
  for (let i = 0; i < values.length; i++) if (values[i] === 1) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
};

/** Texts as one Arrow vector in one pass; apache-arrow's own builder takes about ten times as long. */
const utf8 = (texts: readonly string[]): Vector<Utf8> => {
  const encoder = new TextEncoder();
  const offsets = new Int32Array(texts.length + 1);
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length * 3, 0));
  let end = 0;
  texts.forEach((text, i) => {
    end += encoder.encodeInto(text, bytes.subarray(end)).written;
    offsets[i + 1] = end;
  });
  const data = makeData({
    type: new Utf8(),
    length: texts.length,
    nullCount: 0,
    valueOffsets: offsets,
    data: bytes.subarray(0, end),
  });
  return new Vector([data]);
};
