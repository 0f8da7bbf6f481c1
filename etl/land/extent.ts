import { identifier } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { Landing } from './accept.ts';
import type { Contract } from '../contract/contract.ts';

/** How far the rows of a contract reach. */
export interface Extent {
  /** See `BatchContract.months`. */
  readonly months: readonly string[];
  /** The latest timestamp among them, `YYYY-MM-DD HH:MM:SS`, or null. */
  readonly latest: string | null;
  /** See `BatchContract.totals`. */
  readonly totals: Readonly<Record<string, string>>;
}

/** Values below which a sum is not told: the smallest cell that may be shown (CMS, 11). */
const leastTold = 11;

/** SQL of the first day of a row's month as text, `''` where it has none. */
export const monthOf = ({ period }: Pick<Contract, 'period'>): string =>
  period === null ? `''` : monthText(identifier(period));

const monthText = (time: string): string => `coalesce(strftime(date_trunc('month', ${time}), '%Y-%m-%d'), '')`;

/** @param isInstant a day of the facility's may begin up to 14 hours before UTC's and end 12 hours after it */
export const extentOf = async ({ connection, contract, good }: Landing, isInstant: boolean): Promise<Extent> => {
  const { period, columns } = contract;
  const times = columns.filter(({ type }) => type === 'timestamp').map(({ name }) => `max(${identifier(name)})`);
  const months =
    isInstant && period !== null && columns.some(({ name, type }) => name === period && type === 'timestamp')
      ? ['- interval 1 day', '+ interval 1 day'].map((by) => monthText(`(${identifier(period)} ${by})`))
      : [monthOf(contract)];
  // Numbers that tell of a person (an age, a month of birth) are no control totals.
  const numbers = columns.filter((column) => /^(integer|decimal)$/.test(column.type) && column.identifier === null);
  const sums = numbers.map(
    ({ name, type }, i) =>
      `case when count(${identifier(name)}) >= ${leastTold} then sum(${identifier(name)}${type === 'decimal' ? '::decimal(38, 4)' : ''})::varchar end as sum_${i}`,
  );
  const [row = {}] = await readRows(
    connection,
    `select ${[...months.map((month, i) => `list(distinct ${month}) as months_${i}`), ...sums].join(', ')},
       ${times.length > 0 ? `strftime(greatest(${times.join(', ')}), '%Y-%m-%d %H:%M:%S')` : 'null'} as latest from ${good}`,
  );
  return {
    months: [...new Set(months.flatMap((_, i) => row[`months_${i}`] as readonly string[]))].sort(),
    latest: (row.latest as string | null | undefined) ?? null,
    totals: Object.fromEntries(
      numbers.flatMap(({ name }, i) => {
        const sum = (row[`sum_${i}`] ?? null) as string | null;
        return sum === null ? [] : [[name, sum] as const];
      }),
    ),
  };
};
