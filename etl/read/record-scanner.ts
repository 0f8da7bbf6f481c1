/** What a record scanner is told to look for. */
export interface Dialect {
  /** Byte that separates fields, or null: a record is a line and quotes mean nothing (NDJSON). */
  readonly delimiter: number | null;
  /** Byte that quotes fields, null where none does; `"` where left out. */
  readonly quote?: number | null;
  /** Lines at its beginning that are no records; none where left out. */
  readonly skippedLines?: number;
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
const DOUBLE_QUOTE = 34;
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
  /** Lines of the record of most lines. */
  longest = 0;
  /** Line of the record of most bytes, and how many. */
  largestLine = 1;
  largest = 0;
  /** Bytes seen. */
  bytes = 0;
  /** Line of the first record of several lines in which text follows a closing quote, or null: a quote went astray. */
  strayQuoteLine: number | null = null;
  /** Lines that end in LF alone and in CR LF. */
  lfLines = 0;
  crlfLines = 0;
  /** The first line whose ending is not that of the lines before it, or null. */
  mixedLine: number | null = null;
  /** The first line with a carriage return that no line feed follows, outside quotes, or null. */
  returnLine: number | null = null;
  /** Line of the first record all of whose several lines have the columns of the header, or null: a quote hides rows. */
  hidingLine: number | null = null;
  /** Line of the first record with columns beyond the header's, all empty, or null: DuckDB's reader drops them unsaid. */
  overlongLine: number | null = null;
  /** Whether no first row shows, by as many columns as the header, that this is one. */
  isFirstRowOdd = true;

  /** Offset of the record being read. */
  recordStart = 0;

  readonly #delimiter: number;
  readonly #quote: number;
  /** Lines are records, whatever stands in them. */
  readonly #isPlain: boolean;
  readonly #skippedLines: number;
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
  /** Delimiters of a record: of the header, of this one outside quotes, of those before its last value, within quotes. */
  #wanted = 0;
  #outside = 0;
  #filled = 0;
  #inside = 0;
  /** Delimiters of this record in the lines that have ended, and whether each of these has as many as the header. */
  #counted = 0;
  #isLikeRows = true;

  constructor(
    { delimiter, quote = DOUBLE_QUOTE, skippedLines = 0 }: Dialect,
    onRecord: ((place: RecordPlace) => void) | null = null,
  ) {
    this.#delimiter = delimiter ?? LF;
    this.#quote = delimiter === null ? -1 : (quote ?? -1);
    this.#isPlain = delimiter === null;
    this.#skippedLines = skippedLines;
    this.#onRecord = onRecord;
  }

  write(bytes: Uint8Array): void {
    const hasMark = this.bytes === 0 && byteOrderMark.every((byte, i) => bytes[i] === byte);
    const chunk = hasMark ? bytes.subarray(byteOrderMark.length) : bytes;
    if (hasMark) this.bytes = this.recordStart = byteOrderMark.length;
    const hasQuotes = this.#quote >= 0 && chunk.includes(this.#quote);
    const isPlain = this.#isPlain || !(hasQuotes || chunk.includes(CR) || this.#previous === CR);
    let i = 0;
    while (i < chunk.length)
      i = this.#isQuoted ? this.#quoted(chunk, i) : isPlain ? this.#plain(chunk, i) : this.#unquoted(chunk, i);
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

  /** `#unquoted` for a chunk without quotes and carriage returns: twice as fast, and most chunks are such. */
  #plain(chunk: Uint8Array, from: number): number {
    let start = from;
    for (let i = chunk.indexOf(LF, from); i >= 0; i = chunk.indexOf(LF, start)) {
      const before = i > 0 ? chunk[i - 1]! : this.#previous;
      // Of whole lines but the header and the first row only those that end in a delimiter can have empty columns too many.
      if (start === from || this.records <= 1 || before === this.#delimiter) this.#count(chunk, start, i);
      this.#endLine(i, before);
      start = i + 1;
    }
    this.#count(chunk, start, chunk.length);
    return chunk.length;
  }

  #count(chunk: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++)
      if (chunk[i] === this.#delimiter) this.#outside += 1;
      else this.#filled = this.#outside;
  }

  /** Reads from `i` up to a quote that opens or the end of the chunk; returns where to go on. */
  #unquoted(chunk: Uint8Array, i: number): number {
    const delimiter = this.#delimiter;
    let before = i > 0 ? chunk[i - 1]! : this.#previous;
    for (const length = chunk.length; i < length; i++) {
      const byte = chunk[i]!;
      if (byte === LF) this.#endLine(i, before);
      else if (before === CR) this.returnLine ??= this.lines + 1;
      if (byte === delimiter) this.#outside += 1;
      else if (byte === this.#quote && this.#isFieldStart(solidBefore(chunk, i) ?? this.#previousSolid)) {
        this.#isQuoted = true;
        this.#quoteLine = this.lines + 1;
        return i + 1;
      } else if (byte !== CR && byte !== LF) this.#filled = this.#outside;
      before = byte;
    }
    return i;
  }

  /** Reads from `i` up to the quote that closes or the end of the chunk; returns where to go on. */
  #quoted(chunk: Uint8Array, i: number): number {
    const { length } = chunk;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    if (this.#isPending) {
      this.#isPending = false;
      if (chunk[i] !== quote) return this.#close(chunk, i);
      this.#filled = this.#outside;
      i += 1;
    }
    for (; i < length; i++) {
      const byte = chunk[i]!;
      if (byte === quote) {
        if (i + 1 === length) this.#isPending = true;
        else if (chunk[i + 1] !== quote) return this.#close(chunk, i + 1);
        else i += 1;
        if (this.#isPending) continue;
      } else if (byte === delimiter) this.#inside += 1;
      else if (byte === LF) {
        this.lines += 1;
        this.#countLine();
      }
      this.#filled = this.#outside;
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
    if (end > this.recordStart && this.#recordLine > this.#skippedLines) {
      const lines = this.lines - this.#recordLine + 1;
      if (lines > this.longest) this.longest = lines;
      if (end - this.recordStart > this.largest) {
        this.largest = end - this.recordStart;
        this.largestLine = this.#recordLine;
      }
      this.#lookAtColumns(lines);
      this.#onRecord?.({ ordinal: this.records, line: this.#recordLine, lines, start: this.recordStart, end });
      this.records += 1;
    }
    this.#isStray = false;
    this.#isLikeRows = true;
    this.#outside = this.#filled = this.#inside = this.#counted = 0;
    this.recordStart = next;
    this.#recordLine = this.lines + 1;
  }

  #lookAtColumns(lines: number): void {
    if (this.records === 0) this.#wanted = this.#outside;
    if (this.records === 1) this.isFirstRowOdd = this.#outside !== this.#wanted;
    if (this.#outside > this.#wanted && this.#filled <= this.#wanted) this.overlongLine ??= this.#recordLine;
    if (lines === 1) return;
    if (this.#isStray) this.strayQuoteLine ??= this.#recordLine;
    this.#countLine();
    const fits = this.#outside === this.#wanted && this.#wanted > 0 && this.records > 0;
    if (fits && this.#isLikeRows) this.hidingLine ??= this.#recordLine;
  }

  /** A line of a record has ended: does it have the delimiters of a row, were there no quotes? */
  #countLine(): void {
    const delimiters = this.#outside + this.#inside;
    if (delimiters - this.#counted !== this.#wanted) this.#isLikeRows = false;
    this.#counted = delimiters;
  }
}

/** The last byte before `end` that is no space, or undefined: there is none in this chunk. */
const solidBefore = (chunk: Uint8Array, end: number): number | undefined => {
  let i = end - 1;
  while (i >= 0 && chunk[i] === SPACE) i -= 1;
  return chunk[i];
};
