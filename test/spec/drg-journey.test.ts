import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { toJson } from '../../warehouse/query/text-formats.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';

const raw = {
  source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-03-16 00:00:00`,
  encounter: `
    encounter_id | patient_key | facility_id | patient_class | discharge_ts
    -------------+-------------+-------------+---------------+--------------------
    e1           | p1          | north       | inpatient     | 2026-03-01 12:00:00
    e2           | p2          | north       | inpatient     | 2026-03-01 12:00:00
    e3           | p3          | north       | ed            | 2026-03-01 12:00:00
  `,
  encounter_drg: `
    encounter_id | stage    | drg_type | drg_version | drg_code | relative_weight
    -------------+----------+----------+-------------+----------+----------------
    e1           | baseline | MS       | 41          | 293      | 0.6000
    e1           | working  | MS       | V41         | 291      | 1.2683
    e1           | final    | MS       | 41          | 291      | 1.2683
    e1           | audited  | MS       | 41          | 292      | 0.8765
    e1           | payer    | MS       | 42          | 291      | 1.3000
    e2           | working  | MS       | 41          | 470      | 1.9000
    e2           | final    | MS       | 41          | 470      |
    e2           | final    | APR      | 41          | 302      | 1.5000
    e3           | final    | MS       | 41          | 470      | 1.9000
  `,
};

test('weight gained and lost from stage to stage, where versions and weights allow it', async () => {
  const { connection, close } = await buildInMemory({ raw });
  onTestFinished(close);
  const steps = await rows(
    connection,
    `select encounter_id, from_stage || '>' || step as way, weight_gain, weight_loss, changed_count as changed, version_change_count as apart
     from mart.drg_step order by encounter_id, way`,
  );
  expect(steps.map((row) => Object.values(row).join(' '))).toEqual([
    'e1 audited>payer 0 0 0 1', // version 42 after 41: not compared
    'e1 baseline>working 0.6683 0 1 0', // 1.2683 − 0.6
    'e1 final>audited 0 0.3918 1 0', // 1.2683 − 0.8765; the bill has no DRG and is passed over
    'e1 working>final 0 0 0 0',
    'e2 working>final 0 0 0 1', // no weight
  ]);
  expect(
    await rows(
      connection,
      `select baseline_drg_code, audited_weight, billed_drg_code, weight_gain, weight_loss, version_change_count::int as apart
       from mart.drg_journey where encounter_id = 'e1'`,
    ),
  ).toEqual([
    {
      baseline_drg_code: '293',
      audited_weight: 0.8765,
      billed_drg_code: null,
      weight_gain: 0.6683,
      weight_loss: 0.3918,
      apart: 1,
    },
  ]);
  const reader = await memoryReader(connection);
  const catalogue = await catalogueOf(reader, [fileURLToPath(new URL('../../sql/metric', import.meta.url))]);
  const metrics = [
    'drg_step_gain',
    'drg_step_loss',
    'drg_step_change',
    'drg_step_changed',
    'drg_step_records',
    'drg_step_not_comparable',
  ];
  const found = toJson(await answer(reader, catalogue, readViewState({ metrics }))).rows;
  const values = found.map(({ value }) => value as number);
  [0.6683, 0.3918, (0.6683 - 0.3918) / 3, 2 / 3, 3, 2].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
});
