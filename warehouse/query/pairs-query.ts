import { sql } from 'kysely';
import { grouped } from './grouped.ts';
import type { Unit } from './plan.ts';
import { selectedRows, type Range } from './selected-rows.ts';
import { column, type Sql } from './sql-text.ts';

/** `_first`, `_second` (categories as text) and `units`, by group and pair of categories; a unit rated once is left out. */
export const pairsQuery = (unit: Unit, range: Range, keys: readonly string[]): Sql => {
  const { first, second } = unit.raters!;
  const raters = [sql`cast(${column(first)} as varchar) as _first`, sql`cast(${column(second)} as varchar) as _second`];
  const groups = [...keys, '_first', '_second'];
  return sql`select ${sql.join(groups.map(column))}, cast(count(*) as double) as units
from (${selectedRows(unit, range, [], raters)}) as selected
where _first is not null and _second is not null${grouped(groups)}`;
};
