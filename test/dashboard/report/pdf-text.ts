import { inflateSync } from 'node:zlib';

/** The streams and dictionaries of a PDF by object number, as pdfkit writes them. */
const objectsOf = (bytes: Uint8Array): ReadonlyMap<string, string> => {
  const text = Buffer.from(bytes).toString('latin1');
  const found = new Map<string, string>();
  for (const [, id = '', body = ''] of text.matchAll(/\n(\d+) 0 obj\n([^]*?)\nendobj/g)) found.set(id, body);
  return found;
};

const streamOf = (body: string): string => {
  const [dictionary = '', rest = ''] = body.split('\nstream\n', 2);
  const raw = Buffer.from(rest.slice(0, rest.lastIndexOf('\nendstream')), 'latin1');
  return (dictionary.includes('FlateDecode') ? inflateSync(raw) : raw).toString('latin1');
};

/** What each code of a font stands for. */
const lettersOf = (cmap: string): ReadonlyMap<string, string> => {
  const letters = new Map<string, string>();
  const textOf = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, from = '', list = ''] of cmap.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)) {
    const targets = [...list.matchAll(/<([\w ]*)>/g)].map(([, hex = '']) => hex.replaceAll(' ', ''));
    targets.forEach((hex, i) =>
      letters.set((Number.parseInt(from, 16) + i).toString(16).padStart(4, '0'), textOf(hex)),
    );
  }
  return letters;
};

/** The words on each page of a PDF, in the order they were written. */
export const pdfTexts = (bytes: Uint8Array): readonly string[] => {
  const objects = objectsOf(bytes);
  const reference = (body: string, name: string): string => new RegExp(`/${name} (\\d+) 0 R`).exec(body)?.[1] ?? '';
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  const lettersFor = (id: string) => {
    if (!fonts.has(id))
      fonts.set(id, lettersOf(streamOf(objects.get(reference(objects.get(id) ?? '', 'ToUnicode')) ?? '')));
    return fonts.get(id)!;
  };
  const pages = [...objects.values()].filter((body) => body.includes('/Type /Page\n'));
  return pages.map((page) => {
    const resources = objects.get(reference(page, 'Resources')) ?? page;
    const faces = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, id]));
    const content = streamOf(objects.get(reference(page, 'Contents')) ?? '');
    let letters: ReadonlyMap<string, string> = new Map();
    const words: string[] = [];
    for (const [, face, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ|ET/g)) {
      if (face !== undefined) letters = lettersFor(faces.get(face) ?? '');
      else if (shown !== undefined)
        for (const [, hex = ''] of shown.matchAll(/<(\w+)>/g))
          words.push((hex.match(/.{4}/g) ?? []).map((code) => letters.get(code) ?? '?').join(''));
      else words.push('\n');
    }
    return words.join('');
  });
};
