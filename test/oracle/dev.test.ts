import { test } from 'vitest';
import { buildInMemory, rows } from '../support/warehouse.ts';
test('builds', async () => {
  const { connection, asserts, close } = await buildInMemory({ raw: {
   source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-03-15 00:00:00`,
   encounter: `encounter_id | patient_key | facility_id | patient_class | discharge_ts        | admit_ts
  e1           | p1          | north       | inpatient     | 2026-03-01 12:00:00 | 2026-02-27 12:00:00`,
   billing: `encounter_id | bill_no | gross_charges | first_billed_ts | final_billed_ts | submitted_ts | bill_hold_days | bill_status
  e1           | 1       | 100           | 2026-03-05 00:00:00 | 2026-03-05 00:00:00 | 2026-03-06 00:00:00 | 2 | billed`,
  } });
  console.log(asserts.filter(a => a.violations > 0));
  for (const t of ['core.account','core.account_stretch','mart.unbilled_day','mart.dnfb_bridge_day'])
  console.log(t, await rows(connection, `select * from ${t}`));
  await close();
});
