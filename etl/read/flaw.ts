import { HeldError } from '../error.ts';
import type { FileFlaw, FlawKind } from './scan.ts';

const sentences: Readonly<Record<FlawKind, readonly [says: string, mend: string]>> = {
  empty: ['has 0 bytes', 'Ask its sender for the file; an extract without rows still has its header.'],
  'utf-16': ['is written in UTF-16', 'Export it as UTF-8, or say its `encoding`.'],
  'utf-8': [
    'is written in UTF-8, and its source says windows-1252, so that its letters would turn into others',
    'Say `encoding: utf-8` where himsight.yaml or the layout says otherwise, or ask for the file as before.',
  ],
  zip: ['is a zip archive', 'Unpack it, or compress it with gzip instead.'],
  'truncated-gzip': ['is a gzip file that breaks off before its end', 'Transfer it again, whole.'],
  'damaged-gzip': ['is a gzip file whose contents are damaged', 'Transfer it again.'],
  'unterminated-quote': [
    'opens a quote that is never closed, so all rows behind it cannot be told apart',
    'Close the quote, or double it where it is part of the value; where quotes mean nothing in all its files, say `csv: { quote: none }` of its source.',
  ],
  'stray-quote': [
    'holds a quoted value that runs over several lines and goes on behind its closing quote, so that rows may be hidden in it',
    'Close the quote on its own line, and double quotes that are part of a value.',
  ],
  'hidden-rows': [
    'opens a quote that is closed only lines later, and every line up to there looks like a row, so that rows are hidden in one value',
    'Close the quote on its own line, or double it where it is part of the value.',
  ],
  'mixed-line-ends': [
    'ends a line in another way than the lines before it (LF and CR LF)',
    'Write all lines with the same ending; files joined together often differ.',
  ],
  'carriage-returns': [
    'holds a carriage return that no line feed follows',
    'End all lines with LF or CR LF, and quote values with line breaks in them.',
  ],
  'empty-columns': [
    'has more columns than the header names, the last of them empty, so that its values may stand in the wrong columns',
    'Quote values that hold a comma, and end no row with one too many.',
  ],
};

/** @throws HeldError with a sentence when a file has a flaw */
export const refuseFlaw = (name: string, flaw: FileFlaw | null): void => {
  if (flaw === null) return;
  const [says, mend] = sentences[flaw.kind];
  const line = flaw.line === null ? '' : ` line ${flaw.line}`;
  throw new HeldError(`${name}${line} is held by rule ${flaw.kind}: it ${says}`, mend);
};
