import { SaxesParser } from 'saxes';

/** An element as it opens: its name without prefix, and its attributes. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is told while a part of a workbook is read. */
export interface Listener {
  readonly open?: (element: Element) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Reads one XML part of a workbook, telling what it meets. Names come without prefixes, since programs differ in them.
 *
 * @throws Error where it is no XML
 */
export const readPart = (content: Buffer, { open, text, close }: Listener): void => {
  const parser = new SaxesParser();
  // Without a parser error there would be an endless string of them.
  parser.on('error', (error) => {
    throw new Error('not XML', { cause: error });
  });
  // A definition of entities has no place in a workbook, and may blow a small file up.
  parser.on('doctype', () => {
    throw new Error('not a workbook');
  });
  if (open) parser.on('opentag', ({ name, attributes }) => open({ name: local(name), attributes }));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  if (close) parser.on('closetag', ({ name }) => close(local(name)));
  const size = 1 << 20;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let at = 0; at < content.length; at += size)
    parser.write(decoder.decode(content.subarray(at, at + size), { stream: true }));
  parser.write(decoder.decode()).close();
};

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
