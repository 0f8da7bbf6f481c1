import type { NaaccrDictionary, NaaccrItem, NaaccrLevel, RecordType } from '../dictionary/dictionary.ts';
import type { NaaccrItems } from '../dictionary/items-of.ts';
import { shownId } from '../reader.ts';
import { itemRules } from '../rule/item.ts';
import { valueRules } from '../rule/rules.ts';
import type { ValueRule } from '../rule/value-rule.ts';
import { escaped, preparedValue } from './prepared-value.ts';
import { NaaccrWriteError, type WritePlace } from './write-error.ts';

/** Items of one element: id and value. A Map is one. */
export type ItemValues = Iterable<readonly [id: string, value: string]>;

/** Told of what cannot be written. */
export type OnFlaw = (flaw: NaaccrWriteError) => void;

/** An item and what is to be known to write it. */
interface WritableItem {
  readonly item: NaaccrItem;
  /** Its place among all items. */
  readonly order: number;
  readonly rules: readonly ValueRule[];
  readonly isBarred: boolean;
}

const indent: Readonly<Record<NaaccrLevel, string>> = {
  NaaccrData: '    ',
  Patient: '        ',
  Tumor: '            ',
};

/**
 * Writes the Items of an element, in one order whatever the order they come in: that of the dictionaries, or the one given.
 */
export class WritableItems {
  readonly #items: ReadonlyMap<string, WritableItem>;
  /** Items written, and characters that XML cannot hold and that were dropped. */
  written = 0;
  dropped = 0;

  readonly #onFlaw: OnFlaw | null;

  /**
   * @param order ids in the order they are to stand; those it leaves out follow, in the order of the dictionaries
   * @param onFlaw told of an item that cannot be written, which is left out then; null: it is thrown
   */
  constructor(items: NaaccrItems, recordType: RecordType, order: readonly string[] = [], onFlaw: OnFlaw | null = null) {
    this.#onFlaw = onFlaw;
    const ids = [...new Set([...order, ...items.keys()])].filter((id) => items.has(id));
    this.#items = new Map(
      ids.map((id, place) => {
        const item = items.get(id)!;
        const rules = valueRules.filter((rule) => rule.concerns(item, '1.8'));
        return [id, { item, order: place, rules, isBarred: !item.recordTypes.includes(recordType) }];
      }),
    );
  }

  /**
   * The Items as lines of XML; those without a value are left out.
   *
   * @throws NaaccrWriteError when an item is unknown, of another level or record type, given twice, or its value breaks a rule
   *   of the standard
   */
  text(values: ItemValues, level: NaaccrLevel, place: WritePlace): string {
    const lines: { order: number; line: string }[] = [];
    let isOrdered = true;
    for (const [id, given] of values) {
      const known = this.#items.get(id);
      if (known === undefined) {
        this.#refuse(flaw('unknown-id', itemRules['unknown-id'].says, place, id));
        continue;
      }
      const { value, dropped } = preparedValue(given, known.item);
      this.dropped += dropped;
      if (value === '') continue;
      const found = this.#flawOf(known, value, level, place);
      if (found !== null) {
        this.#refuse(found);
        continue;
      }
      isOrdered &&= lines.length === 0 || lines[lines.length - 1]!.order < known.order;
      lines.push({ order: known.order, line: `${indent[level]}<Item naaccrId="${id}">${escaped(value)}</Item>\n` });
    }
    if (!isOrdered) this.#sort(lines, place);
    this.written += lines.length;
    let text = '';
    for (const { line } of lines) text += line;
    return text;
  }

  /** @throws NaaccrWriteError unless somebody is told instead */
  #refuse(found: NaaccrWriteError): void {
    if (this.#onFlaw === null) throw found;
    this.#onFlaw(found);
  }

  #flawOf(
    { item, rules, isBarred }: WritableItem,
    value: string,
    level: NaaccrLevel,
    place: WritePlace,
  ): NaaccrWriteError | null {
    const { id } = item;
    if (item.level !== level) return flaw('wrong-level', `belongs in <${item.level}>, not in <${level}>`, place, id);
    if (isBarred) return flaw('barred-item', `is of record types ${item.recordTypes.join(', ')} alone`, place, id);
    if (!value.isWellFormed()) return flaw('broken-xml', 'holds half a character (a lone surrogate)', place, id);
    for (const rule of rules) {
      const says = rule.broken(value, item);
      if (says !== null) return flaw(rule.code, says, place, id);
    }
    return null;
  }

  #sort(lines: { order: number }[], place: WritePlace): void {
    lines.sort((one, other) => one.order - other.order);
    const twice = lines.find(({ order }, i) => lines[i + 1]?.order === order);
    if (twice) throw flaw('item-twice', 'is given twice', place, [...this.#items.keys()][twice.order]!);
  }
}

const flaw = (rule: string, says: string, place: WritePlace, id: string): NaaccrWriteError => {
  const item = shownId(id);
  return new NaaccrWriteError(rule, `Item ${item === null ? '' : `\`${item}\` `}${says}`, place, item);
};

/** Whether a dictionary says enough to write by it. */
export const isWhole = ({ isPartial, items }: NaaccrDictionary): boolean =>
  !isPartial && items.length > 0 && items.every(({ length }) => length !== null);
