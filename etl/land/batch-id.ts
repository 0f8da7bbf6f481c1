import { createHash } from 'node:crypto';
import type { Contract } from '../contract/contract.ts';
import type { Stated } from './batch-report.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { kindOf } from '../raw/standing.ts';
import type { Source } from '../workspace/workspace.ts';

/** To be counted up when landing itself changes what it makes of the same bytes: all files are landed again then. */
const rulesVersion = 1;

/**
 * What a batch is known by: 16 hex digits of what its files hold and of all that decides what becomes of them. Another
 * name or another order of the files is the same batch; a mended mapping or contract makes another one of it.
 *
 * @param stated its period is part of what a snapshot is
 * @param decided ids of the decisions about refused rows that bear on what lands
 */
export const batchId = (
  source: Source,
  mapping: Mapping,
  contracts: readonly Contract[],
  fileDigests: readonly string[],
  stated: Stated,
  decided: readonly string[] = [],
): string => {
  const parts = [
    rulesVersion,
    source.id,
    source.privacy,
    contracts.map(({ fingerprint }) => fingerprint),
    { ...mapping, writes: [...mapping.writes], partial: [...mapping.partial] },
    [...fileDigests].sort(),
    // Only where it is said, so that what has landed from other formats stays known.
    ...(source.sheet === undefined ? [] : [source.sheet]),
    ...(decided.length === 0 ? [] : [{ decided }]),
    // Two days without a row are two snapshots, though their files are the same byte for byte.
    ...(kindOf(source, stated) === 'snapshot' ? [{ period: stated.period }] : []),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
};
