import { UserError } from '../error.ts';
import { namesIn } from './header.ts';

/** A relation of a kept layer by whose dates a period model knows which of its months to replace. */
export interface Followed {
  /** `mart.unbilled_flow` */
  readonly relation: string;
  /** Its date or timestamp column. A row of March that came, went or changed touches March of the period model … */
  readonly column: string;
  /** … and, where this is true, every later month: a stock goes on from what it was. */
  readonly isOnward: boolean;
}

/** What a period model follows: raw tables, whose months are its months, or dated columns of relations that are kept. */
export interface Follows {
  readonly follows: readonly string[];
  readonly followed: readonly Followed[];
}

const FOLLOWED = /^((?:core|mart|submission)\.\w+)\s+(\w+)(\s+onward)?$/;

/**
 * Reads `Follows`: raw tables (`raw.loan, raw.fine`), or relations of kept layers, a line each, with the column that
 * dates them (`mart.loan_flow day onward`).
 *
 * @throws UserError for a line of neither shape, and for both shapes in one header
 */
export const followsIn = (file: string, part = ''): Follows => {
  const lines = part
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const followed: Followed[] = [];
  const follows: string[] = [];
  for (const line of lines) {
    const [, relation, column, onward] = FOLLOWED.exec(line) ?? [];
    if (relation !== undefined && column !== undefined)
      followed.push({ relation, column, isOnward: onward !== undefined });
    else follows.push(...namesIn(line));
  }
  if (follows.some((name) => !/^raw\.\w+$/.test(name)) || (follows.length > 0 && followed.length > 0))
    throw new UserError(`${file}: Follows \`${lines.join('; ')}\` is not known.`, {
      mend: 'Name raw tables alone, or a relation of core or mart and its date column on each line, with `onward` for a stock.',
    });
  return { follows, followed };
};
