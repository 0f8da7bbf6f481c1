import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { RawTable } from '../../warehouse/model/compiled.ts';
import { rawQuery, type RawPart } from '../../warehouse/raw-part.ts';
import type { BatchReport } from '../land/batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import { batchesOf, type LandedState } from './landed-state.ts';
import { partedTable, withSay } from './raw-rows.ts';
import { settingTables } from './setting-table.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * The tables of schema raw: one for each contract, its live rows, and those filled from the configuration.
 *
 * Batches of a source that himsight.yaml no longer names are left out.
 */
export const rawTables = (
  state: LandedState,
  contracts: ReadonlyMap<string, Contract>,
  workspace: Workspace,
): readonly RawTable[] => {
  const batches = workspace.sources.flatMap((source) => withSay(source, batchesOf(state, source.id)));
  return [
    ...[...contracts.values()].map((contract) => contractTable(contract, batches, workspace)),
    ...settingTables(batches, workspace),
  ];
};

const contractTable = (
  contract: Contract,
  batches: readonly BatchReport[],
  { dataFolder, sources }: Workspace,
): RawTable => {
  const parted = partedTable(contract, batches, dataFolder, sources);
  const months = monthsOf(contract, parted.parts, batches);
  return {
    name: contract.id,
    ...parted,
    query: rawQuery(parted),
    fingerprint: digest([contract.fingerprint, ...parted.parts.map(markOf).sort()]),
    ...(months ? { months } : {}),
  };
};

/** What decides which rows of a part count, without the folder, which may be moved. */
const markOf = ({ batch, covered, yieldsTo }: RawPart): string =>
  JSON.stringify([batch, covered, yieldsTo.map((file) => basename(file)).sort()]);

/**
 * Fingerprints by month of the period column; undefined of a contract without one. A month's changes where rows of the
 * month may have changed, and may change where they have not: a part is taken whole.
 */
const monthsOf = (
  contract: Contract,
  parts: readonly RawPart[],
  batches: readonly BatchReport[],
): Readonly<Record<string, string>> | undefined => {
  if (contract.period === null) return undefined;
  const reports = new Map(batches.map((report) => [report.batch, report]));
  const touching = Map.groupBy(
    parts.flatMap((part) =>
      monthsIn(contract, reports.get(part.batch)!).map((month) => ({ month, mark: markOf(part) })),
    ),
    ({ month }) => month,
  );
  return Object.fromEntries([...touching].map(([month, all]) => [month, digest(all.map(({ mark }) => mark).sort())]));
};

/** Months of a batch's rows at their facility. Reports that do not know of deliveries give those of the instants alone. */
const monthsIn = ({ id }: Contract, { contracts, isInstant, stated }: BatchReport): readonly string[] => {
  const { months = [] } = contracts.find(({ contract }) => contract === id) ?? {};
  return isInstant && stated === undefined ? [...new Set(months.flatMap(withNeighbours))] : months;
};

const withNeighbours = (month: string): readonly string[] =>
  month === ''
    ? [month]
    : [-1, 0, 1].map((by) =>
        new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by, 1)).toISOString().slice(0, 10),
      );

const digest = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
