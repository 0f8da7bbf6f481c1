import { parseHTML } from 'linkedom';
import { draw } from '../../../dashboard/chart/draw.ts';
import type { Drawing } from '../../../dashboard/chart/drawing.ts';

/** The painted chart as text, one element a line, numbers rounded to whole pixels: what a snapshot can hold. */
export const svgOf = (drawing: Drawing): string => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const { svg } = draw(drawing, document);
  return svg.outerHTML.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number)))).replaceAll('><', '>\n<');
};

/** The words painted on a chart, in order, as they are. */
export const textsOf = (drawing: Drawing): string[] => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const { svg } = draw(drawing, document);
  return [...svg.querySelectorAll('text')].map((text) => text.textContent.replaceAll('\u00a0', ' '));
};
