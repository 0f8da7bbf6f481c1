/** Which rows hold a value, as DuckDB and Arrow both keep it: one bit a row, least significant first, set = there. */
export class Validity {
  readonly #rows: number;
  #bits: Uint8Array<ArrayBuffer> | null = null;

  /** Room for `rows`, all of them valid until told otherwise. */
  constructor(rows: number) {
    this.#rows = rows;
  }

  /** Takes over `count` bits for the rows from `at` on. */
  put(at: number, source: Uint8Array, count: number): void {
    const bits = this.#ensure();
    if ((at & 7) === 0) {
      const whole = count >> 3;
      bits.set(source.subarray(0, whole), at >> 3);
      for (let i = whole * 8; i < count; i++) if (!bit(source, i)) clear(bits, at + i);
    } else {
      for (let i = 0; i < count; i++) if (!bit(source, i)) clear(bits, at + i);
    }
  }

  /** Marks one row as unknown. */
  clear(row: number): void {
    clear(this.#ensure(), row);
  }

  /** The bits, or null where every row holds a value. */
  get bits(): Uint8Array<ArrayBuffer> | null {
    return this.#bits;
  }

  /** Made at the first null: most columns have none. Whole words of 8 bytes, as Arrow likes them. */
  #ensure(): Uint8Array<ArrayBuffer> {
    this.#bits ??= new Uint8Array(((this.#rows + 63) >> 6) << 3).fill(255);
    return this.#bits;
  }
}

const bit = (bits: Uint8Array, row: number): boolean => ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;

const clear = (bits: Uint8Array, row: number): void => {
  bits[row >> 3] = (bits[row >> 3] ?? 0) & ~(1 << (row & 7));
};

/** The bits for numbers in which NaN stands for unknown; null where none does. */
export const validityOf = (values: Float64Array): Uint8Array<ArrayBuffer> | null => {
  const validity = new Validity(values.length);
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) validity.clear(row);
  return validity.bits;
};

/** How many of the first `rows` bits are not set. */
export const nullCount = (bits: Uint8Array | null, rows: number): number => {
  if (bits === null) return 0;
  let nulls = 0;
  for (let row = 0; row < rows; row++) if (!bit(bits, row)) nulls++;
  return nulls;
};
