import type { Metric } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import type { Block } from './block.ts';
import type { Unit } from './plan.ts';
import type { Range } from './selected-rows.ts';
import type { ViewState } from './view-state.ts';

/** Rows of numbers kept for a release at most: some tens of megabytes. */
const mostRows = 200_000;
const mostViews = 12;

/**
 * Numbers of a release that were taken already, the latest last. A release never changes, so neither do they; of what was
 * asked longest ago they are forgotten where there are too many.
 */
export class KeptBlocks {
  readonly #blocks = new Map<string, Block>();
  readonly #views = new Map<string, ViewState>();
  readonly #most: number;
  #rows = 0;

  constructor(most = mostRows) {
    this.#most = most;
  }

  /** Writes down that a view was asked. */
  note(view: ViewState): void {
    const key = JSON.stringify(view);
    this.#views.delete(key);
    this.#views.set(key, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= mostViews) return;
      this.#views.delete(oldest);
    }
  }

  /** The views asked last, the latest first: what people will ask of the next release too. */
  get views(): readonly ViewState[] {
    return [...this.#views.values()].toReversed();
  }

  /** The numbers of all metrics of a unit; null where those of one are not at hand. */
  of(unit: Unit, range: Range): readonly Block[] | null {
    const keys = unit.metrics.map((metric) => keyOf(unit, range, metric));
    const blocks = keys.flatMap((key) => this.#blocks.get(key) ?? []);
    if (blocks.length < keys.length) return null;
    keys.forEach((key, i) => {
      this.#blocks.delete(key);
      this.#blocks.set(key, blocks[i]!);
    });
    return blocks;
  }

  keep(unit: Unit, range: Range, block: Block): void {
    const key = keyOf(unit, range, block.metric);
    if (this.#blocks.has(key) || sizeOf(block) > this.#most) return;
    this.#blocks.set(key, block);
    this.#rows += sizeOf(block);
    for (const [oldest, one] of this.#blocks) {
      if (this.#rows <= this.#most) return;
      this.#blocks.delete(oldest);
      this.#rows -= sizeOf(one);
    }
  }
}

/** A block of no rows takes room too. */
const sizeOf = ({ rows }: Block): number => rows + 1;

const keyOf = (unit: Unit, { grain, from, to, asOf }: Range, metric: Metric): string =>
  JSON.stringify([{ ...unit, metrics: [metric.id] }, grain, from, to, asOf]);

const kept = new WeakMap<Reader, KeptBlocks>();

/**
 * From now on numbers taken from this release are kept as long as it is read. For a server, which is asked the same by
 * everybody each morning; the reader's release must not change, and its metrics be of one catalogue.
 */
export const keepBlocks = (reader: Reader): void => void kept.set(reader, new KeptBlocks());

/** What is kept of a release; null where nothing is to be. */
export const keptBlocks = (reader: Reader): KeptBlocks | null => kept.get(reader) ?? null;
