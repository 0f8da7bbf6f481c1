import type { Disagreement } from './patient.ts';
import type { SkipReason } from './case-items.ts';
import { compareKeys, type RowKey } from './row-digest.ts';
import type { Tally } from './tally.ts';

/** The file of a package while it is written. */
export interface Body {
  /** Its text, piece by piece; what it holds is counted meanwhile. */
  readonly text: AsyncIterable<string>;
  readonly tally: Tally;
  /** Patients written so far; null where rows are of no patients. */
  readonly patients: () => number | null;
  /** What stands in the way of sending it, once all is written. */
  readonly flaws: () => readonly BodyFlaw[];
  /** Items that are not sent, by id. */
  readonly skipped: () => ReadonlyMap<string, { readonly why: SkipReason; readonly count: number }>;
}

/** Why a file may not be sent, without a value of a row. */
export interface BodyFlaw {
  readonly rule: string;
  readonly item: string | null;
  readonly says: string;
  readonly count: number;
  /** Keys of the first rows concerned: surrogates. */
  readonly keys: readonly RowKey[];
}

/** Keys that a report names of each flaw; the count tells of all. */
export const namedKeys = 20;

/** Flaws counted by what they say. */
export class Flaws {
  readonly #flaws = new Map<string, BodyFlaw & { keys: RowKey[]; count: number }>();

  add(flaw: Omit<BodyFlaw, 'count' | 'keys'>, keys: readonly RowKey[]): void {
    const id = JSON.stringify([flaw.rule, flaw.item, flaw.says]);
    const known = this.#flaws.get(id) ?? { ...flaw, count: 0, keys: [] };
    known.count++;
    for (const key of keys)
      if (known.keys.length < namedKeys && !known.keys.some((one) => compareKeys(one, key) === 0)) known.keys.push(key);
    this.#flaws.set(id, known);
  }

  disagreement({ item, keys }: Disagreement): void {
    const says = 'Abstracts of one patient tell it differently, and a patient has it once: mend it in the registry.';
    this.add({ rule: 'patient-level', item, says }, keys);
  }

  get all(): readonly BodyFlaw[] {
    return [...this.#flaws.values()];
  }
}
