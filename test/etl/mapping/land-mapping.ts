import { Landing, contracts } from '../../support/landing.ts';
import { readTextTable } from '../../support/table.ts';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import { readMapping } from '../../../etl/mapping/mapping.ts';
import type { PrivacyMode } from '../../../etl/workspace/config.ts';
import { formatOfName } from '../../../etl/workspace/format.ts';
import type { PlainRow } from '../../../warehouse/rows.ts';
import { join } from 'node:path';

/** What became of a small extract under its real column names. */
export interface LandedMapping {
  readonly report: BatchReport;
  /** Rows of a raw table, nulls and where they came from left out, in order of all columns. */
  rows(contract: string): Promise<readonly PlainRow[]>;
  /** `contract.column` of each mapped column that no row has filled. */
  unfilled(): Promise<readonly string[]>;
}

/** An extract drawn as a table, as CSV. */
export const csvOf = (drawing: string): string => {
  const { columns, rows } = readTextTable(drawing);
  const quoted = (cell: string | null): string => (cell !== null && /[",]/.test(cell) ? `"${cell}"` : (cell ?? ''));
  return [columns, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
};

/**
 * Lands an extract by a ready-made mapping: the whole way, gate and all.
 *
 * @param files name → content; the first is the extract, the others are looked up under their name without its ending
 */
export const landMapping = async (
  id: string,
  files: Readonly<Record<string, string>>,
  privacy: PrivacyMode = 'limited_data_set',
): Promise<LandedMapping> => {
  const [main = '', ...others] = Object.keys(files);
  const mapping = readMapping(id, contracts);
  const north = new Landing({ format: mapping.format ?? formatOfName(main)!, mapping: id, privacy }, main);
  const lookups = others.map((name) => [name.replace(/\..*/, ''), join(north.folder, name)] as const);
  if (lookups.length > 0) Object.assign(north.source, { lookups: Object.fromEntries(lookups) });
  for (const [name, content] of Object.entries(files)) north.write(name, content);
  const report = await north.runOne();
  const rows = async (contract: string): Promise<readonly PlainRow[]> => {
    const found = await north.raw(`select * exclude (source_id, batch_id, record) from raw.${contract} order by all`);
    return found.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
  };
  return {
    report,
    rows,
    unfilled: async () => {
      const empty: string[] = [];
      for (const [contract, { columns, families }] of mapping.writes) {
        const filled = new Set((await rows(contract)).flatMap(Object.keys));
        const mapped = new Set([columns, ...families].flatMap(Object.keys));
        empty.push(...[...mapped].filter((name) => !filled.has(name)).map((name) => `${contract}.${name}`));
      }
      return empty;
    },
  };
};
