import { beforeAll, describe, expect, test } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readMapping } from '../../../etl/mapping/mapping.ts';
import { columnProblems } from '../../../etl/mapping/project.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { sharedData } from '../../support/shared-data.ts';
import { contracts, emptyDatabase, mapped, readCsv, sourceColumns } from './try-mapping.ts';

const file = sharedData('hospital-billing', 'hospital_billing_events.csv.gz');
const mapping = readMapping('hospital-billing', contracts);

const mapAll = async (connection: DuckDBConnection, relation: string): Promise<void> => {
  for (const id of mapping.writes.keys())
    await connection.run(`create or replace table ${id} as ${await mapped(connection, mapping, id, relation)}`);
};

const first = (event: string): string =>
  `(select encounter_id, arg_min(event_ts::timestamp, event_no::bigint) as at from coding_event where event = '${event}' group by all)`;

/** Cases with both times, and quantiles of the days between. */
const durations = async (connection: DuckDBConnection, from: string, to: string): Promise<readonly unknown[]> => {
  const [row] = await readRows(
    connection,
    `select count(*) as n, quantile_cont(epoch(till.at - since.at) / 86400, [0.5, 0.9]) as days from ${from} as since join ${to} as till using (encounter_id)`,
  );
  return [row?.n, ...(row?.days as readonly number[]).map((days) => days.toFixed(4))];
};

const billed = '(select encounter_id, first_billed_ts::timestamp as at from billing)';

/** Kaplan-Meier median of rows in order of days; events before censorings at equal days. */
const medianSurvival = (rows: readonly { days: number; isEvent: boolean }[]): number => {
  let survival = 1;
  const times = Map.groupBy(rows, ({ days }) => days);
  let atRisk = rows.length;
  for (const days of [...times.keys()].sort((a, b) => a - b)) {
    const here = times.get(days) ?? [];
    survival *= 1 - here.filter(({ isEvent }) => isEvent).length / atRisk;
    if (survival <= 0.5) return days;
    atRisk -= here.length;
  }
  return Infinity;
};

describe.skipIf(file === null)('the hospital billing log', () => {
  let connection: DuckDBConnection;

  beforeAll(async () => {
    connection = await emptyDatabase();
    await readCsv(connection, 'log', file ?? '');
    await mapAll(connection, 'log');
  });

  test('declares every column of the file', async () => {
    expect(columnProblems(mapping, await sourceColumns(connection, 'log'))).toEqual({ undeclared: [], missing: [] });
  });

  test('makes an encounter of every case, the one called NA too', async () => {
    const counts = `select count(*) as n, count(distinct encounter_id) as ids, count_if(encounter_id = 'NA') as called_na, count(service_line) as filled from encounter`;
    expect(await readRows(connection, counts)).toEqual([{ n: 100_000, ids: 100_000, called_na: 1, filled: 100_000 }]);
  });

  test('makes a coding event of each event that says something of coding', async () => {
    const counts = await readRows(connection, 'select event, count(*) as n from coding_event group by 1 order by 1');
    expect(Object.fromEntries(counts.map(({ event, n }) => [event, n]))).toEqual({
      coding_ready: 74_738,
      final_coded: 68_006,
      not_coded: 3_620,
      released: 70_926,
      reopened: 4_669,
    });
  });

  test('gives the known durations', async () => {
    expect((await durations(connection, first('coding_ready'), first('final_coded'))).slice(0, 2)).toEqual([
      63_819,
      '4.5345',
    ]);
    expect((await durations(connection, first('released'), first('final_coded'))).slice(0, 2)).toEqual([
      63_818,
      '4.0507',
    ]);
    expect(await durations(connection, first('coding_ready'), billed)).toEqual([64_843, '16.0203', '119.6441']);
  });

  test('lets the open ones be counted: Kaplan-Meier median of ready to billed', async () => {
    const rows = await readRows(
      connection,
      `select epoch(coalesce(till.at, observed_until_ts::timestamp) - since.at) / 86400 as days, till.at is not null as is_event
       from ${first('coding_ready')} as since join encounter using (encounter_id) left join ${billed} as till using (encounter_id)`,
    );
    const survival = rows.map((row) => ({ days: Number(row.days), isEvent: row.is_event === true }));
    expect(survival.length).toBe(71_006);
    expect(medianSurvival(survival).toFixed(4)).toBe('16.9299');
  });

  test('gives the same rows whatever the order of the file', async () => {
    await connection.run('create or replace table shuffled as from log order by hash(_record)');
    for (const id of mapping.writes.keys()) {
      const made = await mapped(connection, mapping, id, 'shuffled');
      const strangers = `from (${made}) select * exclude (_record) except all from ${id} select * exclude (_record)`;
      const [count] = await readRows(connection, `select count(*) as n from (${strangers})`);
      expect([id, count?.n]).toEqual([id, 0]);
    }
  });
});
