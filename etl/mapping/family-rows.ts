import { identifier } from '../../warehouse/quote.ts';
import type { Mapping, Rule, Rules, Write } from './mapping.ts';
import { numbered } from './numbered.ts';

/** One row that unpivoting makes of every source row. */
export interface FamilyRow {
  /** With the numbered names spelled out. */
  readonly rules: Rules;
  /** SQL condition: there is something to make a row of. */
  readonly filled: string;
}

/**
 * The rows that the families of a write make of each source row, in order.
 *
 * A family makes one row for each number of its braces, or for each column of `*`: those found in the file that
 * nothing else in the mapping reads. Its first rule with `from` decides whether the row is written: where that column
 * is empty or not in the file, there is none.
 */
export const familyRows = (write: Write, mapping: Mapping, found: readonly string[]): readonly FamilyRow[] =>
  write.families.flatMap((family) => {
    const leading =
      Object.values(family)
        .flat()
        .find(({ from }) => from !== undefined)?.from ?? '';
    const columns = leading === '*' ? restOf(mapping, found) : numbered(leading);
    return columns
      .map((column, place) => ({ column, place }))
      .filter(({ column }) => found.includes(column.name))
      .map(({ column, place }) => ({
        rules: Object.fromEntries(
          Object.entries(family).map(([name, rules]) => [name, rules.map((rule) => spelledOut(rule, column, place))]),
        ),
        filled: `${identifier(column.name)} <> ''`,
      }));
  });

interface FamilyColumn {
  readonly name: string;
  readonly number: number | null;
}

const spelledOut = (rule: Rule, column: FamilyColumn, place: number): Rule => {
  if (rule.number === true) return { ...rule, constant: String(column.number ?? place + 1) };
  if (rule.name === true) return { ...rule, constant: column.name };
  if (rule.from === undefined) return rule;
  const names = rule.from === '*' ? [column] : numbered(rule.from);
  return { ...rule, from: (names.length > 1 ? names[place] : names[0])?.name ?? rule.from };
};

const restOf = (mapping: Mapping, found: readonly string[]): readonly FamilyColumn[] => {
  const read = new Set(
    [...mapping.writes.values()].flatMap(({ columns, families }) =>
      [columns, ...families].flatMap((rules) =>
        Object.values(rules)
          .flat()
          .flatMap(({ from }) => (from === undefined ? [] : numbered(from).map(({ name }) => name))),
      ),
    ),
  );
  return found.filter((name) => !read.has(name)).map((name) => ({ name, number: null }));
};
