import { UserError } from '../../warehouse/error.ts';

/** A row of himsight.yaml that holds from a day on and up to another, for a facility or for all. */
export interface DatedRow {
  readonly facility_id?: string;
  /** First day it holds, such as 2026-01-31; left out: ever since. */
  readonly valid_from?: string;
  /** First day it no longer holds; left out: for good. */
  readonly valid_to?: string;
}

/**
 * Refuses rows that hold at once for the same thing: which of them counts would be a matter of luck. Days between rows
 * on which none holds are allowed.
 *
 * @param key where the rows stand in himsight.yaml, for the message
 * @param thing what a row is about, beside its facility
 * @throws UserError naming both rows; also for a row that ends before it begins
 */
export const refuseOverlap = <T extends DatedRow>(key: string, rows: readonly T[], thing: (row: T) => string): void => {
  const first = '0000-00-00';
  const never = '9999-99-99';
  for (const [i, row] of rows.entries()) {
    const { valid_from: from = first, valid_to: to = never } = row;
    if (to <= from)
      throw new UserError(`himsight.yaml \`${key}[${i}]\`: \`valid_to\` is not after \`valid_from\``, {
        mend: 'valid_to is the first day on which the row no longer holds.',
      });
    const twin = rows.findIndex(
      (other, j) =>
        j < i &&
        other.facility_id === row.facility_id &&
        thing(other) === thing(row) &&
        (other.valid_from ?? first) < to &&
        from < (other.valid_to ?? never),
    );
    if (twin >= 0)
      throw new UserError(`himsight.yaml \`${key}[${i}]\`: holds on days on which [${twin}] holds too`, {
        mend: 'End the earlier row with valid_to on the day the later one begins.',
      });
  }
};
