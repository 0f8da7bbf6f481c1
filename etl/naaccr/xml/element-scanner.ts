import { SaxesParser, type SaxesTagNS } from 'saxes';
import { XmlFault } from './fault.ts';
import { plainItemAt, type PlainItem } from './plain-item.ts';

/** What is told of a document, in its order. Lines are physical lines from 1, on which the thing begins. */
export interface ElementHandler {
  readonly open: (tag: SaxesTagNS, line: number) => void;
  readonly close: () => void;
  /** Text and CDATA alike, entities resolved; one text may come in several pieces. */
  readonly text: (text: string, line: number) => void;
  /** An Item with its value; only where `takesPlainItems` says so, instead of the three above. */
  readonly plainItem: (item: PlainItem, line: number) => void;
  /** Whether an Item may come here whole: its parent is open, has no prefix and is of the namespace of NAACCR XML. */
  readonly takesPlainItems: () => boolean;
}

/** Characters between two tags, or of one tag or comment: a parser would hold all of them in memory. */
const longestText = 4_000_000;
/** Elements within each other: a parser holds all that are open. */
const deepest = 100;
/** Characters up to which a cut Item waits for its end before the parser has it. */
const longestCut = 1 << 14;

/**
 * An XML document as it arrives, in memory of a bounded size whatever the document.
 *
 * A parser (saxes) reads it; Items written in the usual way are passed over by it and read here, which is several times as
 * fast. The parser sees the same document without them: as each is an element of its own between two tags, what is
 * well-formed stays decided by it.
 *
 * @throws XmlFault from `write` and `close`: not well-formed, cut off, a document type declaration (entities could blow up
 *   memory or read files), a text of over 4 million characters, elements over 100 deep
 */
export class ElementScanner {
  readonly #handler: ElementHandler;
  readonly #parser = new SaxesParser({ xmlns: true });
  /** Text that may be the beginning of an Item. */
  #rest = '';
  /** Lines that the parser did not see. */
  #passedLines = 0;
  /** Where in the text that is being read the next line break stands that was not passed yet. */
  #nextBreak = 0;
  #tagLine = 1;
  #depth = 0;
  #sinceTag = 0;
  /** Whether the last character the parser saw ended a tag. */
  #isBehindTag = false;
  #hasRoot = false;
  #isEnding = false;

  constructor(handler: ElementHandler) {
    this.#handler = handler;
    this.#parser.on('error', () =>
      this.#fail(this.#isEnding ? (this.#hasRoot ? 'truncated-xml' : 'no-root') : 'broken-xml'),
    );
    this.#parser.on('doctype', () => this.#fail('document-type'));
    this.#parser.on('opentagstart', () => (this.#tagLine = this.line));
    this.#parser.on('opentag', (tag) => {
      this.#hasRoot = true;
      this.#atTag();
      if (++this.#depth > deepest) this.#fail('too-deep');
      handler.open(tag, this.#tagLine);
    });
    this.#parser.on('closetag', () => {
      this.#atTag();
      this.#depth--;
      handler.close();
    });
    this.#parser.on('text', (text) => handler.text(text, this.line));
    this.#parser.on('cdata', (text) => handler.text(text, this.line));
  }

  /** The line that is being read. */
  get line(): number {
    return this.#parser.line + this.#passedLines;
  }

  write(piece: string): void {
    // Joined so, a string is flat; one made by + stays two, and reading its characters takes several times as long.
    const text = this.#rest === '' ? piece : [this.#rest, piece].join('');
    this.#rest = '';
    this.#nextBreak = breakFrom(text, 0);
    let at = 0;
    while (at < text.length) {
      if (this.#isBehindTag && this.#handler.takesPlainItems()) {
        at = this.#passItems(text, at);
        if (this.#rest !== '' || at === text.length) return;
      }
      const end = text.indexOf('>', at) + 1 || text.length;
      this.#parse(text.slice(at, end));
      at = end;
    }
  }

  close(): void {
    if (this.#rest !== '') this.#parse(this.#rest);
    this.#isEnding = true;
    this.#parser.close();
  }

  /** Reads plain Items one after another and the blanks between them; says where the next other thing begins. */
  #passItems(text: string, from: number): number {
    for (let at = from; ;) {
      const begin = blankEnd(text, at);
      this.#passLines(text, at, begin);
      if (begin === text.length) return begin;
      const item = plainItemAt(text, begin);
      if (item === 'cut' && text.length - begin < longestCut) this.#rest = text.slice(begin);
      if (item === 'cut' || item === null) return begin;
      this.#handler.plainItem(item, this.line);
      this.#passLines(text, begin, item.end);
      at = item.end;
    }
  }

  /** Counts the line breaks of a stretch that the parser does not see. Stretches of a text come in their order. */
  #passLines(text: string, from: number, end: number): void {
    while (this.#nextBreak < from) this.#nextBreak = breakFrom(text, this.#nextBreak + 1);
    for (; this.#nextBreak < end; this.#nextBreak = breakFrom(text, this.#nextBreak + 1)) this.#passedLines++;
  }

  #parse(text: string): void {
    this.#sinceTag += text.length;
    this.#isBehindTag = false;
    this.#parser.write(text);
    if (this.#sinceTag > longestText + text.length) this.#fail('text-too-long');
  }

  #atTag(): void {
    this.#sinceTag = 0;
    this.#isBehindTag = true;
  }

  // The parser's own words could hold a piece of the text, so they are not passed on.
  #fail(rule: XmlFault['rule']): never {
    throw new XmlFault(rule, this.line);
  }
}

/** Where blanks end. A carriage return alone is a line break to a parser only, so it is left to it. */
const blankEnd = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isBlank = code === 32 || code === 10 || code === 9 || (code === 13 && text.charCodeAt(at + 1) === 10);
    if (!isBlank) return at;
  }
  return text.length;
};

/** Where the next line break stands; behind the end where there is none. */
const breakFrom = (text: string, from: number): number => {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
};
