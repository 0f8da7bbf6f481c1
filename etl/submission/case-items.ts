import type { NaaccrItem } from '../naaccr/dictionary/dictionary.ts';
import type { NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import type { NaaccrProfile } from './profile.ts';

/** An item that another dictionary calls otherwise, and the codes that mean the same in both. */
interface Carry {
  readonly from: string;
  readonly to: string;
  readonly codes: readonly string[];
}

/**
 * Version 26 put sexAssignedAtBirth (225) in the place of sex (220), for cases of all years. Codes 3 to 6 of the older
 * item (other, transsexual) have none that means the same.
 */
const carries: readonly Carry[] = [
  { from: 'sex', to: 'sexAssignedAtBirth', codes: ['1', '2', '9'] },
  { from: 'sexAssignedAtBirth', to: 'sex', codes: ['1', '2', '9'] },
];

/** The id that stands for an item in a dictionary: its own, else that of the item which is there in its place. */
export const idIn = (items: NaaccrItems, id: string): string =>
  items.has(id) ? id : (carries.find(({ from, to }) => from === id && items.has(to))?.to ?? id);

/** What an item of a file is told by: itself, and items in whose place it stands, of these the codes that mean the same. */
export const givenIn = (
  items: NaaccrItems,
  id: string,
): readonly { readonly id: string; readonly codes: readonly string[] | null }[] => [
  { id, codes: null },
  ...carries.filter(({ from, to }) => to === id && !items.has(from)).map(({ from, codes }) => ({ id: from, codes })),
];

/** Items of a case as they are sent, by the level they stand on. */
export interface SentItems {
  readonly patient: ReadonlyMap<string, string>;
  readonly tumor: ReadonlyMap<string, string>;
}

/** What becomes of an item. */
interface Lot {
  readonly item: NaaccrItem | undefined;
  /** Why it is not sent; null: it is. */
  readonly why: SkipReason | null;
  /** The item it goes out as, where its own is not in the dictionary. */
  readonly carry: Carry | null;
}

/**
 * Turns what is known of an abstract into the items a profile may send: those its dictionary has and its record type
 * allows, under their ids there, padded with zeros where the dictionary asks for it. What is not sent is counted.
 */
export class CaseItems {
  /** Items met that are not sent, id → times, with the reason. */
  readonly skipped = new Map<string, { readonly why: SkipReason; count: number }>();
  readonly #items: NaaccrItems;
  readonly #profile: Pick<NaaccrProfile, 'recordType' | 'items'>;
  readonly #wanted: ReadonlySet<string> | null;
  readonly #lots = new Map<string, Lot>();

  constructor(items: NaaccrItems, profile: Pick<NaaccrProfile, 'recordType' | 'items'>) {
    this.#items = items;
    this.#profile = profile;
    this.#wanted = profile.items === null ? null : new Set(profile.items);
  }

  /** @param given id and value as abstracted; null and empty values are none */
  of(given: Iterable<readonly [id: string, value: string | null]>): SentItems {
    const sent = { patient: new Map<string, string>(), tumor: new Map<string, string>() };
    const carried: { readonly carry: Carry; readonly value: string }[] = [];
    const met = new Set<string>();
    for (const [id, value] of given) {
      if (value === null || value === '') continue;
      const lot = this.#lotOf(id);
      if (lot.carry !== null) carried.push({ carry: lot.carry, value });
      else this.#put(sent, id, lot, value);
      if (isCarriedTo(id)) met.add(id);
    }
    for (const { carry, value } of carried) {
      const { from, to, codes } = carry;
      if (met.has(to)) this.#skip(from, 'not-in-dictionary');
      else if (codes.includes(value)) this.#put(sent, to, this.#lotOf(to), value);
      else this.#skip(from, 'no-code');
    }
    return sent;
  }

  #put(
    { patient, tumor }: Record<keyof SentItems, Map<string, string>>,
    id: string,
    { item, why }: Lot,
    value: string,
  ): void {
    if (why !== null) this.#skip(id, why);
    else if (item!.level === 'Patient') patient.set(id, padded(item!, value));
    else if (item!.level === 'Tumor') tumor.set(id, padded(item!, value));
  }

  #lotOf(id: string): Lot {
    const known = this.#lots.get(id);
    if (known !== undefined) return known;
    const item = this.#items.get(id);
    const carry = item === undefined ? carries.find(({ from, to }) => from === id && this.#items.has(to)) : undefined;
    const lot = { item, why: this.#reason(id, item), carry: carry ?? null };
    this.#lots.set(id, lot);
    return lot;
  }

  #reason(id: string, item: NaaccrItem | undefined): SkipReason | null {
    if (item === undefined) return 'not-in-dictionary';
    if (!item.recordTypes.includes(this.#profile.recordType)) return 'record-type';
    return this.#wanted !== null && !this.#wanted.has(id) ? 'not-asked-for' : null;
  }

  #skip(id: string, why: SkipReason): void {
    const known = this.skipped.get(id);
    if (known) known.count++;
    else this.skipped.set(id, { why, count: 1 });
  }
}

const isCarriedTo = (id: string): boolean => carries.some(({ to }) => to === id);

/** Why an item of an abstract is not sent. */
export type SkipReason = 'not-in-dictionary' | 'record-type' | 'not-asked-for' | 'no-code';

/** Zeros are for the producer to put before digits; nothing else is ever changed. */
export const padded = ({ padding, length }: Pick<NaaccrItem, 'padding' | 'length'>, value: string): string =>
  padding === 'leftZero' && length !== null && /^\d+$/.test(value) ? value.padStart(length, '0') : value;
