import type { SaxesTagNS } from 'saxes';
import type { NaaccrLevel } from './dictionary/dictionary.ts';
import { rootOf, type NaaccrRoot } from './root.ts';
import type { StructureRule } from './rule/structure.ts';
import { ElementScanner } from './xml/element-scanner.ts';
import type { PlainItem } from './xml/plain-item.ts';

/** An Item as it stands in a file. */
export interface ItemElement {
  /** `naaccrId`, blanks around it apart; empty where there is none. */
  readonly id: string;
  /** `naaccrNum` as written; null where there is none. */
  readonly number: string | null;
  /** Line breaks in it are LF, as XML has it. */
  readonly value: string;
  readonly level: NaaccrLevel;
  /** Line on which it begins. */
  readonly line: number;
}

/** What is wrong with how a file is put together. */
export interface StructureFlaw {
  readonly rule: StructureRule;
  readonly line: number;
  /** Element in which it is. */
  readonly level: NaaccrLevel;
  /** The element or Item it is about, as messages may show it: odd names are not repeated. */
  readonly what: string;
  /** Id of the Item it is about, else null. */
  readonly id: string | null;
}

/** Whoever wants to know what is in a file. Everything comes in the order of the file. */
export interface NaaccrHandler {
  readonly root: (root: NaaccrRoot) => void;
  readonly open: (level: 'Patient' | 'Tumor', line: number) => void;
  /** At the end of each Item, empty ones too, and those that `flaw` told of. */
  readonly item: (item: ItemElement) => void;
  readonly close: (level: NaaccrLevel) => void;
  /** The file is read on behind it, past the element it is about; throwing ends that. */
  readonly flaw: (flaw: StructureFlaw) => void;
}

/** An open NaaccrData, Patient or Tumor element. */
interface Open {
  readonly level: NaaccrLevel;
  readonly hasPrefix: boolean;
  readonly seen: Set<string>;
  /** Whether a child element of it, or an extension, has begun, after which no Item of its own may come. */
  hasChild: boolean;
  hasExtension: boolean;
}

/** Ids of one element that are remembered to find an Item twice: more than any dictionaries together have. */
const mostIds = 20_000;

/**
 * A NAACCR XML file while it is read piece by piece, without any dictionary: its root, Patients, Tumors and Items, and what
 * is wrong with how they stand. Elements of other namespaces are extensions, passed over whole.
 *
 * @throws XmlFault from `write` and `close`, where the text is no XML that can be read on
 */
export class NaaccrReader {
  readonly #handler: NaaccrHandler;
  readonly #scanner: ElementScanner;
  readonly #open: Open[] = [];
  #namespace = '';
  #item: { readonly id: string; readonly number: string | null; readonly line: number; value: string } | null = null;
  /** Depth within an element that is passed over. */
  #passed = 0;

  constructor(handler: NaaccrHandler) {
    this.#handler = handler;
    this.#scanner = new ElementScanner({
      open: (tag, line) => this.#openTag(tag, line),
      close: () => this.#closeTag(),
      text: (text, line) => this.#text(text, line),
      plainItem: (item, line) => this.#plainItem(item, line),
      takesPlainItems: () => this.#passed === 0 && this.#item === null && this.#open.at(-1)?.hasPrefix === false,
    });
  }

  /** The line that is being read, from 1. */
  get line(): number {
    return this.#scanner.line;
  }

  write(text: string): void {
    this.#scanner.write(text);
  }

  close(): void {
    this.#scanner.close();
  }

  #openTag(tag: SaxesTagNS, line: number): void {
    const within = this.#open.at(-1);
    if (!within) {
      this.#namespace = tag.uri;
      this.#handler.root(rootOf(tag, line));
      this.#begin('NaaccrData', tag);
      return;
    }
    const told = { line, level: within.level, what: elementName(tag.local), id: null };
    if (this.#passed > 0) {
      this.#passed++;
    } else if (this.#item) {
      this.#passed = 1;
      this.#handler.flaw({ ...told, rule: 'element-in-item', id: shownId(this.#item.id) });
    } else if (tag.uri !== this.#namespace) {
      this.#passed = 1;
      within.hasExtension = true;
      if (within.hasChild) this.#handler.flaw({ ...told, rule: 'extension-after-child', what: 'an extension' });
    } else if (tag.local === 'Item') {
      this.#openItem(tag, within, line);
    } else if (tag.local === childOf[within.level]) {
      within.hasChild = true;
      if (hasAttributes(tag)) this.#handler.flaw({ ...told, rule: 'element-attribute' });
      this.#handler.open(tag.local as 'Patient' | 'Tumor', line);
      this.#begin(tag.local as NaaccrLevel, tag);
    } else {
      this.#passed = 1;
      this.#handler.flaw({ ...told, rule: 'misplaced-element' });
    }
  }

  #begin(level: NaaccrLevel, { prefix }: SaxesTagNS): void {
    this.#open.push({ level, hasPrefix: prefix !== '', seen: new Set(), hasChild: false, hasExtension: false });
  }

  #openItem({ attributes }: SaxesTagNS, within: Open, line: number): void {
    const id = attributes.naaccrId?.value.trim() ?? '';
    const others = Object.values(attributes).some(({ name }) => !/^(naaccrId|naaccrNum|xmlns.*)$/.test(name));
    if (others) this.#flaw('item-attribute', id, within, line);
    this.#lookAtPlace(id, within, line);
    this.#item = { id, number: attributes.naaccrNum?.value ?? null, line, value: '' };
  }

  #plainItem({ id, number, value }: PlainItem, line: number): void {
    const within = this.#open.at(-1)!;
    this.#lookAtPlace(id, within, line);
    this.#handler.item({ id, number, value, level: within.level, line });
  }

  #lookAtPlace(id: string, within: Open, line: number): void {
    if (within.hasChild) this.#flaw('item-after-child', id, within, line);
    else if (within.hasExtension) this.#flaw('item-after-extension', id, within, line);
    if (id === '') return;
    if (within.seen.has(id)) this.#flaw('item-twice', id, within, line);
    else if (within.seen.size < mostIds) within.seen.add(id);
  }

  #flaw(rule: StructureRule, id: string, { level }: Open, line: number): void {
    this.#handler.flaw({ rule, line, level, what: itemName(id), id: shownId(id) });
  }

  #text(text: string, line: number): void {
    if (this.#passed > 0) return;
    if (this.#item) this.#item.value += text;
    else if (text.trim() !== '')
      this.#handler.flaw({
        rule: 'loose-text',
        line,
        level: this.#open.at(-1)?.level ?? 'NaaccrData',
        what: 'text',
        id: null,
      });
  }

  #closeTag(): void {
    if (this.#passed > 0) this.#passed--;
    else if (this.#item) {
      const item = this.#item;
      this.#item = null;
      this.#handler.item({ ...item, level: this.#open.at(-1)!.level });
    } else this.#handler.close(this.#open.pop()!.level);
  }
}

const childOf: Readonly<Record<NaaccrLevel, string>> = { NaaccrData: 'Patient', Patient: 'Tumor', Tumor: '' };

const hasAttributes = ({ attributes }: SaxesTagNS): boolean =>
  Object.values(attributes).some(({ name }) => !name.startsWith('xmlns'));

/** A tag's name as messages show it; odd ones are not repeated. */
const elementName = (local: string): string => (/^[A-Za-z]{1,32}$/.test(local) ? `<${local}>` : 'an element');

/** An id that looks like one; anything else might be a value in the wrong place, and is null. */
export const shownId = (id: string): string | null => (/^[a-z][a-zA-Z0-9]{0,49}$/.test(id) ? id : null);

/** An Item as messages show it. */
export const itemName = (id: string): string =>
  shownId(id) !== null
    ? `Item \`${id}\``
    : id === ''
      ? 'an Item without naaccrId'
      : 'an Item with a malformed naaccrId';
