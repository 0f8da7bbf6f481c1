import type { ContractCheck } from '../contract/contract.ts';
import type { Question } from './question.ts';

/** A contract's own check. */
export const rowCheck = ({ id, examined, violated, severity, kahn, quality, says }: ContractCheck): Question => ({
  rule: id,
  says,
  severity,
  kahn,
  quality,
  examined,
  violated: examined === 'true' ? violated : `(${examined}) and (${violated})`,
});
