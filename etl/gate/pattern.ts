import { identifier, literal } from '../../warehouse/quote.ts';
import type { ContractColumn } from '../contract/contract.ts';
import { asSent, type Question } from './question.ts';

/** The whole of the column's text matches an RE2 expression. */
export const matches = (column: ContractColumn, pattern: string): Question => ({
  rule: `pattern:${column.name}`,
  says: `${column.name} does not have the form ${pattern}`,
  severity: 'quarantine',
  kahn: 'conformance.value',
  quality: 'Definition',
  examined: `${identifier(column.name)} is not null`,
  violated: `not regexp_full_match(${asSent(column)}, ${literal(pattern)})`,
});
