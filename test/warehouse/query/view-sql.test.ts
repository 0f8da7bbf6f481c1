import { beforeAll, expect, test } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { unitStatement } from '../../../warehouse/query/metric-query.ts';
import { planUnits } from '../../../warehouse/query/plan.ts';
import { resolveMetrics } from '../../../warehouse/query/resolve.ts';
import { runStatement } from '../../../warehouse/query/sql-text.ts';
import { tableToRows } from '../../../warehouse/query/text-formats.ts';
import { viewSql } from '../../../warehouse/query/view-sql.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

let connection: DuckDBConnection;

const from = { from: 'mart.audit', date: 'audit_date' } as const;
const dimensions = { coder: 'coder_id', ward: 'ward' };
const ratio = { kind: 'ratio', ...from, numerator: 'correct', denominator: 'codes', interval: 'wilson' } as const;
const all = catalogue(
  metric('right', ratio, dimensions),
  metric('audits', { kind: 'count', ...from, count: '*' }, dimensions),
  metric('half', { kind: 'quantile', ...from, value: 'correct', p: 0.5 }, dimensions),
  metric('sure', { ...ratio, interval: 'cluster', cluster: 'audit_id' }, dimensions),
);
const odd = ["O'Neil", '$1 and $2', '"quoted"', '50 %', 'a,b', ''];

beforeAll(async () => {
  ({ connection } = await smallRelease());
  await connection.run(`create table mart.audit as
    select i as audit_id, date '2026-01-01' + cast(i % 60 as integer) as audit_date, 4 as codes, i % 5 as correct,
      ['O''Neil', '$1 and $2', '"quoted"', '50 %', 'a,b', null][1 + i % 6] as coder_id, 'w' || (i % 70) as ward
    from range(600) as r(i)`);
});

test.each([
  ['values that SQL trips over', { where: { coder: odd.slice(0, 2) } }],
  ['what is not recorded among them', { where: { coder: odd } }],
  ['a range, a grain and a split', { by: ['coder'], grain: 'month', from: '2026-01-05', to: '2026-02-20' }],
  ['more values than places', { where: { ward: Array.from({ length: 60 }, (_, i) => `w${i}`) } }],
] as const)('%s: what is shown can be run by hand and yields what the answer is made from', async (_what, part) => {
  const asked = view({ metrics: ['right', 'audits', 'half', 'sure'], ...part });
  const units = planUnits(resolveMetrics(all, asked), asked);
  const shown = viewSql(all, asked);
  expect(shown.map(({ metrics }) => metrics)).toEqual(units.map((unit) => unit.metrics.map(({ id }) => id)));
  for (const [i, unit] of units.entries()) {
    const [byHand, asRun] = [{ sql: shown[i]!.sql, parameters: [] }, unitStatement(unit, asked)];
    expect(tableToRows(await runStatement(connection, byHand))).toEqual(
      tableToRows(await runStatement(connection, asRun)),
    );
  }
});
