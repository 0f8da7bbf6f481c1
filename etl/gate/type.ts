import { identifier } from '../../warehouse/quote.ts';
import { sqlType, type ContractColumn } from '../contract/contract.ts';
import { asSent, type Circumstances, type Question } from './question.ts';

/**
 * SQL of a column's typed value: null where the text is empty or no such value.
 *
 * Of a source of instants a timestamp's offset is applied (none means UTC); DuckDB's own cast to TIMESTAMP drops it.
 */
export const typedValue = (column: ContractColumn, { isInstant }: Pick<Circumstances, 'isInstant'>): string => {
  const text = asSent(column);
  if (column.type === 'text') return text;
  if (column.type === 'timestamp' && isInstant) return `cast(try_cast(${text} as timestamptz) as timestamp)`;
  return `try_cast(${text} as ${sqlType(column)})`;
};

/** The column's text is a value of its type. Decimals beyond the fourth are rounded. */
export const ofType = (column: ContractColumn, { isInstant }: Pick<Circumstances, 'isInstant'>): Question => {
  const text = asSent(column);
  const value = identifier(column.name);
  return {
    rule: `type:${column.name}`,
    says: `${column.name} is not ${wanted(column, isInstant)}`,
    severity: 'quarantine',
    kahn: 'conformance.value',
    quality: 'Definition',
    examined: `${identifier(column.name)} is not null`,
    violated: `${text} is not null and (${value} is null or ${impostor(column, isInstant, text, value)})`,
  };
};

const wanted = ({ type }: ContractColumn, isInstant: boolean): string =>
  ({
    text: 'text',
    integer: 'a whole number',
    decimal: 'a number',
    boolean: 'true or false',
    date: 'a date of the calendar, YYYY-MM-DD',
    timestamp: isInstant
      ? 'a time of the calendar, YYYY-MM-DD HH:MM:SS with its offset (UTC without one)'
      : "a time of the calendar, YYYY-MM-DD HH:MM:SS on the facility's clock and without an offset",
  })[type];

/** Texts that DuckDB casts all the same. */
const impostor = ({ type }: ContractColumn, isInstant: boolean, text: string, value: string): string => {
  switch (type) {
    case 'integer':
      // 5.5 is cast to 6. A single character that is a number is a digit.
      return `(length(${text}) > 1 and try_cast(${text} as double) is distinct from ${value})`;
    case 'date':
      // A time of day behind the date is dropped without a look at it.
      return `length(${text}) > 10 or ${notOfOurTime(value, 'date')}`;
    case 'timestamp':
      return isInstant ? notOfOurTime(value, type) : `${notOfOurTime(value, type)} or ${hasOffset(text)}`;
    default:
      return 'false';
  }
};

/** A year of two digits is cast to one of the first century; infinity is a timestamp too. */
const notOfOurTime = (value: string, type: string): string =>
  `${value} < ${type} '1800-01-01' or ${value} >= ${type} '2100-12-31'`;

/** Whether a timestamp that DuckDB understood says more than a wall clock does. The shape of nearly all goes first. */
const hasOffset = (text: string): string =>
  `case when length(${text}) = 19 and ${text}[17] = ':' then false else regexp_matches(${text}, ':[0-9.]+ *([A-Za-z]|[+-])') end`;
