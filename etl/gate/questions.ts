import { isRequired, type Contract } from '../contract/contract.ts';
import { noIdentifier } from './no-identifier.ts';
import { oneOf } from './one-of.ts';
import { matches } from './pattern.ts';
import type { Circumstances, Question } from './question.ts';
import { required } from './required.ts';
import { rowCheck } from './row-check.ts';
import { ofType } from './type.ts';
import { withheld } from './withheld.ts';

/** Every question put to the single rows of a contract, column after column, then its own checks. */
export const questionsOf = (contract: Contract, circumstances: Circumstances): readonly Question[] => {
  const { privacy, neverFilled } = circumstances;
  const filled = contract.columns.filter(({ name }) => !neverFilled.includes(name));
  return [
    ...filled.flatMap((column) => [
      ...(isRequired(column, privacy) ? [required(column)] : []),
      ...(column.type === 'text' ? [] : [ofType(column, circumstances)]),
      ...(column.values ? [oneOf(column, column.values)] : []),
      ...(column.pattern === null ? [] : [matches(column, column.pattern)]),
      noIdentifier(column, circumstances),
      ...(column.identifier === 'month' && privacy === 'safe_harbor' ? [withheld(column)] : []),
    ]),
    ...contract.checks.filter(({ unlessPrivacy }) => !unlessPrivacy.includes(privacy)).map(rowCheck),
  ];
};
