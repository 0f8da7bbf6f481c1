import type { Rule } from './rule.ts';

/** The tumors of a patient stand together: readers that group by element would make two patients of one. */
export const patientOnce: Rule = {
  code: 'patient-once',
  kind: 'check',
  says: 'A patientIdNumber has one Patient element in a file.',
  source: 'a check of our own; tumors are grouped by patientIdNumber, item 20 of the NAACCR data dictionary',
};

/** Ids a page of the eight-digit ones holds. */
const pageSize = 10_000;
/** Ids of another shape that are remembered. They are errors of their own. */
export const mostOtherIds = 1_000_000;

/**
 * Which patient ids were met, in memory that does not grow with the file: an id is eight digits, so a bit for each of the
 * hundred million there can be takes 12.5 MB at the most, in pages made when first needed. Exact; nothing is hashed.
 */
export class PatientIds {
  readonly #pages = new Map<number, Uint8Array>();
  readonly #others = new Set<string>();
  /** Ids of another shape that no room was left for; they were not checked. */
  unchecked = 0;

  /** Whether an id was met before; from now on it was. */
  meet(id: string): boolean {
    if (!/^\d{8}$/.test(id)) return this.#meetOther(id);
    const number = Number(id);
    const place = Math.floor(number / pageSize);
    let page = this.#pages.get(place);
    if (!page) this.#pages.set(place, (page = new Uint8Array(pageSize / 8)));
    const [byte, bit] = [(number % pageSize) >> 3, 1 << (number & 7)];
    const wasMet = (page[byte]! & bit) !== 0;
    page[byte] = page[byte]! | bit;
    return wasMet;
  }

  #meetOther(id: string): boolean {
    if (this.#others.has(id)) return true;
    // A copy of its own: a piece of a larger text would keep all of it in memory.
    if (this.#others.size < mostOtherIds) this.#others.add(Buffer.from(id.slice(0, 64)).toString());
    else this.unchecked++;
    return false;
  }
}
