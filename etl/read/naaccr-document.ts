import { SaxesParser, type SaxesTagNS } from 'saxes';
import { UserError } from '../../warehouse/error.ts';
import { HeldError } from '../error.ts';
import {
  addDictionary,
  itemsOf,
  type NaaccrDictionary,
  type NaaccrItem,
  type NaaccrItems,
  type NaaccrLevel,
} from './naaccr-dictionary.ts';

/** What `NaaccrDocument` needs to read a file. */
export interface NaaccrDocumentOptions {
  /** File name for messages. */
  readonly name: string;
  readonly dictionaries: readonly NaaccrDictionary[];
  /**
   * Called at the end of each tumor with the filled items of file, patient and tumor that record type I allows, and the
   * line on which it began.
   */
  readonly onTumor: (values: ReadonlyMap<string, string>, line: number) => void;
}

/** An open NaaccrData, Patient or Tumor element. */
interface Open {
  readonly level: NaaccrLevel;
  readonly line: number;
  readonly values: Map<string, string>;
  readonly seen: Set<string>;
  /** Whether a Patient or Tumor within it has begun, after which no Item of its own may come. */
  hasChild: boolean;
}

const naaccrNamespace = 'http://naaccr.org/naaccrxml';
// Nothing between two tags is this long; a parser would hold all of it in memory.
const longestText = 4_000_000;

/**
 * A NAACCR XML file while it is read piece by piece. It keeps one tumor at a time.
 *
 * The text of an item that record type I bars is never looked at, only counted. Every refusal is a HeldError with
 * file, line and rule and without a value: XML that is not well formed, a document type declaration (entities could blow up
 * memory or read files), unknown items and elements, items on the wrong level, twice, or after a child element.
 */
export class NaaccrDocument {
  /** Items barred from record type I: id → times met. */
  readonly skipped = new Map<string, number>();
  patients = 0;
  tumors = 0;
  readonly #options: NaaccrDocumentOptions;
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #open: Open[] = [];
  #items: NaaccrItems = new Map();
  #namespace = '';
  /** The item being read; its text is null when it is barred. */
  #item: { readonly id: string; text: string | null } | null = null;
  /** Depth within an element of another namespace: an extension, passed over whole. */
  #foreign = 0;
  #isEnding = false;
  #sinceTag = 0;

  constructor(options: NaaccrDocumentOptions) {
    this.#options = options;
    this.#parser.on('error', () => this.#refuseXml());
    this.#parser.on('doctype', () => this.#refuseDoctype());
    this.#parser.on('opentag', (tag) => {
      this.#openTag(tag);
    });
    this.#parser.on('closetag', ({ local }) => {
      this.#closeTag(local);
    });
    this.#parser.on('text', (text) => {
      this.#text(text);
    });
    this.#parser.on('cdata', (text) => {
      this.#text(text);
    });
  }

  /** @throws HeldError */
  write(text: string): void {
    this.#sinceTag += text.length;
    this.#parser.write(text);
    if (this.#sinceTag > longestText + text.length)
      this.refuse('text-too-long', 'it holds a text of over 4 million characters', 'Ask its sender what it is.');
  }

  /** @throws HeldError when the file ended too early */
  close(): void {
    this.#isEnding = true;
    this.#parser.close();
  }

  /** @throws HeldError always: file, line, rule, what is wrong there and the mend */
  refuse(rule: string, what: string, mend: string): never {
    throw new HeldError(`${this.#options.name} line ${this.#parser.line} is held by rule ${rule}: ${what}`, mend);
  }

  #openTag(tag: SaxesTagNS): void {
    this.#sinceTag = 0;
    const within = this.#open.at(-1);
    if (!within) {
      this.#openRoot(tag);
      return;
    }
    if (this.#item)
      this.refuse('misplaced-element', `it has ${element(tag.local)} inside an Item`, 'An Item holds text alone.');
    if (this.#foreign > 0 || tag.uri !== this.#namespace) {
      this.#foreign++;
      return;
    }
    if (tag.local === 'Item') {
      this.#openItem(tag, within);
      return;
    }
    const child = within.level === 'NaaccrData' ? 'Patient' : within.level === 'Patient' ? 'Tumor' : null;
    if (tag.local !== child)
      return this.refuse(
        'misplaced-element',
        `it has ${element(tag.local)} directly inside <${within.level}>`,
        'Patient stands in NaaccrData, Tumor in Patient, nothing else in either but Item.',
      );
    within.hasChild = true;
    if (child === 'Patient') this.patients++;
    this.#begin(child);
  }

  #openRoot({ local, uri, attributes }: SaxesTagNS): void {
    const value = (name: string): string => attributes[name]?.value.trim() ?? '';
    if (local !== 'NaaccrData')
      this.refuse(
        'not-naaccr-xml',
        `it begins with ${element(local)}, not with <NaaccrData>`,
        'Give a NAACCR XML file.',
      );
    if (uri !== naaccrNamespace && uri !== '')
      this.refuse(
        'not-naaccr-xml',
        `its <NaaccrData> is not of the namespace ${naaccrNamespace}`,
        'Give a NAACCR XML file.',
      );
    if (value('baseDictionaryUri') === '')
      this.refuse(
        'unknown-dictionary',
        'its <NaaccrData> has no baseDictionaryUri',
        'Ask its sender to name the dictionary.',
      );
    if (!/^[AMCI]$/.test(value('recordType')))
      this.refuse(
        'record-type',
        'its <NaaccrData> has no recordType A, M, C or I',
        'Ask its sender for the record type.',
      );
    this.#namespace = uri;
    const user = value('userDictionaryUri').split(/\s+/).filter(Boolean);
    this.#items = this.#itemsOf({ base: value('baseDictionaryUri'), user });
    this.#begin('NaaccrData');
  }

  #itemsOf(uris: Parameters<typeof itemsOf>[0]): NaaccrItems {
    try {
      return itemsOf(uris, this.#options.dictionaries);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return this.refuse('unknown-dictionary', error.message, error.mend ?? addDictionary);
    }
  }

  #begin(level: NaaccrLevel): void {
    this.#open.push({ level, line: this.#parser.line, values: new Map(), seen: new Set(), hasChild: false });
  }

  #openItem({ attributes }: SaxesTagNS, within: Open): void {
    const id = attributes.naaccrId?.value ?? '';
    const item = this.#items.get(id) ?? this.#refuseUnknown(id);
    const number = attributes.naaccrNum?.value;
    if (number !== undefined && number !== item.number)
      this.refuse(
        'item-number',
        `its Item \`${id}\` bears another number than ${item.number}`,
        'Ask its sender to correct naaccrNum.',
      );
    if (item.level !== within.level)
      this.refuse(
        'item-level',
        `its Item \`${id}\` stands in <${within.level}> but belongs in <${item.level}>`,
        'Ask its sender to move it.',
      );
    if (within.hasChild)
      this.refuse(
        'item-level',
        `its Item \`${id}\` of <${within.level}> comes after a child element`,
        'All Items come first; ask its sender to move it.',
      );
    if (within.seen.has(id))
      this.refuse(
        'item-twice',
        `its Item \`${id}\` stands twice in one <${within.level}>`,
        'Ask its sender to keep one.',
      );
    within.seen.add(id);
    if (!item.isAllowed) this.skipped.set(id, (this.skipped.get(id) ?? 0) + 1);
    this.#item = { id, text: item.isAllowed ? '' : null };
  }

  #refuseUnknown(id: string): NaaccrItem {
    // Only what looks like an id is repeated: anything else might be a value in the wrong place.
    const named = /^[a-z][a-zA-Z0-9]{0,49}$/.test(id)
      ? `Item \`${id}\``
      : id === ''
        ? 'an Item without naaccrId'
        : 'an Item with a malformed naaccrId';
    return this.refuse('unknown-item', `it has ${named}, which no dictionary at hand knows`, addDictionary);
  }

  #text(text: string): void {
    if (this.#item) {
      if (this.#item.text !== null) this.#item.text += text;
    } else if (this.#foreign === 0 && text.trim() !== '')
      this.refuse('loose-text', 'it has text outside an Item', 'Ask its sender to put it right.');
  }

  #closeTag(local: string): void {
    this.#sinceTag = 0;
    if (this.#foreign > 0) this.#foreign--;
    else if (this.#item) {
      const { id, text } = this.#item;
      if (text !== null && text.trim() !== '') this.#open.at(-1)?.values.set(id, text);
      this.#item = null;
    } else {
      if (local === 'Tumor') {
        this.tumors++;
        this.#options.onTumor(new Map(this.#open.flatMap(({ values }) => [...values])), this.#open.at(-1)!.line);
      }
      this.#open.pop();
    }
  }

  // The parser's own words could hold a piece of the text, so they are not passed on.
  #refuseXml(): never {
    if (this.#isEnding && this.#open.length === 0 && this.tumors === 0 && this.#items.size === 0)
      this.refuse('not-naaccr-xml', 'it holds no NaaccrData', 'Give a NAACCR XML file.');
    if (this.#isEnding)
      this.refuse('truncated-xml', 'it ends before </NaaccrData>, so it was cut off', 'Transfer it again, whole.');
    return this.refuse('broken-xml', 'it is not well-formed XML', 'Ask its sender for a valid file.');
  }

  #refuseDoctype(): never {
    return this.refuse(
      'document-type',
      'it holds a document type declaration; NAACCR XML has none',
      'Ask its sender for a file without DOCTYPE and entities.',
    );
  }
}

/** A tag's name as messages show it; odd ones are not repeated. */
const element = (local: string): string => (/^[A-Za-z]{1,32}$/.test(local) ? `<${local}>` : 'an element');
