import { identifier, literal, relationName } from '../quote.ts';
import type { Check, CheckScan } from './check.ts';

/** A scan's rows, under the last part of its relation's name. */
type Rows = Pick<CheckScan, 'relation' | 'from' | 'key' | 'facility' | 'month'>;

/** An expression on lines of its own: a comment at its end would swallow what follows. */
const lines = (expression: string): string => `(\n${expression}\n)`;

/** SQL of a scan's rows, to stand after `from`. */
export const rowsOf = ({ relation, from }: Pick<Rows, 'relation' | 'from'>): string =>
  from === null ? relationName(relation) : `${lines(from)} as ${identifier(relation.split('.')[1]!)}`;

const stratum = ({ facility, month }: Rows): string[] => [
  `cast(${lines(facility ?? 'null')} as varchar) as _facility`,
  `cast(date_trunc('month', cast(${lines(month ?? 'null')} as date)) as date) as _month`,
];

/** Names of the columns that say of each row whether a check applies to it (`_a0` …) and whether it breaks it (`_v0` …). */
export const flagNames = (at: number): readonly [applies: string, violated: string] => [`_a${at}`, `_v${at}`];

/** Every row with its facility, its month, and two flags a check. Conditions that several checks share are asked once. */
export const flaggedSql = (scan: Rows, checks: readonly Check[]): string => {
  const flags = checks.flatMap((check, at) => {
    const [applies, violated] = flagNames(at);
    return [
      ...(firstAlike(checks, at) === at ? [`${lines(check.applies)} as ${applies}`] : []),
      `${lines(check.violated)} as ${violated}`,
    ];
  });
  return `select ${[...stratum(scan), ...flags].join(',\n')}\nfrom ${rowsOf(scan)}`;
};

/** Place of the first check that applies to the same rows. */
const firstAlike = (checks: readonly Check[], at: number): number =>
  checks.findIndex(({ applies }) => applies === checks[at]!.applies);

/**
 * One pass over the rows: for each facility, month and check how many it applies to and how many break it.
 *
 * @param months first days of the months counted, null for rows without one; null counts all
 */
export const countSql = (
  scan: Rows,
  checks: readonly Check[],
  months: readonly (string | null)[] | null = null,
): string => {
  const counts = checks.map((_, at) => {
    const [, violated] = flagNames(at);
    const [applies] = flagNames(firstAlike(checks, at));
    const counted = (condition: string): string => `count(*) filter (where ${condition})`;
    return { examined: counted(applies), violated: counted(`${applies} and ${violated}`) };
  });
  return `select * from (
select
  unnest([${checks.map(({ id }) => literal(id)).join(', ')}]) as check_id,
  _facility as facility_id,
  _month as month,
  unnest([${counts.map(({ examined }) => examined).join(',\n')}]) as examined,
  unnest([${counts.map(({ violated }) => violated).join(',\n')}]) as violated
from (
${flaggedSql(scan, checks)}
)${months === null ? '' : `\nwhere ${withinMonths(months)}`}
group by _facility, _month
) where examined > 0`;
};

/** Condition on `_month`. */
export const withinMonths = (months: readonly (string | null)[], column = '_month'): string => {
  const named = months.flatMap((month) => (month === null ? [] : [`date ${literal(month)}`]));
  const parts = [
    ...(named.length > 0 ? [`${column} in (${named.join(', ')})`] : []),
    ...(months.includes(null) ? [`${column} is null`] : []),
  ];
  return parts.length === 0 ? 'false' : parts.join(' or ');
};

/** Keys of the rows that break a check, with their facility and month. */
export const keysSql = (scan: Rows, { applies, violated }: Pick<Check, 'applies' | 'violated'>): string => {
  const keys = scan.key.map((column) => identifier(column));
  return `select ${[...keys, ...stratum(scan)].join(',\n')}\nfrom ${rowsOf(scan)}\nwhere ${lines(applies)} and ${lines(violated)}`;
};
