import { identifier, literal } from '../../warehouse/quote.ts';
import type { ContractColumn } from '../contract/contract.ts';
import { asSent, type Question } from './question.ts';

const named = 12;

/** The column's text is one of a closed list, letter for letter. */
export const oneOf = (column: ContractColumn, values: readonly string[]): Question => ({
  rule: `value:${column.name}`,
  says: `${column.name} is not one of ${values.slice(0, named).join(', ')}${values.length > named ? ' …' : ''}`,
  severity: 'quarantine',
  kahn: 'conformance.value',
  quality: 'Definition',
  examined: `${identifier(column.name)} is not null`,
  violated: `${asSent(column)} not in (${values.map(literal).join(', ')})`,
});
