import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { HeldError } from '../error.ts';
import { findFiles } from '../find.ts';
import type { ScannedFile } from './arrival.ts';
import { openFile, type OpenFile } from './load.ts';
import type { Lookup, Mapping } from '../mapping/mapping.ts';
import { lookupTable } from '../mapping/project.ts';
import { conditionSql } from '../mapping/rule-sql.ts';
import { csvRejects } from '../read/csv.ts';
import { refuseFlaw } from '../read/flaw.ts';
import type { SourceFormat } from '../workspace/config.ts';
import { formatOfName } from '../workspace/format.ts';
import type { Source } from '../workspace/workspace.ts';

/** A file of a delivery in which values are looked up, as the source says where it is. */
export interface LookupFiles {
  readonly lookup: Lookup;
  /** Path or glob, absolute. */
  readonly path: string;
  readonly format: SourceFormat;
  /** Absolute, in path order; none where nothing has arrived. */
  readonly paths: readonly string[];
}

/** A lookup whose files were scanned. */
export interface ScannedLookup extends LookupFiles {
  readonly files: readonly ScannedFile[];
}

/**
 * Where the lookups of a mapping are.
 *
 * @throws HeldError when the source does not name just the lookups that its mapping has
 */
export const lookupFiles = (source: Source, mapping: Mapping): readonly LookupFiles[] => {
  const given = source.lookups ?? {};
  const wanted = mapping.lookups.map(({ name }) => name);
  const stranger = Object.keys(given).find((name) => !wanted.includes(name));
  if (stranger !== undefined)
    throw new HeldError(
      `Source ${source.id} names the lookup \`${stranger}\`, which mapping ${mapping.id} does not have`,
      wanted.length > 0 ? `It has ${wanted.join(', ')}.` : 'Take `lookups` out of the source.',
    );
  return mapping.lookups.map((lookup) => {
    const path = given[lookup.name];
    if (path === undefined)
      throw new HeldError(
        `Source ${source.id} does not say where mapping ${mapping.id} looks \`${lookup.name}\` up`,
        `Add \`lookups: { ${lookup.name}: FILE }\` to the source in himsight.yaml.`,
      );
    const format = lookup.view === null ? (formatOfName(path) ?? 'csv') : 'fhir-ndjson';
    return { lookup, path, format, paths: findFiles(path, format) };
  });
};

/**
 * Reads each lookup into a table of its key and columns, as the mapping joins it. Nothing else of the files is kept.
 *
 * @throws HeldError when a file cannot be read whole, lacks a column, or has a key twice with different values
 */
export const loadLookups = async (connection: DuckDBConnection, lookups: readonly ScannedLookup[]): Promise<void> => {
  for (const { lookup, format, files } of lookups) {
    const { name, view, key, columns, only, first } = lookup;
    const all = [key, ...columns, ...(first === null ? [] : [first])];
    const rows = `all ${name}`;
    const defined = ['_key', ...columns, ...(first === null ? [] : ['_place'])].map(
      (column) => `${identifier(column)} varchar`,
    );
    await connection.run(`create temp table ${identifier(rows)} (${defined.join(', ')})`);
    for (const [i, file] of files.entries()) {
      refuseFlaw(file.name, file.scan.flaw);
      const position = `${name} ${i}`;
      const open = await openFile(connection, format, file, position, {
        dictionaries: [],
        sheet: { named: null, contracts: [] },
        layout: null,
        view,
      });
      refuseMissing(open, [...all, ...Object.keys(only ?? {})]);
      const counted = only === null ? '' : `and ${conditionSql(only, () => true)}`;
      await connection.run(
        `insert into ${identifier(rows)} select ${all.map(identifier).join(', ')} from ${open.rows} where ${identifier(key)} is not null ${counted}`,
      );
      const torn =
        open.broken.length + (open.read === null ? await csvRejects(connection) : open.rejects).offsets.length;
      if (torn > 0)
        throw new HeldError(
          `${file.name} is held by rule lookup-torn: ${torn} of its records cannot be read, so that what is looked up there may be missing`,
          'Export it again.',
        );
    }
    await connection.run(
      `create temp table ${lookupTable(name)} as select distinct ${first === null ? '*' : '* exclude (_place)'} from ${identifier(rows)} ${first === null ? '' : firstOfKey}`,
    );
    await connection.run(`drop table ${identifier(rows)}`);
    await refuseTwins(connection, lookup, files);
  }
};

/** Of rows of the same place all are kept, so that those that differ are found. */
const firstOfKey = 'qualify rank() over (partition by _key order by try_cast(_place as double), _place) = 1';

const refuseMissing = ({ name, columns }: OpenFile, wanted: readonly string[]): void => {
  const missing = [...new Set(wanted)].filter((column) => !columns.includes(column));
  if (missing.length === 0) return;
  throw new HeldError(
    `${name} is held by rule missing-column: missing ${missing.map((column) => `\`${column}\``).join(', ')}, which are looked up there`,
    'Send the columns, under exactly these names.',
  );
};

const refuseTwins = async (
  connection: DuckDBConnection,
  { name, key, columns }: Lookup,
  files: readonly ScannedFile[],
): Promise<void> => {
  const twins = `select _key from ${lookupTable(name)} group by _key having count(*) > 1`;
  const [row] = await readRows(connection, `select count(*) as count from (${twins})`);
  const count = Number(row?.count);
  if (count === 0) return;
  throw new HeldError(
    `${files.map((file) => file.name).join(', ')} is held by rule lookup-key: ${count} values of \`${key}\` stand there more than once with different ${columns.join(', ')}`,
    'Leave one row for each, or say in the mapping which rows count (`only`).',
  );
};
