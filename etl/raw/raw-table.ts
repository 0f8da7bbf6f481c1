import { createHash } from 'node:crypto';
import type { RawTable } from '../../warehouse/model/compile.ts';
import { rawQuery } from '../../warehouse/raw-part.ts';
import type { BatchReport } from '../land/batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import type { LandedState } from './landed-state.ts';
import { hasOverlaps, partedTable } from './raw-rows.ts';
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
  const known = new Set(workspace.sources.map(({ id }) => id));
  const batches = state.batches.filter(({ source }) => known.has(source));
  return [
    ...[...contracts.values()].map((contract) => contractTable(contract, batches, workspace.dataFolder)),
    ...settingTables(batches, workspace),
  ];
};

const contractTable = (contract: Contract, batches: readonly BatchReport[], dataFolder: string): RawTable => {
  const writing = batches.filter(({ contracts }) =>
    contracts.some((one) => one.contract === contract.id && one.file !== null),
  );
  const months = monthsOf(contract, writing);
  const parted = partedTable(contract, writing, dataFolder);
  return {
    name: contract.id,
    ...parted,
    query: rawQuery(parted),
    fingerprint: digest([contract.fingerprint, ...writing.map(({ batch }) => batch)]),
    ...(months ? { months } : {}),
  };
};

/**
 * Fingerprints by month of the period column; undefined where a change may reach beyond the months a batch names:
 * rows that take the place of others in some other month, and instants, whose day is another one at the facility.
 */
const monthsOf = (
  contract: Contract,
  batches: readonly BatchReport[],
): Readonly<Record<string, string>> | undefined => {
  if (contract.period === null || batches.some(({ isInstant }) => isInstant) || hasOverlaps(contract, batches))
    return undefined;
  const touching = Map.groupBy(
    batches.flatMap(({ batch, contracts }) =>
      contracts
        .filter((one) => one.contract === contract.id)
        .flatMap((one) => one.months.map((month) => ({ month, batch }))),
    ),
    ({ month }) => month,
  );
  return Object.fromEntries([...touching].map(([month, all]) => [month, digest(all.map(({ batch }) => batch))]));
};

const digest = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
