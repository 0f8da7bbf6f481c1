import { createHash } from 'node:crypto';
import type { Contract } from '../contract/contract.ts';
import type { Stated } from './batch-report.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { kindOf } from '../raw/standing.ts';
import type { Source } from '../workspace/workspace.ts';

/** To be counted up when landing itself changes what it makes of the same bytes: all files are landed again then. */
const rulesVersion = 1;

/** What the files hold in which a mapping looks values up. */
export interface LookupDigests {
  readonly name: string;
  readonly digests: readonly string[];
}

/** What decides what becomes of some files, beside the rules of landing. */
export interface BatchMakings {
  readonly source: Source;
  readonly mapping: Mapping;
  readonly contracts: readonly Contract[];
  /** Of its files. */
  readonly digests: readonly string[];
  /** Its period is part of what a snapshot is. */
  readonly stated: Stated;
  /** Ids of the decisions about refused rows that bear on what lands. */
  readonly decided: readonly string[];
  readonly lookups: readonly LookupDigests[];
}

/**
 * What a batch is known by: 16 hex digits of what its files hold and of all that decides what becomes of them. Another
 * name or another order of the files is the same batch; a mended mapping or contract makes another one of it.
 */
export const batchId = ({ source, mapping, contracts, digests, stated, decided, lookups }: BatchMakings): string => {
  // What a mapping says of itself makes no other rows.
  const { describes: _describes, cannotFeed: _cannotFeed, ...decisive } = mapping;
  const parts = [
    rulesVersion,
    source.id,
    source.privacy,
    contracts.map(({ fingerprint }) => fingerprint),
    { ...decisive, writes: [...mapping.writes], partial: [...mapping.partial] },
    digests.toSorted(),
    // Only where it is said, so that what has landed from other formats stays known.
    ...(source.sheet === undefined ? [] : [source.sheet]),
    ...(decided.length === 0 ? [] : [{ decided }]),
    // Two days without a row are two snapshots, though their files are the same byte for byte.
    ...(kindOf(source, stated) === 'snapshot' ? [{ period: stated.period }] : []),
    ...lookups.map((lookup) => ({ name: lookup.name, digests: lookup.digests.toSorted() })),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
};
