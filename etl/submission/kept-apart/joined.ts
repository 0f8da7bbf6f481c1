import type { NaaccrItems } from '../../naaccr/dictionary/items-of.ts';
import type { Flaws } from '../body.ts';
import { padded } from '../case-items.ts';
import { shownKey } from '../case-rows.ts';
import type { RowKey } from '../row-digest.ts';
import { nameOf, numberItems, tellingItems, type FullAbstract, type FullAbstracts } from './full-abstracts.ts';

/** An abstract as the release has it. */
export interface ReleasedCase {
  readonly key: RowKey;
  /** By item; null where it has none. */
  readonly value: (item: string) => string | null;
}

type Items = ReadonlyMap<string, string>;

/**
 * Puts the names and texts of a registry database beside the abstracts of a release, tumor by tumor, while they are written.
 * An abstract it does not know, or knows as another one, is told as a flaw: as such nothing is sent.
 */
export class Joined {
  readonly #abstracts: FullAbstracts;
  readonly #items: NaaccrItems;
  readonly #flaws: Flaws;
  /** Tumors met of the patient who was met last. */
  #met: { patient: string; tumors: Set<string> } = { patient: '', tumors: new Set() };

  constructor(abstracts: FullAbstracts, items: NaaccrItems, flaws: Flaws) {
    this.#abstracts = abstracts;
    this.#items = items;
    this.#flaws = flaws;
  }

  /** What the registry database adds to each of some abstracts, which come in the order of the file. */
  async of(cases: readonly ReleasedCase[]): Promise<readonly Items[]> {
    const numbers = cases.map(({ value }) => {
      const [patient, tumor] = numberItems.map((id) => padded(this.#items.get(id)!, value(id) ?? ''));
      return { patient: patient!, tumor: tumor! };
    });
    const found = await this.#abstracts.of(numbers);
    return cases.map((each, i) => {
      const { patient, tumor } = numbers[i]!;
      if (this.#met.patient !== patient) this.#met = { patient, tumors: new Set() };
      const name = nameOf(numbers[i]!);
      const abstract = found[i] ?? null;
      if (tumor !== '' && this.#met.tumors.has(name))
        this.#flaw(each, 'kept-apart-twice', 'tumorRecordNumber', 'Two abstracts of a patient have the same number.');
      this.#met.tumors.add(name);
      if (abstract === null) {
        this.#flaw(each, 'kept-apart-lacks', null, 'The registry database has no tumor of these numbers.');
        return new Map();
      }
      this.#hold(each, abstract);
      return abstract.barred;
    });
  }

  /** Dates may be told in part: of two that begin alike neither contradicts the other. */
  #hold(each: ReleasedCase, { told }: FullAbstract): void {
    for (const item of tellingItems) {
      const [here, there] = [each.value(item) ?? '', told.get(item) ?? ''];
      if (!here.startsWith(there) && !there.startsWith(here))
        this.#flaw(each, 'kept-apart-differs', item, 'The registry database tells it otherwise than the release.');
    }
  }

  #flaw({ key }: ReleasedCase, rule: string, item: string | null, says: string): void {
    this.#flaws.add({ rule, item, says }, [shownKey(key)]);
  }
}
