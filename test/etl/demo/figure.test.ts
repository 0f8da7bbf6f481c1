import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemo } from '../../../etl/demo/demo.ts';
import { openBuilder, type Builder } from '../../../warehouse/open.ts';
import { literal } from '../../../warehouse/quote.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { operationsFigures } from './figure-operations.ts';
import { recordFigures } from './figure-record.ts';

// The figures of a hospital that a HIM person believes (handbook practice.md, section 4), read from the files as written.

const folder = mkdtempSync(join(tmpdir(), 'demo-figure-'));
let builder: Builder;

beforeAll(async () => {
  await writeDemo({ folder, encounters: 100_000, months: 24, seed: 1, bad: 0 });
  builder = await openBuilder(null);
  const files = {
    facility: 'csv',
    encounter: 'csv',
    encounter_code: 'csv',
    encounter_drg: 'csv',
    coding_event: 'csv',
    audit_review: 'csv',
    audit_code: 'csv',
    deficiency: 'csv',
    document: 'csv',
    billing: 'csv',
    billing_hold: 'csv',
    period_stat: 'csv.gz',
    query: 'csv',
    cdi_review: 'csv',
    denial: 'csv',
    mpi_stat: 'csv',
    provider_interval: 'csv',
  };
  for (const [name, ending] of Object.entries(files)) {
    const path = literal(join(folder, 'extract', `${name}${name === 'encounter' ? '-*' : ''}.${ending}`));
    await builder.connection.run(`create table ${name} as from read_csv(${path}, sample_size = -1)`);
  }
  await builder.connection.run(
    `create view inpatient as from encounter where patient_class = 'inpatient' and discharge_ts is not null`,
  );
  for (const name of ['roi_request', 'procedure_case']) {
    const path = literal(join(folder, 'extract', `${name}.ndjson`));
    await builder.connection.run(`create table ${name} as from read_json(${path}, format = 'newline_delimited')`);
  }
  await builder.connection.run(
    `create view random_audit as from audit_review where sample_method <> 'judgmental' and is_second_review_of is null`,
  );
  await builder.connection.run(`create view double_audit as
    select one.drg_original <> one.drg_revised as first, two.drg_original <> two.drg_revised as second
    from audit_review as two join audit_review as one on one.audit_id = two.is_second_review_of`);
  await builder.connection.run(`create view first_written as
    select encounter_id, doc_type, document_id, min(event_ts) filter (event in ('authored', 'dictated')) as written_ts, min(event_ts) filter (event = 'signed') as signed_ts
    from document group by all`);
  await builder.connection.run(`create macro days(a, b) as date_diff('second', a, b) / 86400.0`);
}, 180_000);

afterAll(async () => {
  await builder.close();
  rmSync(folder, { recursive: true });
});

test.each(Object.entries({ ...recordFigures, ...operationsFigures }))('%s', async (_, [sql, low, high]) => {
  const [row] = await readRows(builder.connection, `select (${sql})::double as figure`);
  expect(row?.figure).toBeGreaterThanOrEqual(low);
  expect(row?.figure).toBeLessThanOrEqual(high);
});

test('every child row has its encounter', async () => {
  for (const child of [
    'encounter_code',
    'encounter_drg',
    'coding_event',
    'audit_review',
    'deficiency',
    'document',
    'billing',
    'billing_hold',
    'query',
    'cdi_review',
    'denial',
  ]) {
    const [row] = await readRows(
      builder.connection,
      `select count(*) as orphans from ${child} anti join encounter using (encounter_id)`,
    );
    expect(row?.orphans, child).toBe(0);
  }
});

test('there is work left at the as-of: uncoded and unbilled accounts, open deficiencies, charts awaiting analysis', async () => {
  const [row] = await readRows(
    builder.connection,
    `select
    (select count(*) from encounter where discharge_ts is not null and encounter_id not in (select encounter_id from coding_event where event = 'final_coded')) as uncoded,
    (select count(*) from billing where bill_status = 'discharged_not_billed') as unbilled,
    (select count(*) from deficiency where status in ('open', 'pending')) as open,
    (select count(*) from encounter where chart_status = 'awaiting_analysis') as awaiting`,
  );
  for (const count of Object.values(row ?? {})) expect(count).toBeGreaterThan(50);
});

test('an auditor never puts a code in place of another that the coder has, nor adds one of a category he has', async () => {
  const [row] = await readRows(
    builder.connection,
    `select count(*) as count from audit_code as line join audit_code as own using (audit_id, code_set)
    where line.error_type = 'revised' and own.coder_code = line.auditor_code
      or line.error_type = 'omitted' and own.coder_code[:3] = line.auditor_code[:3]`,
  );
  expect(row?.count).toBe(0);
});
