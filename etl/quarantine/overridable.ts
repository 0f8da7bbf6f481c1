import type { Contract } from '../contract/contract.ts';
import { rejectRules } from '../read/reject.ts';

/**
 * Why a rule can not be overridden, as the middle of a sentence, or null: it can.
 *
 * Overridden are rules that a row breaks as a whole and typed: a contract's own checks, a closed list, a form. Without a
 * type, a required column or a key of its own there is no row that could land; an identifier may not.
 *
 * @param contract of the rows, or null: the reader refused them
 */
export const whyNotOverridable = (rule: string, contract: Contract | null): string | null => {
  if (rule in rejectRules) return 'such a record could not be read, so there is no row';
  const [kind = ''] = rule.split(':');
  switch (kind) {
    case 'identifier':
      return 'what looks like an identifier may not enter the warehouse, whoever decides so';
    case 'type':
      return 'a text that is no value of its type has no place in the column';
    case 'required':
      return 'models count on this column';
    case 'unique-key':
      return 'of rows that share a key and differ nobody knows which is right';
    case 'value':
    case 'pattern':
      return null;
    default:
      return contract?.checks.some(({ id, severity }) => id === rule && severity === 'quarantine') === true
        ? null
        : 'no row is refused by it';
  }
};
