import type { Coverage, MetaTable, ReleaseMeta } from '../warehouse/meta.ts';
import type { BatchReport } from './land/batch-report.ts';
import type { Contract } from './contract/contract.ts';
import type { Arrival } from './raw/arrival.ts';
import { batchesOf, type LandedState } from './raw/landed-state.ts';
import { withSay } from './raw/raw-rows.ts';
import { utcOf } from './utc.ts';
import type { Source, Workspace } from './workspace/workspace.ts';

/** What a release says of the data in it: as-of, coverage, batches, reconciliation and checks of all live batches. */
export const releaseMeta = (
  { batches, arrivals }: LandedState,
  { sources }: Pick<Workspace, 'sources'>,
  contracts: ReadonlyMap<string, Contract>,
): ReleaseMeta => {
  const live = sources.flatMap((source) =>
    withSay(source, batchesOf({ batches }, source.id)).map((batch) => ({ source, batch })),
  );
  const coverage = coverageOf(live, contracts);
  return {
    asOf:
      coverage
        .flatMap(({ as_of }) => as_of ?? [])
        .sort()
        .at(-1) ?? null,
    completeThrough: coverage.flatMap(({ through }) => through ?? []).sort()[0] ?? null,
    coverage,
    accepted: acceptedOf(live),
    tables: [batchTable(live), reconciliationTable(live), checkTable(live), arrivalTable(arrivals, sources)],
  };
};

interface Live {
  readonly source: Source;
  readonly batch: BatchReport;
}

/** Rows let in by decision, by contract and rule, as a check's `gate` names them. */
const acceptedOf = (live: readonly Live[]): Readonly<Record<string, number>> => {
  const reasons = live.flatMap(({ batch }) => batch.reasons).filter(({ overridden = 0 }) => overridden > 0);
  const same = Map.groupBy(reasons, ({ contract, rule }) => `${contract ?? ''} ${rule}`);
  return Object.fromEntries([...same].map(([name, each]) => [name, sum(each.map(({ overridden = 0 }) => overridden))]));
};

/** The last day wholly in is the one before the as-of's; lists without a period (facilities …) have none. */
const coverageOf = (live: readonly Live[], contracts: ReadonlyMap<string, Contract>): readonly Coverage[] => {
  const latest = new Map<string, Coverage>();
  for (const { source, batch } of live)
    for (const { contract, accepted } of batch.contracts) {
      if (accepted === 0 && batch.asOf === null) continue;
      const key = `${contract} ${source.id}`;
      const through = contracts.get(contract)?.period && batch.asOf !== null ? dayBefore(batch.asOf) : null;
      const as_of =
        batch.asOf === null
          ? null
          : batch.isInstant
            ? batch.asOf.replace(' ', 'T').replace(/Z?$/, 'Z')
            : utcOf(batch.asOf, source.timezone);
      const known = latest.get(key);
      if (known === undefined || (known.as_of ?? '') < (as_of ?? ''))
        latest.set(key, { contract, source_id: source.id, as_of, through });
    }
  return [...latest.values()];
};

const dayBefore = (timestamp: string): string =>
  new Date(Date.parse(`${timestamp.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

const batchTable = (live: readonly Live[]): MetaTable => ({
  name: 'batch',
  summary: 'One row per batch whose rows are in this release',
  columns: {
    source_id: 'VARCHAR',
    batch_id: 'VARCHAR',
    files: 'BIGINT',
    bytes: 'BIGINT',
    lines: 'BIGINT',
    records: 'BIGINT',
    rejected: 'BIGINT',
  },
  rows: live.map(({ batch }) => ({
    source_id: batch.source,
    batch_id: batch.batch,
    files: batch.files.length,
    bytes: sum(batch.files.map(({ bytes }) => bytes)),
    lines: sum(batch.files.map(({ lines }) => lines)),
    records: sum(batch.files.map(({ records }) => records)),
    rejected: batch.rejected,
  })),
});

const reconciliationTable = (live: readonly Live[]): MetaTable => ({
  name: 'reconciliation',
  summary: 'One row per batch and contract: mapped = accepted + quarantined + duplicates + superseded',
  columns: {
    ...{ source_id: 'VARCHAR', batch_id: 'VARCHAR', contract: 'VARCHAR', mapped: 'BIGINT', accepted: 'BIGINT' },
    ...{ quarantined: 'BIGINT', duplicates: 'BIGINT', superseded: 'BIGINT' },
  },
  rows: live.flatMap(({ batch }) =>
    batch.contracts.map(({ contract, mapped, accepted, quarantined, duplicates, superseded }) => ({
      ...{ source_id: batch.source, batch_id: batch.batch, contract, mapped, accepted },
      ...{ quarantined, duplicates, superseded },
    })),
  ),
});

const checkTable = (live: readonly Live[]): MetaTable => ({
  name: 'gate_check',
  summary: 'One row per check of a contract and source: rows examined, rows that broke it',
  columns: {
    ...{ check_id: 'VARCHAR', contract: 'VARCHAR', source_id: 'VARCHAR', kahn: 'VARCHAR', quality: 'VARCHAR' },
    ...{ severity: 'VARCHAR', says: 'VARCHAR', examined: 'BIGINT', violated: 'BIGINT' },
  },
  rows: [
    ...Map.groupBy(
      live.flatMap(checksOf),
      ({ check_id, contract, source_id }) => `${check_id} ${contract} ${source_id}`,
    ).values(),
  ].map((same) => ({
    ...same[0]!,
    examined: sum(same.map(({ examined }) => examined)),
    violated: sum(same.map(({ violated }) => violated)),
  })),
});

const arrivalTable = (arrivals: readonly Arrival[], sources: readonly Source[]): MetaTable => ({
  name: 'arrival',
  summary: "One row per source, contract, month of the rows' period and day they came: rows that were new or changed",
  columns: { source_id: 'VARCHAR', contract: 'VARCHAR', month: 'DATE', arrived_on: 'DATE', rows: 'BIGINT' },
  rows: arrivals
    .filter(({ source_id: id }) => sources.some((source) => source.id === id))
    .map((arrival) => ({ ...arrival })),
});

const checksOf = ({ batch }: Live) =>
  batch.checks.map(({ rule, contract, kahn, quality, severity, says, examined, violated }) => ({
    ...{ check_id: rule, contract, source_id: batch.source, kahn, quality, severity, says, examined, violated },
  }));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
