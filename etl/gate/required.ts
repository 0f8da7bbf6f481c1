import type { ContractColumn } from '../contract/contract.ts';
import { asSent, type Question } from './question.ts';

/** The column may not be empty. */
export const required = (column: ContractColumn): Question => ({
  rule: `required:${column.name}`,
  says: `${column.name} is empty`,
  severity: 'quarantine',
  kahn: 'completeness',
  quality: 'Comprehensiveness',
  examined: 'true',
  violated: `${asSent(column)} is null`,
});
