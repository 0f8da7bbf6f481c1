import { expect, test } from 'vitest';
import { answer } from '../../../warehouse/query/answer.ts';
import { toJson } from '../../../warehouse/query/text-formats.ts';
import { sharedData } from '../../support/shared-data.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

const log = sharedData('hospital-billing', 'hospital_billing_events.csv.gz');

/** Figures of the folder's README, by R's survfit and quantile: first FIN to first BILLED of each case. */
test.skipIf(log === null)('a real billing log: survival with its limits, and quantiles, as R has them', async () => {
  const { reader, connection } = await smallRelease();
  await connection.run(
    `create table mart.bill as
    select
      cast(min(case when activity = 'FIN' then moment end) as date) as day,
      min(case when activity = 'FIN' then moment end) as started_at,
      min(case when activity = 'BILLED' then moment end) as billed_at,
      max(moment) as until_at,
      (epoch_us(billed_at) - epoch_us(started_at)) / 86400e6 as days
    from (select case_id, activity, cast(timestamp as timestamp) as moment from read_csv($1, all_varchar = true))
    group by case_id`,
    [log],
  );
  const clock = { from: 'mart.bill', date: 'day', start: 'started_at', event: 'billed_at', until: 'until_at' } as const;
  const km = [0.25, 0.5, 0.75, 0.9].map((p) => metric(`km${p * 100}`, { kind: 'km_quantile', ...clock, p }));
  const exact = [0.5, 0.9].map((p) =>
    metric(`p${p * 100}`, { kind: 'quantile', from: 'mart.bill', date: 'day', value: 'days', p }),
  );
  const all = catalogue(...km, ...exact);
  const { rows } = toJson(await answer(reader, all, view({ metrics: all.metrics.map(({ id }) => id) })));
  const values = rows.map(({ value }) => Number(value));
  [9.5595, 16.9299, 60.2251, 122.9759, 16.0203, 119.6441].forEach((figure, i) =>
    expect(values[i]).toBeCloseTo(figure, 4),
  );
  expect(rows[1]?.lower).toBeCloseTo(16.6072, 4);
  expect(rows[1]?.upper).toBeCloseTo(17.2386, 4);
  expect([rows[1]?.n, rows[1]?.numerator, rows[4]?.n]).toEqual([71_006, 64_843, 64_843]);
});
