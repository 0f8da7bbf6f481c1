import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkCatalogue, readColumnTypes } from '../../../warehouse/metric/check-against-release.ts';
import { readMetricFolders } from '../../../warehouse/metric/read-metrics.ts';
import { catalogueOf, findMetric, findMetrics } from '../../../warehouse/metric/catalogue.ts';
import type { Reader } from '../../../warehouse/open.ts';
import { catalogue, metric, smallRelease } from '../query/small-release.ts';

let reader: Reader;

beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  await release.connection.run(`
    create table mart.stay (discharge_date date, discharge_at timestamp, days double, facility_id varchar);
    create table core.facility (facility_id varchar, name varchar)`);
  await release.describeColumns();
});

const folderOf = (measure: string, dimensions = '{ facility: facility_id }', table = 'core.facility'): string => {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  writeFileSync(
    join(folder, 'stay.yaml'),
    `subject: Stays
page: scorecard
metrics:
  - id: stay_p50
    code: ST1
    label: Stay
    help: Median days
    definition: Days.
    method: Exact
    source: test
    unit: days
    better: neither
    measure: ${measure}
    dimensions: ${dimensions}
`,
  );
  writeFileSync(
    join(folder, 'dimension.yaml'),
    `dimensions:
  - { id: facility, label: Facility, label_from: { table: ${table}, value: facility_id, label: name } }
`,
  );
  return folder;
};

const median = (value: string, date = 'discharge_date', from = 'mart.stay'): string =>
  `{ kind: quantile, from: ${from}, date: ${date}, value: ${value}, p: 0.5 }`;

const raters = (first: string, second: string, statistic: string): string =>
  `{ kind: agreement, from: mart.stay, date: discharge_date, first: ${first}, second: ${second}, statistic: ${statistic} }`;

test('what the release holds may be asked for', async () => {
  const { metrics } = await catalogueOf(reader, [folderOf(median('days'))]);
  expect(metrics.map(({ id }) => id)).toEqual(['stay_p50']);
  await expect(catalogueOf(reader, [folderOf(median('days', 'discharge_at'))])).resolves.toBeTruthy();
});

test.each([
  [
    'a relation it does not hold',
    folderOf(median('days', 'discharge_date', 'mart.stays')),
    /stay\.yaml:4 `stay_p50`: `measure\.from` names `mart\.stays`/,
    /`mart\.stay`.*himsight run/,
  ],
  ['a column it does not hold', folderOf(median('day')), /`measure\.value` names column `day`/, /`days`/],
  [
    'a moment of being known that is none',
    folderOf('{ kind: count, from: mart.stay, date: discharge_date, count: "*", known: facility_id }'),
    /`measure\.known`: column `facility_id` of mart\.stay is VARCHAR/,
    /a date or a timestamp/,
  ],
  [
    'raters of two types',
    folderOf(raters('facility_id', 'days', 'kappa')),
    /`measure\.second`: it is DOUBLE, but `measure\.first` is VARCHAR/,
    /one type/,
  ],
  [
    'yes and no of a text',
    folderOf(raters('facility_id', 'facility_id', 'positive')),
    /`measure\.statistic`: `positive` is of true and false, not VARCHAR/,
    /boolean columns/,
  ],
  [
    'a number that is none',
    folderOf(median('facility_id')),
    /column `facility_id` of mart\.stay is VARCHAR/,
    /must be a number/,
  ],
  [
    'a date that is none',
    folderOf(median('days', 'days')),
    /`measure\.date`: column `days` of mart\.stay is DOUBLE/,
    /a date or a timestamp/,
  ],
  [
    'a dimension’s column',
    folderOf(median('days'), '{ facility: facility }'),
    /`dimensions\.facility` names column `facility`/,
    /`facility_id`/,
  ],
  [
    'a label table',
    folderOf(median('days'), undefined, 'core.facilities'),
    /dimension `facility`: `label_from\.table`/,
    /`core\.facility`/,
  ],
])('%s is refused by file, line and key', async (_, folder, says, mend) => {
  const columns = await readColumnTypes(reader);
  const problem = { message: expect.stringMatching(says), mend: expect.stringMatching(mend) };
  expect(() => checkCatalogue(readMetricFolders([folder]), columns)).toThrow(expect.objectContaining(problem));
});

test('a metric that the release cannot answer waits, and says why when it is asked for', async () => {
  const folder = folderOf(median('days'), '{ facility: facility }');
  const known = await catalogueOf(reader, [folder]);
  expect(known.metrics).toEqual([]);
  const [waiting] = known.waiting;
  expect(() => findMetrics(known, [waiting!.metric.id])).toThrow(waiting!.problem.message);
});

const count = { kind: 'count', from: 'mart.stay', date: 'discharge_date', count: '*' } as const;
const known = catalogue(
  { ...metric('turnaround_p50', count), code: 'RC10' },
  { ...metric('turnaround_p90', count), code: 'RC10' },
  { ...metric('accuracy', count), code: 'CA1' },
);

test('one metric by id or by a code of its own', () => {
  expect(findMetric(known, 'turnaround_p90').id).toBe('turnaround_p90');
  expect(findMetric(known, 'ca1').id).toBe('accuracy');
  expect(() => findMetric(known, 'RC10')).toThrow(
    '`RC10` is the code of several metrics: `turnaround_p50`, `turnaround_p90`.',
  );
  expect(findMetrics(known, ['RC10', 'CA1', 'turnaround_p50']).map(({ id }) => id)).toEqual([
    'turnaround_p50',
    'turnaround_p90',
    'accuracy',
  ]);
});
