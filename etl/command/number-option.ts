import { UserError } from '../../warehouse/error.ts';

/**
 * The number an option holds, or its default.
 *
 * @param bounds both inclusive
 * @throws UserError naming the option and what it may hold
 */
export const numberOption = (
  name: string,
  text: string | undefined,
  otherwise: number,
  {
    least,
    most = Infinity,
    whole = false,
  }: { readonly least: number; readonly most?: number; readonly whole?: boolean },
): number => {
  if (text === undefined) return otherwise;
  const value = text.trim() === '' ? NaN : Number(text.replaceAll('_', ''));
  if (Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  throw new UserError(`\`--${name} ${text}\`: must be a ${whole ? 'whole ' : ''}number, ${range}.`);
};
