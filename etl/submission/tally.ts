import { digestOf, type DigestOf, type RowDigest, type RowKey } from './row-digest.ts';

/** One row as it is sent. */
export interface SentRow {
  readonly key: RowKey;
  /** Of the date its period goes by; null where it has none. */
  readonly year: number | null;
  /** Name and text of what is sent of it, in one part or several; what is empty is not among them. */
  readonly values: readonly ReadonlyMap<string, string>[];
}

/** Counts what a package holds while it is written. */
export class Tally {
  rows = 0;
  readonly #years = new Map<number | null, number>();
  readonly #filled = new Map<string, number>();
  readonly #missing = new Map<string, number>();
  readonly #required: readonly string[];
  readonly #onRow: (row: RowDigest) => void;
  readonly #digestOf: DigestOf;

  constructor(required: readonly string[], onRow: (row: RowDigest) => void, digest: DigestOf = digestOf) {
    this.#required = required;
    this.#onRow = onRow;
    this.#digestOf = digest;
  }

  take({ key, year, values }: SentRow): void {
    this.rows++;
    this.#onRow({ key, digest: this.#digestOf(values.flatMap((part) => [...part])) });
    bump(this.#years, year);
    for (const part of values) for (const name of part.keys()) bump(this.#filled, name);
    for (const name of this.#required) if (!values.some((part) => part.has(name))) bump(this.#missing, name);
  }

  /** Rows by year of the period's date, in order. */
  get byYear(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...this.#years].sort(([a], [b]) => (a ?? 0) - (b ?? 0)).map(([year, n]) => [String(year ?? 'unknown'), n]),
    );
  }

  /** Rows that have an item, by item. */
  get filled(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#filled].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Rows without an item that the receiver asks for; items every row has are not among them. */
  get missing(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#missing].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const bump = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
