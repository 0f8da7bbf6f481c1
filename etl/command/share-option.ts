import { UserError } from '../../warehouse/error.ts';

/**
 * The share an option holds, as `0.1` or `10%`, or its default.
 *
 * @param mayBeNone whether 0 is a share too; 1 never is
 * @throws UserError naming the option and what it may hold
 */
export const shareOption = (name: string, text: string | undefined, otherwise: number, mayBeNone = false): number => {
  if (text === undefined) return otherwise;
  const [, digits, percent] = /^\s*([0-9]*\.?[0-9]+)\s*(%?)\s*$/.exec(text) ?? [];
  const share =
    digits === undefined ? NaN : percent === '%' ? Number((Number(digits) / 100).toPrecision(15)) : Number(digits);
  if (share < 1 && (share > 0 || (mayBeNone && share === 0))) return share;
  throw new UserError(
    `\`--${name} ${text}\`: must lie between 0 and 1${mayBeNone ? ', 0 included' : ', both excluded'}.`,
    {
      mend: `Write 10 percent as 0.1 or 10%.`,
    },
  );
};
