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
}

/** Nothing has landed yet. */
export const nothingLanded: LandedState = { batches: [], dialects: new Map() };

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

/** Ids of the batches that are the last word on their files, landed or held: no later version of a file has come. */
export const latestBatches = (ledgerFolder: string): ReadonlySet<string> => {
  const latest = new Map<string, string>();
  for (const run of runIds(ledgerFolder))
    for (const event of readEvents(ledgerFolder, run)) {
      const { source, batch, files = [], supersedes = [] } = event.run.facets.himsight?.batch ?? {};
      for (const [file, before] of latest) if (supersedes.includes(before)) latest.delete(file);
      if (batch) for (const { name } of files) latest.set(`${source} ${name}`, batch);
    }
  return new Set(latest.values());
};

/** The state after a batch was dealt with. Only what landed, or was found again under another path, changes it. */
export const withBatch = (state: LandedState, report: BatchReport): LandedState => {
  if (report.status === 'landed') {
    const gone = new Set([...report.supersedes, report.batch]);
    const dialect = report.files.at(-1)?.dialect;
    return {
      batches: [...state.batches.filter(({ batch }) => !gone.has(batch)), report].sort(compareBatches),
      dialects: dialect ? new Map(state.dialects).set(report.source, dialect) : state.dialects,
    };
  }
  if (report.status !== 'unchanged') return state;
  // A file moved to another path keeps its rows, and what arrives at the old path is another batch.
  const batches = state.batches.map((one) => (one.batch === report.batch ? { ...one, files: report.files } : one));
  return { ...state, batches: batches.sort(compareBatches) };
};

const compareBatches = (a: BatchReport, b: BatchReport): number =>
  comparePaths(a.source, b.source) || comparePaths(a.files[0]?.name ?? '', b.files[0]?.name ?? '');

/** The live batches of one source. */
export const batchesOf = ({ batches }: LandedState, source: string): readonly BatchReport[] =>
  batches.filter((batch) => batch.source === source);
