import { UserError } from '../../warehouse/error.ts';
import type { RandomDesign } from './design.ts';
import { drawSimple, drawSystematic } from './draw.ts';
import type { Frame, FrameRecord } from './frame.ts';
import { sizeFor } from './size.ts';
import { sharesOf, strataOf, type Stratum } from './stratum.ts';

/** A stratum with what was drawn from it. */
export interface DrawnStratum extends Stratum {
  /** n_h records in the order they were drawn. */
  readonly drawn: readonly FrameRecord[];
  /** N_h/n_h: the records of the frame that each drawn one stands for (Horvitz & Thompson 1952). */
  readonly weight: number;
}

/** How many records a design draws from a frame. */
export const sizeOf = ({ size }: Pick<RandomDesign, 'size'>, frame: Pick<Frame, 'records'>): number =>
  size.kind === 'precision' ? sizeFor(size.input, frame.records.length) : size.size;

/**
 * Draws a random sample: the same records for the same frame, design and seed.
 *
 * @returns strata in bytewise order of their values, all of them drawn from
 * @throws UserError where the size is above the frame, or below the number of strata
 */
export const drawSample = (frame: Frame, design: RandomDesign): readonly DrawnStratum[] => {
  const n = sizeOf(design, frame);
  const size = frame.records.length;
  if (n > size)
    throw new UserError(`The sample is larger than its frame: ${n} of ${size} records.`, {
      mend: 'Ask for fewer with --size, or widen --from, --to and --where.',
    });
  const strata = strataOf(frame, design.by);
  if (n < strata.length)
    throw new UserError(`A sample of ${n} cannot hold a record of each of the ${strata.length} strata.`, {
      mend: 'Ask for more with --size, or split by fewer dimensions with --by.',
    });
  const draw = design.kind === 'systematic' ? drawSystematic : drawSimple;
  const shares = sharesOf(strata, n, design.allocation);
  return strata.map((stratum, i) => ({
    ...stratum,
    drawn: draw(stratum.records, shares[i]!, design.seed),
    weight: stratum.records.length / shares[i]!,
  }));
};
