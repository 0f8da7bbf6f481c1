import { identifier } from '../../warehouse/quote.ts';
import type { Contract } from '../contract/contract.ts';
import { familyRows, type FamilyRow } from './family-rows.ts';
import type { Cases, Mapping, Rule, Write } from './mapping.ts';
import { conditionSql, placeInCase, textSql, type RuleContext } from './rule-sql.ts';

/**
 * SQL of the rows a mapping makes for one contract: every contract column as VARCHAR in the contract's order (null
 * where nothing feeds it), then `_record`.
 *
 * Nothing is cast and nothing refused here; a value outside a closed list stays for the gate to find.
 *
 * @param relation SQL of a relation with the source columns as VARCHAR and `_record` BIGINT. With `rows: case`,
 *   `_record` becomes that of the case's last event
 * @param found names of the source columns in `relation`; a declared column that is not among them reads as null
 */
export const mappedRows = (
  mapping: Mapping,
  contract: Contract,
  relation: string,
  found: readonly string[],
): string => {
  const write = mapping.writes.get(contract.id);
  if (!write) throw new Error(`mapping ${mapping.id} does not write ${contract.id}`);
  const { sql, names } = withLookups(mapping, relation, found);
  const has = (column: string): boolean => names.includes(column);
  const textOf = (column: string, rules: readonly Rule[] = write.columns[column] ?? []): string =>
    textSql(rules, {
      rows: write.rows,
      cases: mapping.cases,
      has,
      isDate: isDate(contract, column),
      dates: mapping.dates,
    });
  const columns = contract.columns.map(({ name }) => name);
  const projection: Projection = { columns, relation: sql, taken: takenSql(write, has), textOf };
  if (write.rows === 'each') return eachSql(projection);
  if (write.rows === 'unpivot') return unpivotSql(projection, familyRows(write, mapping, found));
  if (!mapping.cases) throw new Error(`mapping ${mapping.id} writes rows: ${write.rows} without cases`);
  return write.rows === 'event' ? eventSql(projection, mapping.cases) : caseSql(projection, mapping.cases);
};

/** Source columns a mapping does not account for, and columns it needs that a file lacks. Either holds the batch. */
export const columnProblems = (
  { reads }: Mapping,
  found: readonly string[],
): { readonly undeclared: readonly string[]; readonly missing: readonly string[] } => ({
  undeclared: reads.open ? [] : found.filter((name) => !reads.columns.some((column) => column.name === name)),
  missing: reads.columns.filter(({ name, optional }) => !optional && !found.includes(name)).map(({ name }) => name),
});

/** Name of the table in which the rows of a lookup stand: `_key`, then its columns, all text; no key stands there twice. */
export const lookupTable = (name: string): string => identifier(`lookup ${name}`);

/** The source's rows with what they look up beside them, each value under `lookup.COLUMN`; and all their column names. */
const withLookups = (
  { lookups }: Mapping,
  relation: string,
  found: readonly string[],
): { readonly sql: string; readonly names: readonly string[] } => {
  const open = lookups.filter(({ by }) => found.includes(by));
  if (open.length === 0) return { sql: relation, names: found };
  const values = open.flatMap(({ name, columns }) =>
    columns.map((column) => ({ column: `${lookupTable(name)}.${identifier(column)}`, as: `${name}.${column}` })),
  );
  const selected = ['source.*', ...values.map(({ column, as }) => `${column} as ${identifier(as)}`)];
  const joins = open.map(
    ({ name, by }) => `left join ${lookupTable(name)} on ${lookupTable(name)}._key = source.${identifier(by)}`,
  );
  return {
    sql: `(select ${selected.join(', ')} from ${relation} as source ${joins.join(' ')})`,
    names: [...found, ...values.map(({ as }) => as)],
  };
};

const isDate = (contract: Contract, column: string): boolean =>
  contract.columns.some(({ name, type }) => name === column && (type === 'date' || type === 'timestamp'));

const takenSql = ({ only, except }: Write, has: RuleContext['has']): string => {
  const conditions = [only && conditionSql(only, has), except && `not (${conditionSql(except, has)})`];
  return conditions.filter((condition) => condition !== null).join(' and ') || 'true';
};

interface Projection {
  /** The contract's, in its order. */
  readonly columns: readonly string[];
  readonly relation: string;
  /** SQL condition of the source rows taken. */
  readonly taken: string;
  /** SQL of a contract column's text, by the rules of `columns` where no others are given. */
  readonly textOf: (column: string, rules?: readonly Rule[]) => string;
}

const eachSql = ({ columns, relation, taken, textOf }: Projection): string =>
  `select ${selected(columns, textOf)}, _record from ${relation} where ${taken}`;

// Taken only after the windows have seen every event of the case.
const eventSql = ({ columns, relation, taken, textOf }: Projection, cases: Cases): string =>
  `select * exclude (_taken) from (
    select ${selected(columns, textOf)}, _record, ${taken} as _taken from ${inOrder(relation, cases)}
  ) where _taken`;

const caseSql = ({ columns, relation, taken, textOf }: Projection, cases: Cases): string =>
  `select ${selected(columns, textOf)}, arg_max(_record, ${placeInCase}) as _record
  from ${inOrder(relation, cases)} group by ${identifier(cases.by)} having bool_or(${taken})`;

const unpivotSql = (projection: Projection, rows: readonly FamilyRow[]): string => {
  const { columns, relation, taken, textOf } = projection;
  if (rows.length === 0) return eachSql({ ...projection, taken: 'false' });
  const changing = columns.filter((column) => rows.some(({ rules }) => column in rules));
  const alike = columns.filter((column) => !changing.includes(column));
  const structs = rows.map(({ rules, filled }) => {
    const fields = changing.map((column) => `${identifier(column)} := ${textOf(column, rules[column])}`);
    return `struct_pack(${fields.join(', ')}, _filled := ${filled})`;
  });
  return `select ${columns.map(identifier).join(', ')}, _record from (
    select ${[selected(alike, textOf), '_record'].filter(Boolean).join(', ')}, unnest([${structs.join(', ')}], recursive := true)
    from ${relation} where ${taken}
  ) where _filled`;
};

const selected = (columns: readonly string[], textOf: Projection['textOf']): string =>
  columns.map((column) => `${textOf(column)} as ${identifier(column)}`).join(', ');

/** The events with their place in their case. The order is total up to equal rows, so that no order of files shows. */
const inOrder = (relation: string, { by, order, time, event }: Cases): string => {
  const text = identifier(order);
  const places = `try_cast(${text} as double), ${text}, ${identifier(time)}, ${identifier(event)}`;
  return `(select *, row_number() over (partition by ${identifier(by)} order by ${places}) as ${placeInCase} from ${relation})`;
};
