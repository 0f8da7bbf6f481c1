import { identifier } from '../../warehouse/quote.ts';
import type { ContractColumn } from '../contract/contract.ts';
import type { Question } from './question.ts';

/**
 * A month of the year is more than the year that 45 CFR 164.514(b)(2)(i)(C) leaves of a date. Surveys give it without
 * any date, so their rows are not refused: staging withholds the month in `safe_harbor` mode, and this counts how often.
 */
export const withheld = (column: ContractColumn): Question => ({
  rule: `withheld:${column.name}`,
  says: `${column.name} is more precise than the year, all that safe_harbor leaves of a date: no model sees it`,
  severity: 'warn',
  kahn: 'conformance.value',
  quality: 'Relevancy',
  examined: `${identifier(column.name)} is not null`,
  violated: `${identifier(column.name)} is not null`,
});
