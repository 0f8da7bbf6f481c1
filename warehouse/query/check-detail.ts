import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { CheckSettings } from '../check/check.ts';
import { statusOf, type CheckStatus } from '../check/status.ts';
import { UserError, kindOf, withoutValues } from '../error.ts';
import { nearest } from '../metric/nearest.ts';
import type { Reader } from '../open.ts';
import { identifier } from '../quote.ts';
import { readRows, type PlainRow, type PlainValue } from '../rows.ts';
import { hasRowChecks, settingOf } from './checks.ts';

/** What a check found at one facility in one month. */
export interface CheckStratum {
  /** null: rows of no facility. */
  readonly facility_id: string | null;
  /** First day; null: rows of no month. */
  readonly month: string | null;
  readonly examined: number;
  readonly violated: number;
  readonly share: number;
  readonly status: CheckStatus;
}

/** A check by facility and month, in order of both. */
export interface CheckDetail {
  readonly release: string;
  readonly strata: readonly CheckStratum[];
}

/** Rows that break a check, by their surrogates. */
export interface CheckKeys {
  readonly release: string;
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, PlainValue>>[];
  /** True where there are more than were asked for. */
  readonly more: boolean;
}

export interface KeysAsked {
  /** Left out: all facilities; the empty text: rows of none. */
  readonly facility?: string;
  /** A day of the month, ISO (`2026-03`, `2026-03-01`); left out: all; the empty text: rows of none. */
  readonly month?: string;
  /** 1 to `mostKeys`; 100 unless told otherwise. */
  readonly limit?: number;
}

/** Keys shown at once, at most. */
export const mostKeys = 1000;

/**
 * How a check came out at each facility in each month, each judged by the threshold of now.
 *
 * @throws UserError where the release has no such check on rows
 */
export const checkStrata = (reader: Reader, id: string, settings: CheckSettings): Promise<CheckDetail> =>
  withCheck(reader, id, async (connection, check) => {
    const { threshold, off } = settingOf(check, settings);
    const rows = await readRows(
      connection,
      `select facility_id, cast(month as varchar) as month, cast(examined as double) as examined,
        cast(violated as double) as violated
      from meta.check_result where check_id = $1 order by facility_id nulls last, month nulls last`,
      [id],
    );
    const strata = rows.map((row): CheckStratum => {
      const [examined, violated] = [Number(row.examined), Number(row.violated)];
      return {
        ...{ facility_id: row.facility_id as string | null, month: row.month as string | null, examined, violated },
        ...{ share: violated / examined, status: off === null ? statusOf({ examined, violated }, threshold) : 'na' },
      };
    });
    return { release: reader.release, strata };
  });

/**
 * The rows that break a check, found by asking the release once more: keys alone, in their order.
 *
 * @throws UserError where the release has no such check, for a limit or a month that is none, or where the question cannot
 *   be asked of the data
 */
export const checkKeys = (reader: Reader, id: string, asked: KeysAsked): Promise<CheckKeys> =>
  withCheck(reader, id, async (connection, check) => {
    const limit = asked.limit ?? 100;
    if (!Number.isInteger(limit) || limit < 1 || limit > mostKeys)
      throw new UserError(`\`limit\`: write a whole number from 1 to ${mostKeys}.`);
    const columns = JSON.parse(String(check.key)) as string[];
    const names = columns.map(identifier).join(', ');
    const parameters: DuckDBValue[] = [];
    const conditions: string[] = [];
    if (asked.facility !== undefined) conditions.push(matching('_facility', asked.facility, parameters));
    if (asked.month !== undefined) conditions.push(matching('_month', monthOf(asked.month), parameters, '::date'));
    const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
    try {
      const rows = await readRows(
        connection,
        `select ${names} from (\n${String(check.keys_sql)}\n) ${where} order by ${names} limit ${limit + 1}`,
        parameters,
      );
      return { release: reader.release, columns, rows: rows.slice(0, limit), more: rows.length > limit };
    } catch (cause) {
      throw new UserError(`\`${id}\`: the check could not be run on the data: ${kindOf(cause)}.`, {
        cause: withoutValues(cause),
      });
    }
  });

/** A condition on a stratum; the empty text stands for none. */
const matching = (column: string, value: string, parameters: DuckDBValue[], cast = ''): string => {
  if (value === '') return `${column} is null`;
  parameters.push(value);
  return `${column} = $${parameters.length}${cast}`;
};

const monthOf = (written: string): string => {
  if (written === '') return '';
  const [, month] = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d\d)?$/.exec(written) ?? [];
  if (month === undefined) throw new UserError('`month`: write it as 2026-03 or 2026-03-01.');
  return `${month}-01`;
};

const withCheck = async <T>(
  reader: Reader,
  id: string,
  use: (connection: DuckDBConnection, check: PlainRow) => Promise<T>,
): Promise<T> => {
  const connection = await reader.connect();
  try {
    const checks = (await hasRowChecks(connection)) ? await readRows(connection, 'select * from meta."check"') : [];
    const check = checks.find((each) => each.id === id);
    if (check === undefined)
      throw new UserError(`\`${id}\`: the release has no check on rows of this id.`, {
        mend: `${nearest(
          id,
          checks.map((each) => String(each.id)),
        )} Gate checks and asserts keep no months and no keys.`,
      });
    return await use(connection, check);
  } finally {
    connection.closeSync();
  }
};
