import type { BatchReport } from '../land/batch-report.ts';
import { addArrivals, type Arrival } from './arrival.ts';
import { readBatchEvents, runIds } from '../ledger/read-ledger.ts';
import type { CsvDialect } from '../read/dialect.ts';
import { keepState, readKeptState } from './kept-state.ts';
import { compareDeliveries, namesOf } from './standing.ts';

/** What has landed, as the ledgers of all runs tell it. */
export interface LandedState {
  /**
   * Batches that stand, which no later version of their files has replaced: by source, then in the order in which a
   * later row goes before an earlier one. Whether rows of one count is for `raw-rows.ts` to say.
   */
  readonly batches: readonly BatchReport[];
  /** By source: the dialect of the CSV batch that landed last, which a later file is held to. */
  readonly dialects: ReadonlyMap<string, CsvDialect>;
  /** Batches held since, each the last word on one of its files: what the desk looks at, though nothing of it is in raw. */
  readonly held: readonly BatchReport[];
  /** When rows came, also those of batches that stand no longer. */
  readonly arrivals: readonly Arrival[];
}

/** Nothing has landed yet. */
export const nothingLanded: LandedState = { batches: [], dialects: new Map(), held: [], arrivals: [] };

/** Runs beyond those whose fold was kept, before it is kept anew. */
const KEPT_EVERY = 50;

/**
 * Folds the ledgers of all runs, oldest first. Runs that were cut off count as far as they got. What all but the newest
 * fold to is kept beside them, so that a long history is not read every night.
 */
export const readLandedState = (ledgerFolder: string): Promise<LandedState> => {
  const runs = runIds(ledgerFolder);
  const kept = readKeptState(ledgerFolder, runs);
  const fold = new Fold(kept?.state ?? nothingLanded);
  const isLong = runs.length - (kept?.runs ?? 0) > KEPT_EVERY;
  for (const [i, run] of runs.entries()) {
    if (i < (kept?.runs ?? 0)) continue;
    // The newest may still go on.
    if (isLong && i === runs.length - 1) keepState(ledgerFolder, runs.slice(0, i), fold.asFolded());
    for (const { eventTime, run: of } of readBatchEvents(ledgerFolder, run)) {
      const batch = of.facets.himsight?.batch;
      if (batch) fold.take(batch, eventTime.slice(0, 10));
    }
  }
  return Promise.resolve(fold.state());
};

/** The state after a batch was dealt with just now. Only what landed, or was found again, changes it. */
export const withBatch = (state: LandedState, report: BatchReport): LandedState => {
  const fold = new Fold(state);
  fold.take(report, new Date().toISOString().slice(0, 10));
  return fold.state();
};

/** A state that reports change one after the other; put in order once, when it is asked for. */
class Fold {
  readonly #batches: Map<string, BatchReport>;
  readonly #arrivals: Map<string, Arrival>;
  readonly #dialects: Map<string, CsvDialect>;
  #held: readonly BatchReport[];

  constructor({ batches, dialects, held, arrivals }: LandedState) {
    this.#dialects = new Map(dialects);
    this.#held = held;
    this.#batches = new Map(batches.map((batch) => [idOf(batch), batch]));
    this.#arrivals = new Map(arrivals.map((arrival) => [JSON.stringify({ ...arrival, rows: 0 }), arrival]));
  }

  /** @param landedOn ISO date, for batches that do not say of when their rows are */
  take(report: BatchReport, landedOn: string): void {
    if (report.status === 'refused' || report.batch === '') return;
    const names = report.files.map(({ name }) => name);
    this.#held = this.#held.filter(
      ({ source, files }) => source !== report.source || !files.every(({ name }) => names.includes(name)),
    );
    if (report.status === 'held') this.#held = [...this.#held, report];
    if (report.status === 'held') return;
    const known = this.#batches.get(idOf(report));
    if (report.status === 'unchanged' && known === undefined) return;
    for (const batch of report.supersedes) this.#batches.delete(idOf({ source: report.source, batch }));
    this.#leavePlaces(report);
    if (report.status === 'landed') {
      this.#batches.set(idOf(report), report);
      const dialect = report.files.at(-1)?.dialect;
      if (dialect) this.#dialects.set(report.source, dialect);
      addArrivals(this.#arrivals, report, landedOn);
    } else {
      // Found again, perhaps under another path or with a mended manifest.
      const { files, places, stated = known!.stated } = report;
      const { places: _places, ...rest } = known!;
      this.#batches.set(idOf(report), { ...rest, files, ...(places ? { places } : {}), ...(stated ? { stated } : {}) });
    }
  }

  /** Content that stands in several places loses those that are another's now. */
  #leavePlaces(report: BatchReport): void {
    const taken = namesOf(report);
    for (const [id, batch] of this.#batches) {
      if (batch.places === undefined || id === idOf(report) || batch.source !== report.source) continue;
      const places = batch.places.filter(({ name }) => !taken.includes(name));
      if (places.length > 0 && places.length < batch.places.length) this.#batches.set(id, { ...batch, places });
    }
  }

  state(): LandedState {
    const state = this.asFolded();
    return { ...state, batches: state.batches.toSorted(compareDeliveries) };
  }

  /** The state with its batches in the order in which they came, from which the fold goes on as if it had not stopped. */
  asFolded(): LandedState {
    return {
      batches: [...this.#batches.values()],
      dialects: this.#dialects,
      held: this.#held,
      arrivals: [...this.#arrivals.values()],
    };
  }
}

const idOf = ({ source, batch }: Pick<BatchReport, 'source' | 'batch'>): string => `${source} ${batch}`;

/** The standing batches of one source, in order. */
export const batchesOf = ({ batches }: Pick<LandedState, 'batches'>, source: string): readonly BatchReport[] =>
  batches.filter((batch) => batch.source === source);
