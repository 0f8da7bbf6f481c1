import type { BatchReport } from '../land/batch-report.ts';
import { comparePaths } from '../find.ts';
import { readEvents, runIds } from '../ledger.ts';
import type { CsvDialect } from '../read/dialect.ts';

/** The batches whose rows are in raw, as the ledgers of all runs tell it. */
export interface LandedState {
  /** By source, then in path order, which is the order in which a later row takes the place of an earlier one. */
  readonly batches: readonly BatchReport[];
  /** By source: the dialect of the CSV batch that landed last, which a later file is held to. */
  readonly dialects: ReadonlyMap<string, CsvDialect>;
  /** Batches held since, each the last word on one of its files: what the desk looks at, though nothing of it is in raw. */
  readonly held: readonly BatchReport[];
}

/** Nothing has landed yet. */
export const nothingLanded: LandedState = { batches: [], dialects: new Map(), held: [] };

/** Folds the ledgers of all runs, oldest first. Runs that were cut off count as far as they got. */
export const readLandedState = (ledgerFolder: string): Promise<LandedState> => {
  let state = nothingLanded;
  for (const run of runIds(ledgerFolder))
    for (const event of readEvents(ledgerFolder, run)) {
      const batch = event.run.facets.himsight?.batch;
      if (batch) state = withBatch(state, batch);
    }
  return Promise.resolve(state);
};

/** The state after a batch was dealt with. Only what landed, or was found again under another path, changes it. */
export const withBatch = (state: LandedState, report: BatchReport): LandedState => {
  if (report.status === 'refused' || report.batch === '') return state;
  const names = report.files.map(({ name }) => name);
  const held = state.held.filter(
    ({ source, files }) => source !== report.source || !files.every(({ name }) => names.includes(name)),
  );
  if (report.status === 'held') return { ...state, held: [...held, report] };
  if (report.status === 'landed') {
    const gone = new Set([...report.supersedes, report.batch]);
    const dialect = report.files.at(-1)?.dialect;
    return {
      batches: [...state.batches.filter(({ batch }) => !gone.has(batch)), report].sort(compareBatches),
      held,
      dialects: dialect ? new Map(state.dialects).set(report.source, dialect) : state.dialects,
    };
  }
  // A file moved to another path keeps its rows, and what arrives at the old path is another batch.
  const batches = state.batches.map((one) => (one.batch === report.batch ? { ...one, files: report.files } : one));
  return { ...state, batches: batches.sort(compareBatches), held };
};

const compareBatches = (a: BatchReport, b: BatchReport): number =>
  comparePaths(a.source, b.source) || comparePaths(a.files[0]?.name ?? '', b.files[0]?.name ?? '');

/** The live batches of one source. */
export const batchesOf = ({ batches }: LandedState, source: string): readonly BatchReport[] =>
  batches.filter((batch) => batch.source === source);
