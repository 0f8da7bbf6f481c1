/** What a record scanner is told to look for. */
export interface Dialect {
  /** Byte that separates fields, or null: a record is a line and quotes mean nothing (NDJSON). */
  readonly delimiter: number | null;
}

/** One record as it lies in the text. */
export interface RecordPlace {
  /** 0 for the first record, which in a CSV file is its header. */
  readonly ordinal: number;
  /** Physical line on which it begins, from 1. */
  readonly line: number;
  /** Physical lines it spans; more than 1 where a quoted value holds line breaks. */
  readonly lines: number;
  /** Offset of its first byte in the text, after decompression. */
  readonly start: number;
  /** Offset after its last byte; the line break is not part of it. */
  readonly end: number;
}

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Counts the records and lines of a text that arrives in chunks, by RFC 4180 and nothing else.
 *
 * It is the second opinion to the CSV reader: a quote that nobody closes swallows the rest of a file there without a
 * word, here it leaves a line number. Blank lines are lines and no records.
 */
export class RecordScanner {
  /** Physical lines that have ended. */
  lines = 0;
  /** Records that have ended, the header among them. */
  records = 0;
  /** Lines of the longest record. */
  longest = 0;
  /** Bytes seen. */
  bytes = 0;
  /** Line of the first record of several lines in which text follows a closing quote, or null: a quote went astray. */
  strayQuoteLine: number | null = null;
  /** Lines that end in LF alone and in CR LF. */
  lfLines = 0;
  crlfLines = 0;
  /** The first line whose ending is not that of the lines before it, or null. */
  mixedLine: number | null = null;

  /** Offset of the record being read. */
  recordStart = 0;

  readonly #delimiter: number;
  readonly #quote: number;
  readonly #onRecord: ((place: RecordPlace) => void) | null;
  #isQuoted = false;
  /** The last chunk ended on a quote within quotes: the next byte says whether it closed them. */
  #isPending = false;
  /** The last byte, and the last one that was no space. */
  #previous = LF;
  #previousSolid = LF;
  #recordLine = 1;
  #quoteLine = 1;
  #isStray = false;

  constructor({ delimiter }: Dialect, onRecord: ((place: RecordPlace) => void) | null = null) {
    this.#delimiter = delimiter ?? LF;
    this.#quote = delimiter === null ? -1 : QUOTE;
    this.#onRecord = onRecord;
  }

  write(bytes: Uint8Array): void {
    const hasMark = this.bytes === 0 && byteOrderMark.every((byte, i) => bytes[i] === byte);
    const chunk = hasMark ? bytes.subarray(byteOrderMark.length) : bytes;
    if (hasMark) this.bytes = this.recordStart = byteOrderMark.length;
    const hasQuotes = this.#quote === QUOTE && chunk.includes(QUOTE);
    let i = 0;
    while (i < chunk.length)
      i = this.#isQuoted ? this.#quoted(chunk, i) : hasQuotes ? this.#unquoted(chunk, i) : this.#plain(chunk, i);
    this.bytes += chunk.length;
    this.#previous = chunk.at(-1) ?? this.#previous;
    this.#previousSolid = solidBefore(chunk, chunk.length) ?? this.#previousSolid;
  }

  /** To be called once, after the last chunk. Returns the line on which a quote opened that was never closed, or null. */
  end(): number | null {
    if (this.#isQuoted && !this.#isPending) return this.#quoteLine;
    if (this.bytes > this.recordStart) {
      if (this.#previous !== LF) this.lines += 1;
      this.#endRecord(this.#previous === CR ? this.bytes - 1 : this.bytes, this.bytes);
    }
    return null;
  }

  /** `#unquoted` for a chunk without a quote: twice as fast, and most chunks are such. */
  #plain(chunk: Uint8Array, from: number): number {
    for (let i = chunk.indexOf(LF, from); i >= 0; i = chunk.indexOf(LF, i + 1))
      this.#endLine(i, i > 0 ? chunk[i - 1]! : this.#previous);
    return chunk.length;
  }

  /** Reads from `i` up to a quote that opens or the end of the chunk; returns where to go on. */
  #unquoted(chunk: Uint8Array, i: number): number {
    const quote = this.#quote;
    for (const length = chunk.length; i < length; i++) {
      const byte = chunk[i]!;
      if (byte === LF) this.#endLine(i, i > 0 ? chunk[i - 1]! : this.#previous);
      else if (byte === quote && this.#isFieldStart(solidBefore(chunk, i) ?? this.#previousSolid)) {
        this.#isQuoted = true;
        this.#quoteLine = this.lines + 1;
        return i + 1;
      }
    }
    return i;
  }

  /** Reads from `i` up to the quote that closes or the end of the chunk; returns where to go on. */
  #quoted(chunk: Uint8Array, i: number): number {
    const length = chunk.length;
    if (this.#isPending) {
      this.#isPending = false;
      if (chunk[i] !== QUOTE) return this.#close(chunk, i);
      i += 1;
    }
    for (; i < length; i++) {
      const byte = chunk[i]!;
      if (byte === LF) this.lines += 1;
      else if (byte === QUOTE) {
        if (i + 1 === length) this.#isPending = true;
        else if (chunk[i + 1] !== QUOTE) return this.#close(chunk, i + 1);
        else i += 1;
      }
    }
    return i;
  }

  /** The byte at `i` follows a closing quote. */
  #close(chunk: Uint8Array, i: number): number {
    const byte = chunk[i]!;
    this.#isQuoted = false;
    if (byte !== this.#delimiter && byte !== LF && byte !== CR && byte !== SPACE) this.#isStray = true;
    return i;
  }

  #isFieldStart(before: number): boolean {
    return before === this.#delimiter || before === LF;
  }

  #endLine(index: number, before: number): void {
    const end = this.bytes + index;
    this.lines += 1;
    if (before === CR) this.crlfLines += 1;
    else this.lfLines += 1;
    if (this.mixedLine === null && this.crlfLines > 0 && this.lfLines > 0) this.mixedLine = this.lines;
    this.#endRecord(before === CR ? end - 1 : end, end + 1);
  }

  #endRecord(end: number, next: number): void {
    if (end > this.recordStart) {
      const lines = this.lines - this.#recordLine + 1;
      if (lines > this.longest) this.longest = lines;
      if (this.#isStray && lines > 1) this.strayQuoteLine ??= this.#recordLine;
      this.#onRecord?.({ ordinal: this.records, line: this.#recordLine, lines, start: this.recordStart, end });
      this.records += 1;
    }
    this.#isStray = false;
    this.recordStart = next;
    this.#recordLine = this.lines + 1;
  }
}

/** The last byte before `end` that is no space, or undefined: there is none in this chunk. */
const solidBefore = (chunk: Uint8Array, end: number): number | undefined => {
  let i = end - 1;
  while (i >= 0 && chunk[i] === SPACE) i -= 1;
  return chunk[i];
};
