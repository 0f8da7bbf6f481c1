import { pngWithTexts } from './png-text.ts';

/** What stands on a picture besides its charts. */
export interface PictureWords {
  readonly title: string;
  readonly words: string;
  /** Release, definitions and the like, by name: at its foot and in its metadata. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** One chart as it hangs on the page. */
export interface Piece {
  readonly title: string;
  /** The chart as text, its colours resolved. */
  readonly svg: string;
  readonly left: number;
  readonly top: number;
}

export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly paper: string;
  readonly ink: string;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const edge = 16;
const headHeight = 56;
const line = 14;
/** Letters of the foot that fit a pixel, about. */
const perPixel = 0.19;

/** Words on lines of so many letters at most; a word longer than that is cut. */
const wrapped = (text: string, letters: number): readonly string[] =>
  text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    const pieces = word.match(new RegExp(`.{1,${letters}}`, 'gu')) ?? [''];
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...pieces);
    return lines;
  }, []);

/** Charts put together as one picture, with a headline, the facts at the foot, and the same facts as metadata. */
export const composePicture = (pieces: readonly Piece[], canvas: Canvas, said: PictureWords): Picture => {
  const width = Math.ceil(canvas.width + 2 * edge);
  const letters = Math.max(20, Math.floor(width * perPixel));
  const foot = Object.entries(said.facts).flatMap(([name, text]) => wrapped(`${name}: ${text}`, letters));
  const footTop = headHeight + canvas.height + edge;
  const height = Math.ceil(footTop + foot.length * line + edge);
  const text = (words: string, x: number, y: number, more: string) =>
    `<text x="${x}" y="${y}" fill="${canvas.ink}" ${more}>${escaped(words)}</text>`;
  const charts = pieces.map(
    ({ title, svg, left, top }) =>
      (title === said.title ? '' : text(title, edge + left, headHeight + top - 8, 'font-size="13" font-weight="600"')) +
      `<g transform="translate(${edge + left} ${headHeight + top})">${svg}</g>`,
  );
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'IBM Plex Sans', system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(said.title)}</title><desc>${escaped(said.words)}</desc>`,
    `<metadata>${escaped(JSON.stringify(said.facts))}</metadata>`,
    `<rect width="100%" height="100%" fill="${canvas.paper}"/>`,
    text(said.title, edge, 24, 'font-size="15" font-weight="600"'),
    text(said.words, edge, 42, ''),
    ...charts,
    ...foot.map((words, at) => text(words, edge, footTop + (at + 1) * line, 'font-size="10" opacity="0.75"')),
    '</svg>',
  ].join('\n');
  return { svg, width, height };
};

/** The chart as text, with the colours it has on the page in place of their names. */
const resolved = (svg: SVGElement): string => {
  const copy = svg.cloneNode(true) as SVGElement;
  const [own, copies] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')];
  const settle = (from: Element, to: Element) => {
    const style = getComputedStyle(from);
    for (const name of ['fill', 'stroke'] as const)
      if (/var\(|currentColor/i.test(to.getAttribute(name) ?? '')) to.setAttribute(name, style[name]);
  };
  own.forEach((from, at) => {
    const to = copies[at];
    if (to) settle(from, to);
  });
  const { color } = getComputedStyle(svg);
  copy.setAttribute('fill', color);
  copy.setAttribute('color', color);
  for (const name of ['class', 'aria-hidden', 'aria-label']) copy.removeAttribute(name);
  copy.setAttribute('overflow', 'visible');
  for (const each of copy.querySelectorAll('text, tspan')) each.setAttribute('xml:space', 'preserve');
  return new XMLSerializer().serializeToString(copy);
};

/** All charts that hang below `host`, where they hang, as one picture. */
export const pictureOf = (host: HTMLElement, said: PictureWords): Picture => {
  const box = host.getBoundingClientRect();
  const pieces = [...host.querySelectorAll<SVGElement>('svg.plot')].map((svg): Piece => {
    const { left, top } = svg.getBoundingClientRect();
    const title = svg.closest('section')?.querySelector('h2')?.textContent ?? '';
    return { title, svg: resolved(svg), left: left - box.left, top: top - box.top };
  });
  const { backgroundColor: paper } = getComputedStyle(host.querySelector('section') ?? document.body);
  const { color: ink } = getComputedStyle(document.body);
  return composePicture(pieces, { width: box.width, height: box.height, paper, ink }, said);
};

/** Pixels of the file a pixel of the page: sharp on paper. */
const scale = 2;

/** The picture as a PNG, with the facts in its metadata. @throws Error where the browser cannot draw it */
export const pngOf = async ({ svg, width, height }: Picture, facts: PictureWords['facts']): Promise<Blob> => {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width * scale, height * scale];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (drawn === null) throw new Error('The browser made no PNG of the picture.');
    const bytes = new Uint8Array(await drawn.arrayBuffer());
    return new Blob([pngWithTexts(bytes, facts)], { type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
};
