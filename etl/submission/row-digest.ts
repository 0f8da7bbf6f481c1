import { hash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';

/** What names a row: surrogates, in the order by which rows are sent. */
export type RowKey = readonly string[];

/** A row of a package, known by what was sent of it. */
export interface RowDigest {
  readonly key: RowKey;
  readonly digest: string;
}

const digestLength = 22;
const pieceLength = 1 << 20;

/** Digests what is sent of a row: the same for the same values, in whatever order they come. */
export type DigestOf = (values: Iterable<readonly [name: string, value: string]>) => string;

/** What is sent of a row, in few letters. */
export const digestOf: DigestOf = (values) => digestText(values, (text) => hash('sha256', text, 'base64url'));

/** The same by another way to digest a text. */
export const digestText = (
  values: Iterable<readonly [name: string, value: string]>,
  digest: (text: string) => string,
): string =>
  digest(JSON.stringify([...values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))).slice(0, digestLength);

/** Digests of rows on their way to a file, in order; memory does not grow with them. */
export class DigestFile {
  readonly #file: number;
  #piece = '';

  /** @param path of a file that is not there yet */
  constructor(path: string) {
    this.#file = openSync(path, 'wx', 0o600);
  }

  add({ key, digest }: RowDigest): void {
    this.#piece += `${digest} ${JSON.stringify(key)}\n`;
    if (this.#piece.length > pieceLength) this.#write();
  }

  close(): void {
    try {
      this.#write();
      fsyncSync(this.#file);
    } finally {
      closeSync(this.#file);
    }
  }

  #write(): void {
    // One gzip file after the other is a gzip file.
    writeSync(this.#file, gzipSync(this.#piece));
    this.#piece = '';
  }
}

/** The digests of a file in order. */
export const readDigests = async function* (path: string): AsyncGenerator<RowDigest> {
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const line of lines)
    yield { digest: line.slice(0, digestLength), key: JSON.parse(line.slice(digestLength + 1)) as RowKey };
};

/** Order of keys, part by part, as the database sorts text: by its bytes. */
export const compareKeys = (a: RowKey, b: RowKey): number => {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const order = Buffer.compare(Buffer.from(a[i] ?? ''), Buffer.from(b[i] ?? ''));
    if (order !== 0) return order;
  }
  return 0;
};
