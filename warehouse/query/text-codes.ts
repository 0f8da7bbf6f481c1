import duckdb from '@duckdb/node-bindings';

const decoder = new TextDecoder();

/** Texts of a column as codes into a dictionary of the distinct ones, in order of first sight. */
export class TextCodes {
  readonly #codes: Uint32Array<ArrayBuffer>;
  readonly #dictionary: string[] = [];
  readonly #known = new Map<string, number>();
  readonly #short = new ShortStrings();

  constructor(rows: number) {
    this.#codes = new Uint32Array(rows);
  }

  /** Gives one row its text. */
  put(row: number, text: string): void {
    this.#codes[row] = this.#codeOf(text);
  }

  /**
   * Takes a chunk of DuckDB's 16-byte strings: length, then the text itself up to 12 bytes, else a pointer to it. A short
   * text is known by its 16 bytes, a long one by its pointer (within the chunk), so each is decoded once.
   */
  putStrings(raw: Uint8Array, count: number, at: number, valid: Uint8Array | null): void {
    const words = new Uint32Array(raw.buffer, raw.byteOffset, count * 4);
    const pointers = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      if (valid !== null && ((valid[i >> 3]! >> (i & 7)) & 1) === 0) continue;
      const length = words[i * 4]!;
      if (length <= 12) {
        this.#codes[at + i] = this.#short.codeOf(words, i * 4, () =>
          this.#codeOf(decoder.decode(raw.subarray(i * 16 + 4, i * 16 + 4 + length))),
        );
        continue;
      }
      const pointer = words[i * 4 + 3]! * 0x1_0000_0000 + words[i * 4 + 2]!;
      let code = pointers.get(pointer);
      if (code === undefined) {
        const bytes = duckdb.get_data_from_pointer(raw.buffer as ArrayBuffer, raw.byteOffset + i * 16 + 8, length);
        code = this.#codeOf(decoder.decode(bytes));
        pointers.set(pointer, code);
      }
      this.#codes[at + i] = code;
    }
  }

  /** The codes, in the narrowest array that holds them, and what they stand for. */
  finish(): {
    readonly codes: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
    readonly dictionary: readonly string[];
  } {
    const size = this.#dictionary.length;
    const codes =
      size <= 0x100 ? Uint8Array.from(this.#codes) : size <= 0x1_0000 ? Uint16Array.from(this.#codes) : this.#codes;
    return { codes, dictionary: this.#dictionary };
  }

  #codeOf(text: string): number {
    let code = this.#known.get(text);
    if (code === undefined) {
      code = this.#dictionary.length;
      this.#dictionary.push(text);
      this.#known.set(text, code);
    }
    return code;
  }
}

/** A hash table from the four words of a short string to its code, so that no text is made to look one up. */
class ShortStrings {
  #slots = new Int32Array(1 << 10).fill(-1);
  #keys = new Uint32Array(4 << 10);
  #used = 0;

  /** The code of the words at `from`; `make` is called for words never seen. */
  codeOf(words: Uint32Array, from: number, make: () => number): number {
    const slot = this.#find(words, from);
    const found = this.#slots[slot]!;
    if (found >= 0) return found;
    const code = make();
    this.#put(slot, words, from, code);
    if (++this.#used * 2 > this.#slots.length) this.#grow();
    return code;
  }

  #find(words: Uint32Array, from: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(words, from) & mask;
    while (this.#slots[slot]! >= 0 && !this.#holds(slot, words, from)) slot = (slot + 1) & mask;
    return slot;
  }

  #holds(slot: number, words: Uint32Array, from: number): boolean {
    const keys = this.#keys;
    const at = slot * 4;
    return (
      keys[at] === words[from] &&
      keys[at + 1] === words[from + 1] &&
      keys[at + 2] === words[from + 2] &&
      keys[at + 3] === words[from + 3]
    );
  }

  #put(slot: number, words: Uint32Array, from: number, code: number): void {
    this.#slots[slot] = code;
    for (let word = 0; word < 4; word++) this.#keys[slot * 4 + word] = words[from + word]!;
  }

  #grow(): void {
    const slots = this.#slots;
    const keys = this.#keys;
    this.#slots = new Int32Array(slots.length * 2).fill(-1);
    this.#keys = new Uint32Array(keys.length * 2);
    for (let slot = 0; slot < slots.length; slot++) {
      if (slots[slot]! >= 0) this.#put(this.#find(keys, slot * 4), keys, slot * 4, slots[slot]!);
    }
  }
}

/** Mixes four words into one (multiplicative, with an avalanche at the end). */
const hash = (words: Uint32Array, from: number): number => {
  let mixed =
    Math.imul(words[from]!, 0x9e3779b1) ^
    Math.imul(words[from + 1]!, 0x85ebca6b) ^
    Math.imul(words[from + 2]!, 0xc2b2ae35) ^
    Math.imul(words[from + 3]!, 0x27d4eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
};
