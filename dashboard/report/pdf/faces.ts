import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';

export type Weight = 400 | 500 | 600;

/** In this order the parts of IBM Plex Sans are looked for a letter. */
const subsets = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const;

/** What stands for signs that no part of the font has. */
const words: Readonly<Record<string, string>> = {
  ...{ '≈': 'about', '≤': 'at most', '≥': 'at least', '≠': 'not', '→': 'to', '←': 'from', '↔': 'and' },
  // A space that may not be broken is drawn as any other; lines are broken before it is.
  '\u00a0': ' ',
};

/** Some letters in one part of the font. */
export interface Run {
  /** As the document knows it. */
  readonly face: string;
  readonly text: string;
}

const folder = join(dirname(createRequire(import.meta.url).resolve('@fontsource/ibm-plex-sans/package.json')), 'files');

/** Opened fonts say which letters they have; pdfkit's types leave that out. */
interface OpenFont {
  readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } };
}

export const faceName = (subset: (typeof subsets)[number], weight: Weight): string => `plex-${subset}-${weight}`;

/** Splits texts by the parts of the font that hold their letters, in a document that has all of them. */
export type Splitter = (text: string, weight: Weight) => readonly Run[];

/** Makes IBM Plex Sans known to a document: its parts as they come with the product, embedded as far as they are used. */
export const embedFaces = (doc: PDFKit.PDFDocument): Splitter => {
  for (const weight of [400, 500, 600] as const)
    for (const subset of subsets)
      doc.registerFont(
        faceName(subset, weight),
        readFileSync(join(folder, `ibm-plex-sans-${subset}-${weight}-normal.woff`)),
      );
  const held = new Map<string, string>();
  const faceOf = (letter: string, weight: Weight): string => {
    const key = `${weight}${letter}`;
    const known = held.get(key);
    if (known !== undefined) return known;
    const code = letter.codePointAt(0) ?? 0;
    const has = (subset: (typeof subsets)[number]) =>
      (doc.font(faceName(subset, weight)) as unknown as OpenFont)._font.font.hasGlyphForCodePoint(code);
    const face = faceName(subsets.find(has) ?? 'latin', weight);
    held.set(key, face);
    return face;
  };
  return (text, weight) => {
    const runs: { face: string; text: string }[] = [];
    for (const letter of text.replaceAll(/[≈≤≥≠→←↔\u00a0]/g, (sign) => words[sign] ?? sign)) {
      const face = faceOf(letter, weight);
      const last = runs.at(-1);
      if (last?.face === face) last.text += letter;
      else runs.push({ face, text: letter });
    }
    return runs;
  };
};
