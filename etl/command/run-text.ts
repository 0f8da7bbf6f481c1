import type { BatchContract, BatchReport } from '../land/batch-report.ts';
import { otherResources } from '../land/load.ts';

const number = new Intl.NumberFormat('en');

/** What became of each batch: a line a batch, a line a contract with its accepted share, a line a reason. */
export const batchesText = (batches: readonly BatchReport[]): string => {
  const unchanged = batches.filter(({ status }) => status === 'unchanged').length;
  const told = batches.filter(({ status }) => status !== 'unchanged').map(batchText);
  if (unchanged > 0) told.push(`${unchanged} ${unchanged === 1 ? 'batch' : 'batches'} landed before, nothing to do\n`);
  return told.join('');
};

const batchText = ({ source, status, message, files, contracts, reasons, skipped }: BatchReport): string =>
  [
    // A landed batch's sentence says in words what the lines below it say in numbers.
    `${source}: ${status === 'landed' ? `landed ${files.map(({ name }) => name).join(', ')}` : `${status}. ${message}`}`,
    ...contracts.map((contract) => `  ${reconciliationText(contract)}`),
    ...reasons.map(
      ({ rule, count, says, line }) =>
        `  ${number.format(count)} × ${rule}${line === null ? '' : ` (first in line ${line})`}: ${says}`,
    ),
    ...Object.entries(skipped).map(([item, count]) =>
      item === otherResources
        ? `  ${number.format(count)} × ${item} passed over`
        : `  ${number.format(count)} × item ${item} skipped: a record of type I may not hold it`,
    ),
    '',
  ].join('\n');

/** One reconciliation line: mapped = accepted + quarantined + duplicates + superseded, with the accepted share. */
export const reconciliationText = (contract: BatchContract): string => {
  const { mapped, accepted, quarantined, duplicates, superseded, acceptedShare } = contract;
  const share = acceptedShare === null ? 'no rows' : `${(acceptedShare * 100).toFixed(2)} % accepted`;
  const parts = [
    `${number.format(accepted)} accepted`,
    `${number.format(quarantined)} quarantined`,
    `${number.format(duplicates)} duplicates`,
    `${number.format(superseded)} superseded`,
  ];
  return `${contract.contract}: ${number.format(mapped)} mapped = ${parts.join(' + ')} (${share})`;
};
