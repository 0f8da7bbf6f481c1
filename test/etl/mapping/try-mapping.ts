import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { readContracts } from '../../../etl/contract/contract.ts';
import { readMapping, type Mapping } from '../../../etl/mapping/mapping.ts';
import { mappedRows } from '../../../etl/mapping/project.ts';
import { identifier, literal } from '../../../warehouse/quote.ts';
import { readRows, type PlainRow } from '../../../warehouse/rows.ts';
import { readTextTable } from '../../support/table.ts';

/** The ready-made contracts. */
export const contracts = readContracts();

/** An empty DuckDB in memory. */
export const emptyDatabase = async (): Promise<DuckDBConnection> => (await DuckDBInstance.create()).connect();

/** A mapping from its YAML text, as if in a file called mine.yaml. */
export const mappingOf = (yaml: string): Mapping => {
  const folder = mkdtempSync(join(tmpdir(), 'mapping-'));
  try {
    writeFileSync(join(folder, 'mine.yaml'), yaml);
    return readMapping(join(folder, 'mine.yaml'), contracts);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Names of a relation's source columns, those of the landing's own (`_record`) aside. */
export const sourceColumns = async (connection: DuckDBConnection, relation: string): Promise<readonly string[]> =>
  (await connection.runAndReadAll(`from ${relation} limit 0`)).columnNames().filter((name) => !name.startsWith('_'));

/** SQL of the rows a mapping makes for a contract out of a relation. */
export const mapped = async (
  connection: DuckDBConnection,
  mapping: Mapping,
  id: string,
  relation: string,
): Promise<string> => {
  const contract = contracts.get(id);
  if (!contract) throw new Error(`no contract ${id}`);
  return mappedRows(mapping, contract, relation, await sourceColumns(connection, relation));
};

/** The rows a mapping makes for a contract out of a drawn source, nulls left out, in the order of their records. */
export const tryMapping = async (yaml: string, id: string, drawing: string): Promise<readonly PlainRow[]> => {
  const connection = await emptyDatabase();
  const { columns, rows } = readTextTable(drawing);
  await connection.run(
    `create table source (_record bigint, ${columns.map((name) => `${identifier(name)} varchar`).join(', ')})`,
  );
  for (const [i, row] of rows.entries()) {
    const cells = row.map((cell) => (cell === null ? 'null' : literal(cell)));
    await connection.run(`insert into source values (${[i + 1, ...cells].join(', ')})`);
  }
  const made = await readRows(
    connection,
    `from (${await mapped(connection, mappingOf(yaml), id, 'source')}) order by all`,
  );
  return made.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
};

/** A table of all-text columns and `_record`, read from CSV as landing reads it. */
export const readCsv = async (connection: DuckDBConnection, table: string, file: string): Promise<void> => {
  await connection.run(
    `create table ${table} as select *, row_number() over () as _record from read_csv(${literal(file)}, all_varchar = true, nullstr = '')`,
  );
};
