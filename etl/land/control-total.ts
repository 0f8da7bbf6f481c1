import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { HeldError } from '../error.ts';
import type { OpenFile } from './load.ts';
import { entryOf } from './manifest.ts';
import { csvRejects } from '../read/csv.ts';

/** Digits behind the point that leave room for 20 before it. */
const mostDecimals = 18;

/**
 * Holds the sums that a manifest gives against those of a file's rows, refused ones among them, as decimals.
 *
 * @throws HeldError when one differs, or its column holds anything but plain numbers. It never says by how much: the
 *   difference of one row is a value
 */
export const checkTotals = async (connection: DuckDBConnection, file: OpenFile): Promise<void> => {
  const { name, path, manifest, columns, rows } = file;
  const stated = Object.entries(entryOf(manifest, path)?.totals ?? {});
  if (stated.length === 0) return;
  const unknown = stated.find(([column]) => !columns.includes(column));
  if (unknown)
    throw new HeldError(
      `${name} is held by rule manifest-totals: manifest.json gives a sum of \`${unknown[0]}\`, a column the file has not`,
      'Send file and manifest again together.',
    );
  await connection.run(
    `create temp table totalled as select ${stated.map(([column]) => identifier(column)).join(', ')} from ${rows}`,
  );
  // What a CSV reader refused in this pass is told again by the next.
  if (file.read === null) await csvRejects(connection);
  try {
    for (const [column, total] of stated) await checkTotal(connection, name, column, total);
  } finally {
    await connection.run('drop table totalled');
  }
};

const checkTotal = async (connection: DuckDBConnection, name: string, column: string, total: string): Promise<void> => {
  const text = `trim(${identifier(column)})`;
  const [shape] = await readRows(
    connection,
    `select count_if(not regexp_full_match(${text}, '[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)|')) as others,
       coalesce(max(length(regexp_extract(${text}, '[.]([0-9]*)$', 1))), 0) as decimals from totalled`,
  );
  const decimals = Number(shape?.decimals);
  if (Number(shape?.others) > 0 || decimals > mostDecimals)
    throw new HeldError(
      `${name} is held by rule manifest-totals: manifest.json gives a sum of \`${column}\`, but ${Number(shape?.others)} of its values are no plain numbers`,
      'Write numbers as 1234.50, without currency or separators, or leave the column out of the totals.',
    );
  const [row] = await readRows(
    connection,
    `select sum(nullif(${text}, '')::decimal(38, ${decimals}))::varchar as total from totalled`,
  );
  if (plain((row?.total as string | null) ?? '0') === plain(total)) return;
  throw new HeldError(
    `${name} is held by rule manifest-totals: its sum of \`${column}\` is not the one manifest.json gives`,
    'Rows or values were lost or changed on the way: ask its sender for the file again, or for a manifest that fits it.',
  );
};

/** A decimal number without zeros that mean nothing. */
const plain = (number: string): string => {
  const [, sign = '', whole = '', fraction = ''] = /^([-+]?)0*(\d*)(?:[.](\d*?)0*)?$/.exec(number.trim()) ?? [];
  const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
};
