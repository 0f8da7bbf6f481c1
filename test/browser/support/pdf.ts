import { inflateSync } from 'node:zlib';

/** How much stands on each page of a PDF as Chromium writes it: operators that show text, and those that paint paths. */
export const pagesOf = (pdf: Buffer): readonly { readonly texts: number; readonly paths: number }[] => {
  const text = pdf.toString('latin1');
  const objectAt = (id: string): number => text.search(new RegExp(`(^|\\n)${id} 0 obj\\b`));
  const streamOf = (id: string): string => {
    const start = objectAt(id);
    const head = /^[\s\S]*?stream\r?\n/.exec(text.slice(start))?.[0] ?? '';
    const length = Number(/\/Length (\d+)(?! \d+ R)/.exec(head)?.[1] ?? 0);
    const from = start + head.length;
    const body = pdf.subarray(from, from + length);
    return (head.includes('/FlateDecode') ? inflateSync(body) : body).toString('latin1');
  };
  const pages = [...text.matchAll(/\/Type\s*\/Page\b[\s\S]*?endobj/g)].map(([page]) => page);
  return pages.map((page) => {
    const content = streamOf(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '');
    return {
      texts: [...content.matchAll(/\bT[jJ]\b/g)].length,
      paths: [...content.matchAll(/(^|\s)(S|f|f\*|B)(?=\s|$)/g)].length,
    };
  });
};
