import { appendFile, open } from 'node:fs/promises';
import { badSources, type BadKind } from './bad-row-kind.ts';

/** What the gate must make of the bad rows of one source. */
export interface ExpectedRejects {
  /** Rows that must be quarantined, by rule. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Rows that repeat a good one, to be counted and dropped. */
  readonly duplicates: number;
}

type Row = readonly string[];

/** How the lines of a format are taken apart and put together. */
interface LineFormat {
  read(line: string): Row;
  write(row: Row): string;
}

// No value of the demo holds a comma, a quote or a line break.
const csv: LineFormat = { read: (line) => line.split(','), write: (row) => row.join(',') };

const ndjson = (columns: Row): LineFormat => ({
  read: (line) => {
    const values = JSON.parse(line) as Record<string, unknown>; // our own file, written a moment ago
    return columns.map((column) => String(values[column] ?? ''));
  },
  write: (row) =>
    JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i] === '' ? null : (row[i] ?? null)]))),
});

/** First rows of a file, as models for bad ones, with the way to write more. */
interface Models {
  readonly columns: Row;
  readonly rows: readonly Row[];
  readonly format: LineFormat;
}

const readModels = async (file: string): Promise<Models> => {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1 << 18), 0, 1 << 18, 0);
  await handle.close();
  // The last line may be cut.
  const [first = '', ...rest] = buffer.toString('utf8', 0, bytesRead).split('\n').slice(0, -1);
  if (!file.endsWith('.ndjson')) return { columns: csv.read(first), rows: rest.map(csv.read), format: csv };
  const columns = Object.keys(JSON.parse(first) as object);
  const format = ndjson(columns);
  return { columns, rows: [first, ...rest].map(format.read), format };
};

/** Appends bad rows to the files of one source and keeps count of what the gate must find. */
export class BadRows {
  readonly #source: string;
  readonly #seed: number;
  readonly #rejected = new Map<string, number>();
  #duplicates = 0;
  #made = 0;
  #turn = 0;

  constructor(source: string, seed: number) {
    this.#source = source;
    this.#seed = seed;
  }

  get expected(): ExpectedRejects {
    return { rejected: Object.fromEntries(this.#rejected), duplicates: this.#duplicates };
  }

  /**
   * Appends up to `count` bad lines to a CSV or NDJSON file, the kinds of its source taking turns across its files.
   *
   * @returns how many lines were appended: fewer than `count` where the file has no row to model a kind on
   */
  async append(file: string, count: number): Promise<number> {
    const bad = badSources[this.#source];
    if (!bad || count < 1) return 0;
    const models = await readModels(file);
    const lines: string[] = [];
    for (let tries = 0; lines.length < count && tries < count + bad.kinds.length; tries++) {
      const kind = bad.kinds[this.#turn++ % bad.kinds.length];
      if (kind && !(kind.twin && lines.length + 2 > count)) lines.push(...this.#lines(kind, bad.key, models));
    }
    await appendFile(file, bytesOf(lines));
    return lines.length;
  }

  #lines(kind: BadKind, key: string, { columns, rows, format }: Models): readonly string[] {
    const at = (column: string): number => columns.indexOf(column);
    const likely = rows.filter((row) =>
      Object.entries(kind.like ?? {}).every(([column, value]) =>
        value === '*' ? row[at(column)] !== '' : row[at(column)] === value,
      ),
    );
    const model = likely[(this.#seed + 31 * ++this.#made) % likely.length];
    if (!model) return [];
    if (kind.rule === 'duplicate') {
      this.#duplicates++;
      return [format.write(model)];
    }
    const [one = '', other = ''] = kind.swap ?? [];
    const changes = new Map(Object.entries({ ...kind.set, [key]: `X${String(this.#made).padStart(8, '0')}` }));
    if (kind.swap) changes.set(one, model[at(other)] ?? '').set(other, model[at(one)] ?? '');
    const row = columns.map((column, i) => changes.get(column) ?? model[i] ?? '');
    const twin = kind.twin && columns.map((column, i) => kind.twin?.[column] ?? row[i] ?? '');
    const lines = [row, ...(twin ? [twin] : [])].map((each) => misshape(format.write(each), kind.line));
    this.#rejected.set(kind.rule, (this.#rejected.get(kind.rule) ?? 0) + lines.length);
    return lines;
  }
}

const misshape = (line: string, how: BadKind['line']): string => {
  switch (how) {
    case 'tear':
      return line.split(',').slice(0, 4).join(',');
    case 'widen':
      return `${line},surplus`;
    case 'break':
      return line.slice(0, line.length / 2);
    case undefined:
      return line;
  }
};

/** Lines as bytes; a replacement character becomes the lone byte 0xE9, as Latin-1 writes é. */
const bytesOf = (lines: readonly string[]): Buffer => {
  const text = Buffer.from(lines.map((line) => `${line}\n`).join('')).toString('latin1');
  return Buffer.from(text.replaceAll('\u00ef\u00bf\u00bd', '\u00e9'), 'latin1');
};
