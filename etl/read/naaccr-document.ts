import { UserError } from '../../warehouse/error.ts';
import { HeldError } from '../error.ts';
import type { NaaccrDictionary, NaaccrItem, NaaccrLevel } from '../naaccr/dictionary/dictionary.ts';
import type { NaaccrItems } from '../naaccr/dictionary/items-of.ts';
import { itemName, NaaccrReader, shownId, type ItemElement, type StructureFlaw } from '../naaccr/reader.ts';
import { naaccrNamespace, userDictionariesOf, type NaaccrRoot } from '../naaccr/root.ts';
import { XmlFault } from '../naaccr/xml/fault.ts';
import { addDictionary, isIncidence, landingItems } from './naaccr-dictionary.ts';
import { refusalOf, xmlRefusals } from './naaccr-refusal.ts';

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
  /** Which items are kept; those of record type I unless told otherwise, which nothing that lands ever is. */
  readonly takes?: (item: NaaccrItem) => boolean;
}

/**
 * A NAACCR XML file that is to land, while it is read piece by piece. It keeps one tumor at a time.
 *
 * The value of an item that is not taken (all that record type I bars) is never kept, only counted. Every refusal is a HeldError with
 * file, line and rule and without a value: XML that is not well formed, a document type declaration (entities could blow up
 * memory or read files), unknown items and elements, items on the wrong level, twice, or after a child element.
 */
export class NaaccrDocument {
  /** Items barred from record type I: id → times met. */
  readonly skipped = new Map<string, number>();
  patients = 0;
  tumors = 0;
  readonly #options: NaaccrDocumentOptions;
  readonly #reader: NaaccrReader;
  readonly #open: { readonly line: number; readonly values: Map<string, string> }[] = [];
  #items: NaaccrItems = new Map();

  constructor(options: NaaccrDocumentOptions) {
    this.#options = options;
    this.#reader = new NaaccrReader({
      root: (root) => this.#root(root),
      open: (level, line) => {
        if (level === 'Patient') this.patients++;
        this.#open.push({ line, values: new Map() });
      },
      item: (item) => this.#item(item),
      close: (level) => this.#close(level),
      flaw: (flaw) => this.#flaw(flaw),
    });
  }

  /** @throws HeldError */
  write(text: string): void {
    this.#held(() => this.#reader.write(text));
  }

  /** @throws HeldError when the file ended too early */
  close(): void {
    this.#held(() => this.#reader.close());
  }

  /** What the source of the text threw, as landing says it. */
  heldError(error: unknown): unknown {
    if (!(error instanceof XmlFault)) return error;
    const { rule, what, mend } = xmlRefusals[error.rule];
    return this.#error(rule, what, mend, error.line);
  }

  #held(read: () => void): void {
    try {
      read();
    } catch (error) {
      throw this.heldError(error);
    }
  }

  #refuse(rule: string, what: string, mend: string, line: number): never {
    throw this.#error(rule, what, mend, line);
  }

  #error(rule: string, what: string, mend: string, line: number): HeldError {
    return new HeldError(`${this.#options.name} line ${line} is held by rule ${rule}: ${what}`, mend);
  }

  #root(root: NaaccrRoot): void {
    const { line } = root;
    const give = 'Give a NAACCR XML file.';
    if (root.name !== 'NaaccrData')
      this.#refuse('not-naaccr-xml', `it begins with ${element(root.name)}, not with <NaaccrData>`, give, line);
    if (root.namespace !== naaccrNamespace && root.namespace !== '')
      this.#refuse('not-naaccr-xml', `its <NaaccrData> is not of the namespace ${naaccrNamespace}`, give, line);
    const base = root.baseDictionaryUri ?? '';
    if (base === '')
      this.#refuse(
        'unknown-dictionary',
        'its <NaaccrData> has no baseDictionaryUri',
        'Ask its sender to name the dictionary.',
        line,
      );
    if (!/^[AMCI]$/.test(root.recordType ?? ''))
      this.#refuse(
        'record-type',
        'its <NaaccrData> has no recordType A, M, C or I',
        'Ask its sender for the record type.',
        line,
      );
    this.#items = this.#itemsOf({ base, user: userDictionariesOf(root) }, line);
    this.#open.push({ line, values: new Map() });
  }

  #itemsOf(uris: Parameters<typeof landingItems>[0], line: number): NaaccrItems {
    try {
      return landingItems(uris, this.#options.dictionaries);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return this.#refuse('unknown-dictionary', error.message, error.mend ?? addDictionary, line);
    }
  }

  #flaw(flaw: StructureFlaw): void {
    const refusal = refusalOf(flaw);
    if (refusal !== null) this.#refuse(refusal.rule, refusal.what, refusal.mend, flaw.line);
  }

  #item({ id, number, value, level, line }: ItemElement): void {
    const item = this.#items.get(id);
    if (!item)
      return this.#refuse(
        'unknown-item',
        `it has ${itemName(id)}, which no dictionary at hand knows`,
        addDictionary,
        line,
      );
    if (number !== null && number !== item.number)
      this.#refuse(
        'item-number',
        `its Item \`${id}\` bears another number than ${item.number}`,
        'Ask its sender to correct naaccrNum.',
        line,
      );
    if (item.level !== level)
      this.#refuse(
        'item-level',
        `its Item \`${shownId(id)}\` stands in <${level}> but belongs in <${item.level}>`,
        'Ask its sender to move it.',
        line,
      );
    if (!(this.#options.takes ?? isIncidence)(item)) this.skipped.set(id, (this.skipped.get(id) ?? 0) + 1);
    else if (value.trim() !== '') this.#open.at(-1)?.values.set(id, value);
  }

  #close(level: NaaccrLevel): void {
    if (level === 'Tumor') {
      this.tumors++;
      this.#options.onTumor(new Map(this.#open.flatMap(({ values }) => [...values])), this.#open.at(-1)!.line);
    }
    this.#open.pop();
  }
}

/** A tag's name as messages show it; odd ones are not repeated. */
const element = (local: string): string => (/^[A-Za-z]{1,32}$/.test(local) ? `<${local}>` : 'an element');
