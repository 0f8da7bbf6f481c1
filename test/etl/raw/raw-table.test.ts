import { expect, test } from 'vitest';
import { readLandedState } from '../../../etl/raw/landed-state.ts';
import { rawTables } from '../../../etl/raw/raw-table.ts';
import { reasonRows } from '../../../etl/raw/reason-row.ts';
import type { Workspace } from '../../../etl/workspace/workspace.ts';
import { contracts, Landing } from '../../support/landing.ts';

const charges = (...rows: readonly string[]): string =>
  `charge_event_id,encounter_id,posted_ts,amount_cents\n${rows.join('\n')}\n`;
const stateOf = ({ workspace }: Landing) => readLandedState(`${workspace.dataFolder}/ledger`);
const table = async (landing: Landing, name: string, workspace: Workspace = landing.workspace) =>
  rawTables(await stateOf(landing), contracts, workspace).find((one) => one.name === name);

test('a contract of which nothing landed is an empty table of its columns', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' });
  expect(await north.raw('select column_name, column_type from (describe raw.charge_event)')).toEqual(
    [
      ['charge_event_id', 'VARCHAR'],
      ['encounter_id', 'VARCHAR'],
      ['posted_ts', 'TIMESTAMP'],
      ['amount_cents', 'BIGINT'],
      ['source_id', 'VARCHAR'],
      ['batch_id', 'VARCHAR'],
      ['record', 'BIGINT'],
    ].map(([column_name, column_type]) => ({ column_name, column_type })),
  );
  expect(await north.raw('from raw.charge_event')).toEqual([]);
});

test('fingerprints change with the rows, by month where a month is all that changes', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' });
  const empty = await table(north, 'charge_event');
  north.write('extract/1.csv', charges('c1,e1,2026-01-05,1', 'c2,e1,2026-02-05,1'));
  await north.run();
  const first = await table(north, 'charge_event');
  expect((await table(north, 'charge_event'))?.fingerprint).toBe(first?.fingerprint);
  north.write('extract/2.csv', charges('c3,e1,2026-02-06,1', 'c4,e1,2026-03-06,1'));
  await north.run();
  const second = await table(north, 'charge_event');
  expect(new Set([empty?.fingerprint, first?.fingerprint, second?.fingerprint]).size).toBe(3);
  expect(Object.keys(second?.months ?? {}).sort()).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
  expect(second?.months?.['2026-01-01']).toBe(first?.months?.['2026-01-01']);
  expect(second?.months?.['2026-02-01']).not.toBe(first?.months?.['2026-02-01']);
});

test('rows that take the place of others change the months of those as well, and no more', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' });
  north.write('extract/1.csv', charges('c1,e1,2026-01-05,1'));
  north.write('extract/2.csv', charges('c2,e1,2026-04-05,1'));
  await north.run();
  const first = await table(north, 'charge_event');
  north.write('extract/3.csv', charges('c1,e1,2026-02-05,1'));
  await north.run();
  const second = await table(north, 'charge_event');
  expect(
    Object.keys(second?.months ?? {}).filter((month) => second?.months?.[month] !== first?.months?.[month]),
  ).toEqual(['2026-01-01', '2026-02-01']);
});

test("an instant near the end of a month is in both months, whose day it is being the facility's to say", async () => {
  const north = new Landing({ format: 'csv', mapping: 'instant.yaml' });
  const mapping = north.write(
    'instant.yaml',
    `id: instant
describes: Postings in UTC
reads: { columns: [id, at] }
timestamps: instant
writes:
  charge_event:
    rows: each
    columns: { charge_event_id: { from: id }, encounter_id: { from: id }, posted_ts: { from: at }, amount_cents: { constant: '1' } }
`,
  );
  north.write('extract/1.csv', 'id,at\nc1,2026-02-01T03:00:00Z\nc2,2026-03-15T03:00:00Z\n');
  const workspace = { ...north.workspace, sources: [{ ...north.source, mapping }] };
  await north.run({ ...north.source, mapping });
  const months = Object.keys((await table(north, 'charge_event', workspace))?.months ?? {}).sort();
  expect(months).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
});

test('a source that himsight.yaml no longer names has no rows', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' });
  north.write('extract/1.csv', charges('c1,e1,2026-01-05,1'));
  await north.run();
  const without = await table(north, 'charge_event', { ...north.workspace, sources: [] });
  expect(without?.query).not.toContain('read_parquet');
});

test('a source knows its clock, its mode and its as-of: the manifest, else the latest time landed', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' });
  north.write('extract/1.csv', charges('c1,e1,2026-01-05 07:00,1', 'c2,e1,2026-01-04,1'));
  await north.run();
  const source = {
    source_id: 'north',
    timezone: 'America/New_York',
    privacy_mode: 'limited_data_set',
    is_instant: false,
  };
  expect(await north.raw('from raw.source')).toEqual([{ ...source, as_of_ts: '2026-01-05 07:00:00' }]);
  north.write('extract/manifest.json', JSON.stringify({ extract_as_of_ts: '2026-02-01T05:00:00Z' }));
  north.write('extract/1.csv', charges('c1,e1,2026-01-05 07:00,2'));
  await north.run();
  expect(await north.raw('from raw.source')).toEqual([{ ...source, as_of_ts: '2026-02-01 00:00:00' }]);
});

test('settings of himsight.yaml are tables', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' });
  const workspace: Workspace = {
    ...north.workspace,
    targets: [{ metric_id: 'm', value: 0.95, label: "house's 95 %", window: '2 quarters', valid_from: '2026-01-01' }],
    config: {
      sources: [],
      completion_policies: [{ doc_type: 'DS', due_hours: 48, counts_toward_delinquency: true }],
      metric_settings: {
        pairing: 'category',
        blended_rate: 6000,
        blended_rates: [{ facility_id: 'north', dollars: 6500.5, valid_from: '2026-01-01' }],
        score_weights: [{ part: 'pdx', weight: 2.5 }],
      },
    },
  };
  Object.assign(north, { workspace });
  expect(await north.raw('from raw.target')).toEqual([
    {
      metric_id: 'm',
      scope: null,
      value: 0.95,
      direction: null,
      label: "house's 95 %",
      citation: null,
      policy_window: '2 quarters',
      valid_from: '2026-01-01',
      valid_to: null,
    },
  ]);
  expect(
    await north.raw(
      'select doc_type, due_hours, delinquent_days, counts_toward_delinquency from raw.completion_policy',
    ),
  ).toEqual([{ doc_type: 'DS', due_hours: 48, delinquent_days: null, counts_toward_delinquency: true }]);
  expect(await north.raw('from raw.metric_setting order by name')).toEqual([
    { name: 'blended_rate', value: '6000' },
    { name: 'pairing', value: 'category' },
  ]);
  const open = { valid_from: null, valid_to: null };
  expect(await north.raw('from raw.blended_rate order by dollars')).toEqual([
    { facility_id: null, dollars: 6000, ...open },
    { facility_id: 'north', dollars: 6500.5, ...open, valid_from: '2026-01-01' },
  ]);
  expect(await north.raw('from raw.score_weight')).toEqual([{ facility_id: null, part: 'pdx', weight: 2.5, ...open }]);
});

test('settings that are more than a value are tables, or settings, of their own', async () => {
  const north = new Landing({ format: 'csv', contract: 'charge_event' });
  const workspace: Workspace = {
    ...north.workspace,
    config: {
      sources: [],
      metric_settings: {
        query_policy_hours: 48,
        roi_policy_days: { attorney: 20, payer: 30 },
        work_units: { inpatient: 1, ed: 0.5 },
        reason_map: [
          { kind: 'carc', code: 50, category: 'medical_necessity' },
          { kind: 'hold', code: 'Z1', owner: 'HIM' },
        ],
      },
    },
  };
  Object.assign(north, { workspace });
  expect(await north.raw('from raw.metric_setting order by name')).toEqual([
    { name: 'query_policy_hours', value: '48' },
    { name: 'roi_policy_days.attorney', value: '20' },
    { name: 'roi_policy_days.payer', value: '30' },
  ]);
  expect(await north.raw('from raw.work_unit order by units')).toEqual([
    { patient_class: 'ed', units: 0.5 },
    { patient_class: 'inpatient', units: 1 },
  ]);
  expect(await north.raw('from raw.reason_map order by kind')).toEqual([
    { kind: 'carc', code: '50', category: 'medical_necessity', owner: null },
    { kind: 'hold', code: 'Z1', category: null, owner: 'HIM' },
  ]);
});

test('a reason code that stands twice is refused, however it is written', () => {
  const entry = (code: string | number, kind: 'carc' | 'rarc' | 'hold' = 'carc') => ({
    kind,
    code,
    category: 'coding',
  });
  expect(() => reasonRows([entry('CO-50'), entry(50)])).toThrow(/carc `50` stands there twice/);
  expect(() => reasonRows([entry('n130', 'rarc'), entry('N130', 'rarc')])).toThrow(/twice/);
  expect(reasonRows([entry('CO-50'), entry('50', 'hold'), entry('a', 'hold'), entry('A', 'hold')])).toHaveLength(4);
});
