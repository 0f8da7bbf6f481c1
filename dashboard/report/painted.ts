import { parseHTML } from 'linkedom';
import { draw } from '../chart/draw.ts';
import type { Drawing } from '../chart/drawing.ts';

/** A painted chart as an element that stands by itself: nothing but its colours is still a name. */
export interface Painted {
  readonly svg: Element;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Paints a chart without a browser. Plot numbers what it clips by once for the life of the process: `prefix` and the place in the chart name it here. */
export const painted = (drawing: Drawing, prefix: string): Painted => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const { svg } = draw(drawing, document);
  const names = new Map<string, string>();
  for (const element of svg.querySelectorAll('[id]')) {
    const name = `${prefix}-${names.size + 1}`;
    names.set(element.id, name);
    element.id = name;
  }
  for (const element of svg.querySelectorAll('[clip-path]')) {
    const link = /#([^)]+)/.exec(element.getAttribute('clip-path') ?? '')?.[1] ?? '';
    element.setAttribute('clip-path', `url(#${names.get(link) ?? link})`);
  }
  const [width, height] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)));
  return { svg, width: width ?? 0, height: height ?? 0 };
};

/** What a chart shows, for those who cannot see it: its name, its size in numbers and the last of them. */
export const chartWords = (title: string, note: string, { spots }: Drawing): string => {
  const last = spots.at(-1)?.words;
  return [title, note, last === undefined ? '' : `Last of ${spots.length}: ${last}`]
    .filter((part) => part !== '')
    .join('. ');
};
