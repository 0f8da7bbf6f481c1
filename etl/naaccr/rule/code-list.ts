import type { ValueRule } from './value-rule.ts';

/** The codes an item may have. */
export interface CodeList {
  readonly codes: ReadonlySet<string>;
  /** Both ends included; of the same number of digits. */
  readonly ranges: readonly { readonly from: string; readonly to: string }[];
}

/** Code lists of a version of NAACCR, by id of the item. */
export interface CodeLists {
  /** As 260; null where nobody knows. */
  readonly version: string | null;
  readonly lists: ReadonlyMap<string, CodeList>;
}

/**
 * Codes that are valid though lists of diseases do not have them: of item 1910 alive at last contact, no death certificate,
 * and a certificate without a coded cause.
 */
const besides: Readonly<Record<string, readonly string[]>> = { causeOfDeath: ['0000', '7777', '7797'] };

/** A coded item has a code of its list. Items without a list are not judged. */
export const codeListRule = ({ lists }: CodeLists): ValueRule => ({
  code: 'code-list',
  kind: 'check',
  says: 'A coded item has a code of its list.',
  source: 'the code lists that were given; a check of our own, and not the official NAACCR edits',
  concerns: ({ id }) => lists.has(id),
  broken: (value, { id }) => {
    const list = lists.get(id);
    if (list === undefined || list.codes.has(value) || besides[id]?.includes(value)) return null;
    const isInRange = list.ranges.some(
      ({ from, to }) => value.length === from.length && value >= from && value <= to && /^\d+$/.test(value),
    );
    return isInRange ? null : `has none of the ${list.codes.size} codes of its list`;
  },
});

/**
 * A list as it is written: one code a line, behind it what it means; 001-988 is a range.
 *
 * @param text CSV without a header, quotes around cells that hold a comma
 */
export const readCodeList = (text: string): CodeList => {
  const codes = new Set<string>();
  const ranges: { from: string; to: string }[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line) ?? [];
    const code = (quoted ?? plain ?? '').trim();
    const range = /^(\d+)-(\d+)$/.exec(code);
    if (range && range[1]!.length === range[2]!.length) ranges.push({ from: range[1]!, to: range[2]! });
    // A list writes `Blank` where an item may be left out.
    else if (code !== '' && code !== 'Blank') codes.add(code);
  }
  return { codes, ranges };
};
