import { identifier, literal } from '../../warehouse/quote.ts';
import type { Cases, Condition, Rule } from './mapping.ts';

/** Where a rule is applied. */
export interface RuleContext {
  readonly rows: 'each' | 'unpivot' | 'event' | 'case';
  readonly cases: Cases | null;
  /** Whether the files have this source column; one they lack reads as null. */
  readonly has: (column: string) => boolean;
  /** Whether the contract column is a date or a timestamp, whose open-end sentinels are always null. */
  readonly isDate: boolean;
}

/** The name under which events of a case are numbered from 1, in their order. */
export const placeInCase = identifier('_place');

const unknownText = 'cast(null as varchar)';

/**
 * SQL of a contract column's text, in a query over source columns that are all text.
 *
 * @param rules the first that gives a value counts; none reads as null
 */
export const textSql = (rules: readonly Rule[], context: RuleContext): string => {
  const texts = rules.map((rule) => ruleSql(rule, context));
  return texts.length > 1 ? `coalesce(${texts.join(', ')})` : (texts[0] ?? unknownText);
};

const ruleSql = (rule: Rule, context: RuleContext): string => {
  if (rule.constant !== undefined) return chosen(rule, literal(rule.constant), context);
  if (rule.from === undefined || !context.has(rule.from)) return unknownText;
  return chosen(rule, ofCase(rule, known(rule, context), context), context);
};

/** Condition: the text is a date, with or without a time, that systems write for "no end yet". */
const isOpenEnd = (text: string): string => `left(${text}, 10) in ('2100-12-31', '9999-12-31')`;

/** The source column's text, null where it is empty or says that nothing is known. */
const known = (rule: Rule, { isDate }: RuleContext): string => {
  const column = identifier(rule.from ?? '');
  const text = `nullif(${rule.trim === undefined ? column : `trim(${column}, ${literal(rule.trim)})`}, '')`;
  const nulls = rule.null_if ?? [];
  const plain = nulls.filter((value) => value !== 'open_end');
  const conditions = [
    ...(isDate || nulls.includes('open_end') ? [isOpenEnd(text)] : []),
    ...(plain.length > 0 ? [isOneOf(text, plain)] : []),
  ];
  return conditions.length > 0 ? `case when ${conditions.join(' or ')} then null else ${text} end` : text;
};

// arg_max and arg_min pass over nulls, which is carrying; their _null forms take the very row.
const ofCase = (rule: Rule, text: string, { rows, cases }: RuleContext): string => {
  if (rows === 'event' && rule.carry === true)
    return `last_value(${text} ignore nulls) over (partition by ${identifier(cases?.by ?? '')} order by ${placeInCase} rows unbounded preceding)`;
  if (rows !== 'case') return text;
  if (rule.carry === true) return `arg_max(${text}, ${placeInCase})`;
  if (rule.at === undefined) return `arg_max_null(${text}, ${placeInCase})`;
  const [pick, kind] =
    rule.at.first !== undefined ? ['arg_min_null', rule.at.first] : ['arg_max_null', rule.at.last ?? ''];
  return `${pick}(${text}, ${placeInCase}) filter (where ${identifier(cases?.event ?? '')} = ${literal(kind)})`;
};

const chosen = (rule: Rule, text: string, { has }: RuleContext): string => {
  let sql = rule.values ? valueMap(rule.values, rule.else, text) : text;
  if (rule.at_most !== undefined)
    sql = `case when try_cast(${sql} as double) > ${rule.at_most} then ${literal(String(rule.at_most))} else ${sql} end`;
  return rule.when ? `case when ${conditionSql(rule.when, has)} then ${sql} end` : sql;
};

/** What is not known stays so: `other` is for values, not for their absence. */
const valueMap = (values: NonNullable<Rule['values']>, other: string | null | undefined, text: string): string => {
  const branches = Object.entries(values).map(([value, becomes]) => `when ${literal(value)} then ${orNull(becomes)}`);
  const rest = other === undefined ? text : `case when ${text} is not null then ${orNull(other)} end`;
  return `case ${text} ${branches.join(' ')} else ${rest} end`;
};

const orNull = (text: string | null): string => (text === null ? 'null' : literal(text));

/** SQL of a condition, never null; a column the files lack holds nothing. */
export const conditionSql = (condition: Condition, has: RuleContext['has']): string =>
  Object.entries(condition)
    .map(([column, values]) => (has(column) ? `coalesce(${isOneOf(identifier(column), values)}, false)` : 'false'))
    .join(' and ');

const isOneOf = (text: string, values: readonly string[]): string => `${text} in (${values.map(literal).join(', ')})`;
