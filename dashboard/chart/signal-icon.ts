import type { Assurance, PointType } from '../../warehouse/statistics/making-data-count-rules.ts';
import type { Signal } from '../data/signal.ts';

/** Size of either icon, in pixels. */
export const signalIconSize = { width: 26, height: 20 } as const;

/** How the last point of a series stands: a line that leads to a mark. Both are paths. */
export interface VariationIcon {
  readonly line: string;
  /** Filled; the marks are those of the control chart: disc, diamond, square, triangle. */
  readonly mark: string;
}

const disc = 'M18.3 10 a3.2 3.2 0 1 0 6.4 0 a3.2 3.2 0 1 0 -6.4 0 Z';
const square = (top: number): string => `M17.5 ${top} h7 v7 h-7 Z`;
const diamond = (top: number): string => `M21 ${top} l4 4.5 -4 4.5 -4 -4.5 Z`;

/** The icon of a variation; the side of the mark is the side of the signal. */
export const variationIcon = (variation: PointType, cause: string): VariationIcon => {
  const isHigh = /above|increasing/.test(cause);
  const line = isHigh ? 'M2 15 7 14 12 10 19 6' : 'M2 5 7 6 12 10 19 14';
  switch (variation) {
    case 'common cause':
      return { line: 'M2 11 6 8 10 13 14 7 18 12 20.5 10', mark: disc };
    case 'improvement':
      return { line, mark: diamond(isHigh ? 1 : 10) };
    case 'concern':
      return { line, mark: square(isHigh ? 2 : 11) };
    case 'neutral high':
    case 'neutral low':
      return { line, mark: isHigh ? 'M21 1.5 l4 7.5 h-8 Z' : 'M21 18.5 l4 -7.5 h-8 Z' };
  }
};

/** Top of the band of the limits, 7 high, about the line of the target in the middle: above it, around it or below it. */
export const assuranceBand = (assurance: Assurance, better: Signal['better']): number => {
  if (assurance === 'inconsistent') return 6;
  return (assurance === 'consistently passing') === (better === 'higher') ? 2 : 11;
};
