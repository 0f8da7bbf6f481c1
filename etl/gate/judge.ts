import { identifier, literal } from '../../warehouse/quote.ts';
import type { Contract } from '../contract/contract.ts';
import { asSent, type Circumstances, type Question } from './question.ts';
import { typedValue } from './type.ts';

/**
 * SQL of a contract's rows, typed, each with the rules it breaks: the contract's columns, `_record` and `_broken`
 * VARCHAR[], which is null for a row that breaks none.
 *
 * One pass over the rows: text, then casts, then rules. The list of rules is put together only for rows that break one.
 *
 * @param mapped SQL of the contract's columns as VARCHAR, and `_record`
 */
export const judgedRows = (
  { columns }: Contract,
  questions: readonly Question[],
  circumstances: Pick<Circumstances, 'isInstant'>,
  mapped: string,
): string => {
  const asked = questions.filter(({ severity }) => severity === 'quarantine');
  const sent = columns.map((column) => `${identifier(column.name)} as ${asSent(column)}`);
  const typed = columns.flatMap((column) => [
    ...(column.type === 'text' ? [] : [asSent(column)]),
    `${typedValue(column, circumstances)} as ${identifier(column.name)}`,
  ]);
  const telling = asked.filter(({ within }) => !asked.some(({ rule }) => rule === within));
  const any = telling.map(({ violated }) => `(${violated})`).join(' or ') || 'false';
  const each = asked.map(({ rule, violated }) => `case when ${violated} then ${literal(rule)} end`);
  return `
    select ${columns.map(({ name }) => identifier(name)).join(', ')}, _record,
      case when ${any} then list_filter([${each.join(', ')}]::varchar[], lambda rule: rule is not null) end as _broken
    from (select ${typed.join(', ')}, _record from (select ${sent.join(', ')}, _record from (${mapped})))`;
};
