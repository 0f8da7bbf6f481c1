import { sampleSize, type RatStatsInput } from '../../warehouse/statistics/sample-size.ts';

/** What a sample's size is computed from, each 0–1. */
export interface SizeInput {
  /** Half the width of the interval wanted: 0.1 for ± 10 points. */
  readonly precision: number;
  /** Two-sided. */
  readonly confidence: number;
  /** The share expected. */
  readonly occurrence: number;
  /** Drawn beyond what is needed, as a share of it, since some records cannot be audited. */
  readonly oversample: number;
}

/** TRICARE's: 90 % confidence, 10 % precision, 50 % occurrence, 20 % more than needed (measures 1.3, S19). */
export const tricare: SizeInput = { precision: 0.1, confidence: 0.9, occurrence: 0.5, oversample: 0.2 };

/** Records to draw from a frame of N: n for the precision with finite population correction, then the oversample; never above N. */
export const sizeFor = ({ precision, confidence, occurrence, oversample }: SizeInput, frame: number): number => {
  const needed = sampleSize({ halfWidth: precision, level: confidence, rate: occurrence, population: frame });
  // Rounded to nine decimals first: 1.2 · 35 is 42, not a hair above it.
  return Math.min(frame, Math.ceil(Number((needed * (1 + oversample)).toFixed(9))));
};

/** The same inputs as RAT-STATS asks for them: percent, and the precision as the whole width of the interval. */
export const ratStatsInput = (input: SizeInput, frame: number): RatStatsInput => ({
  universe: frame,
  anticipatedRateOfOccurrence: percent(input.occurrence),
  desiredPrecisionRange: percent(2 * input.precision),
  confidenceLevel: percent(input.confidence),
});

const percent = (share: number): number => Number((share * 100).toFixed(9));
