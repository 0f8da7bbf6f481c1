/** An Item that was read from the text without a parser. */
export interface PlainItem {
  readonly id: string;
  /** `naaccrNum` as written; null where there is none. */
  readonly number: string | null;
  readonly value: string;
  /** Where the text goes on behind it. */
  readonly end: number;
}

const start = '<Item naaccrId="';
const middle = ' naaccrNum="';
const close = '</Item>';
const [lessThan, quote, ampersand, bracket] = [60, 34, 38, 93];

/**
 * The Item at a place of the text, where it is written as nearly every program writes it: `<Item naaccrId="x">value</Item>`,
 * with or without a number, without markup, entities or carriage returns in the value.
 *
 * It exists for speed (see test/bench): anything else is null and left to the XML parser, so that what is well-formed is
 * decided by that parser alone. 'cut' where the text ends before one can tell.
 */
export const plainItemAt = (text: string, at: number): PlainItem | 'cut' | null => {
  if (!text.startsWith(start, at))
    return text.length - at < start.length && start.startsWith(text.slice(at)) ? 'cut' : null;
  const idEnd = wordEnd(text, at + start.length);
  if (idEnd >= text.length) return 'cut';
  if (text.charCodeAt(idEnd) !== quote || idEnd === at + start.length) return null;
  const id = text.slice(at + start.length, idEnd);
  let number: string | null = null;
  let from = idEnd + 1;
  if (text.startsWith(middle, from)) {
    const numberEnd = wordEnd(text, from + middle.length);
    if (numberEnd >= text.length) return 'cut';
    if (text.charCodeAt(numberEnd) !== quote) return null;
    number = text.slice(from + middle.length, numberEnd);
    from = numberEnd + 1;
  }
  if (text[from] !== '>')
    return text.length - from < middle.length && middle.startsWith(text.slice(from)) ? 'cut' : null;
  const valueEnd = plainTextEnd(text, from + 1);
  if (valueEnd >= text.length) return 'cut';
  if (!text.startsWith(close, valueEnd))
    return text.length - valueEnd < close.length && close.startsWith(text.slice(valueEnd)) ? 'cut' : null;
  return { id, number, value: text.slice(from + 1, valueEnd), end: valueEnd + close.length };
};

/** Where letters and digits end. */
const wordEnd = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isWord = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
    if (!isWord) return at;
  }
  return text.length;
};

/** Where text ends that means itself, character by character, in any XML. */
const plainTextEnd = (text: string, from: number): number => {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lessThan || code === ampersand || code === bracket || code > 0x7e) return at;
    if (code < 32 && code !== 10 && code !== 9) return at;
  }
  return text.length;
};
