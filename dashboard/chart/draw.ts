import * as Plot from '@observablehq/plot';
import type { Drawing, Spot } from './drawing.ts';

/** A spot in pixels of the drawn chart. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly words: string;
}

/** Where a value lies on a scale; the middle of its band where there is one. */
const along = (scale: Plot.Scale | undefined, value: Spot['x']): number =>
  Number(scale?.apply(value)) + (scale?.bandwidth ?? 0) / 2;

/** Paints a drawing and finds its spots. Plot's own style element is taken out: app.css holds its rules, as the content security policy wants. */
export const draw = (
  drawing: Drawing,
  document?: Document,
): { readonly svg: Element; readonly places: readonly Place[] } => {
  const svg = Plot.plot({ ...drawing.options, ...(document === undefined ? {} : { document }) });
  svg.querySelector('style')?.remove();
  const [x, y] = [svg.scale('x'), svg.scale('y')];
  const places = drawing.spots.map((spot) => ({ left: along(x, spot.x), top: along(y, spot.y), words: spot.words }));
  return { svg, places };
};
