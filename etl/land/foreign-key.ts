import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import { rawQuery } from '../../warehouse/raw-part.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { Destination } from './accept.ts';
import type { Contract } from '../contract/contract.ts';
import { HeldError } from '../error.ts';
import { partedTable } from '../raw/raw-rows.ts';

/**
 * No two sources may have rows of one key: the tables of core hold one row a key, and nobody knows which source is right.
 *
 * Were such rows let in, no release could be built until they are gone; so the later to come is held.
 *
 * @param counting SQL of the rows about to count; null where none is
 * @throws HeldError naming both sources
 */
export const refuseForeignKeys = async (
  connection: DuckDBConnection,
  contract: Contract,
  counting: string | null,
  { source, report, others, sources, dataFolder }: Destination,
): Promise<void> => {
  const foreign = sources.filter(({ id }) => id !== source.id);
  const table = partedTable(contract, others, dataFolder, foreign);
  if (counting === null || table.parts.length === 0) return;
  const same = contract.key.map((name) => `a.${identifier(name)} is not distinct from b.${identifier(name)}`);
  const found = await readRows(
    connection,
    `select b.source_id, count(*) as keys from (${rawQuery(table)}) b semi join ${counting} a on ${same.join(' and ')}
     group by b.source_id order by keys desc, b.source_id`,
  );
  const [first] = found;
  if (!first) return;
  const [name] = report.files.map((file) => file.name);
  const other = first.source_id as string;
  const isOneFile = others.some(
    (batch) =>
      batch.source === other && batch.files.some(({ digest }) => report.files.some((file) => file.digest === digest)),
  );
  throw new HeldError(
    `${name} is held by rule two-sources: ${Number(first.keys).toLocaleString('en-US')} rows of ${contract.id} have a ${contract.key.join(', ')} that source ${other} has sent${isOneFile ? ', in this very file' : ''}; source ${source.id} may not send it as well`,
    `Name the file under one source alone, let each source send its own rows, or take source ${other} out of himsight.yaml.`,
  );
};
