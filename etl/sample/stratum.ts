import { allocate, type Allocation } from './allocate.ts';
import { letters } from './digest.ts';
import { byBytes } from './digest.ts';
import type { Frame, FrameDimension, FrameRecord } from './frame.ts';

/** A part of the frame that is drawn from by itself. */
export interface Stratum {
  /** As people read it: `coder=coder-03 service=surgery`, or `all`. */
  readonly label: string;
  /** As column `stratum` holds it: it names the frame too, so that no two frames share a stratum. */
  readonly name: string;
  /** Its values, in the order of the dimensions; null = not known. */
  readonly values: readonly (string | null)[];
  /** The records of the frame in it: N_h of them. */
  readonly records: readonly FrameRecord[];
}

/** The frame's own name: 12 letters of its hash. */
export const frameName = ({ hash }: Pick<Frame, 'hash'>): string => letters(hash, 12);

/** The frame split by dimensions, in bytewise order of their values; one stratum, `all`, without any. */
export const strataOf = (frame: Frame, by: readonly FrameDimension[]): readonly Stratum[] => {
  const groups = Map.groupBy(frame.records, (record) => JSON.stringify(by.map((dimension) => record[dimension])));
  return [...groups]
    .toSorted(([a], [b]) => byBytes(a, b))
    .map(([key, records], i) => {
      const values = JSON.parse(key) as (string | null)[];
      const label = by.map((dimension, at) => `${dimension}=${values[at] ?? 'unknown'}`).join(' ') || 'all';
      return {
        label,
        values,
        records,
        name: `frame ${frameName(frame)} ${unmistakable(label) ? label : `stratum ${i + 1}`}`,
      };
    });
};

/** Whether the gate would let a text pass that is no id: long numbers and the like may be a person's (no-identifier.ts). */
const unmistakable = (text: string): boolean => !/[0-9]{7}|mrn|@|[0-9]{3}[-. ][0-9]/i.test(text);

/** How many of n to draw from each stratum. */
export const sharesOf = (strata: readonly Stratum[], n: number, allocation: Allocation): readonly number[] =>
  allocate(
    strata.map(({ records }) => records.length),
    n,
    allocation,
  );
