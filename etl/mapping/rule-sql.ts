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
  /** strptime formats in which the source writes dates and times, ISO 8601 apart. */
  readonly dates: readonly string[];
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
  if (rule.age !== undefined) return chosen(rule, ageSql(rule.age, context), context);
  if (rule.place !== undefined) return chosen(rule, placeSql(rule.place, context), context);
  if (rule.from === undefined || !context.has(rule.from)) return unknownText;
  return chosen(rule, ofCase(rule, known(rule, context), context), context);
};

/** Condition: the text is a date, with or without a time, that systems write for "no end yet". */
const isOpenEnd = (text: string): string => `left(${text}, 10) in ('2100-12-31', '9999-12-31')`;

/** The source column's text, null where it is empty or says that nothing is known; a date in ISO's way. */
const known = (rule: Rule, { isDate, dates }: RuleContext): string => {
  const column = identifier(rule.from ?? '');
  const text = `nullif(${rule.trim === undefined ? column : `trim(${column}, ${literal(rule.trim)})`}, '')`;
  const nulls = rule.null_if ?? [];
  const plain = nulls.filter((value) => value !== 'open_end');
  const told = plain.length > 0 ? `case when ${isOneOf(text, plain)} then null else ${text} end` : text;
  const value = isDate ? isoText(told, dates) : told;
  return isDate || nulls.includes('open_end') ? `case when ${isOpenEnd(value)} then null else ${value} end` : value;
};

/** A date or time in one of the source's own ways as ISO 8601 writes it; any other text stays as it is. */
const isoText = (text: string, dates: readonly string[]): string => {
  if (dates.length === 0) return text;
  const time = `try_strptime(${text}, [${dates.map(literal).join(', ')}])`;
  return `coalesce(case when ${time} = date_trunc('day', ${time}) then strftime(${time}, '%Y-%m-%d') else ${time}::varchar end, ${text})`;
};

/** An event before the birth is -1, for the gate to find; what is missing of a birth date is taken as the first. */
const ageSql = ({ from, at }: NonNullable<Rule['age']>, { has, dates }: RuleContext): string => {
  if (!has(from) || !has(at)) return unknownText;
  const born = isoText(identifier(from), dates);
  const whole = `case length(${born}) when 4 then ${born} || '-01-01' when 7 then ${born} || '-01' else left(${born}, 10) end`;
  const [birth, event] = [whole, `left(${isoText(identifier(at), dates)}, 10)`].map(
    (text) => `try_cast(${text} as date)`,
  );
  const years = `date_sub('year', ${birth}, ${event})`;
  return `cast(case when ${event} < ${birth} then -1 when ${years} > 90 then 90 else ${years} end as varchar)`;
};

const placeSql = ({ in: group, order, first = 1 }: NonNullable<Rule['place']>, { has, dates }: RuleContext): string => {
  const [groups, places] = [group, order].map((columns) => columns.filter(has).map(identifier)) as [string[], string[]];
  const by = places.flatMap((column) => [`try_cast(${column} as double)`, isoText(column, dates)]);
  const over = [groups.length > 0 ? `partition by ${groups.join(', ')}` : '', `order by ${by.join(', ') || '1'}`];
  return `cast(dense_rank() over (${over.join(' ')}) + ${first - 1} as varchar)`;
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
