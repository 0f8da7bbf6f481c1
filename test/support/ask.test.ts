import { expect, test } from 'vitest';
import { ask, askOf } from './ask.ts';

const raw = {
  encounter: `
    encounter_id | patient_key | facility_id | patient_class | discharge_ts
    e1           | p1          | north       | inpatient     | 2026-01-10 12:00
    e2           | p2          | south       | inpatient     | 2026-01-10 12:00`,
  encounter_code: `
    encounter_id | stage | code_set | seq | code
    e1           | final | ICD10CM  | 1   | A000
    e1           | final | ICD10CM  | 2   | A001
    e2           | final | ICD10CM  | 1   | A000`,
};

test('what some metrics read answers them as a whole warehouse does, and answers no others', async () => {
  const metrics = ['dx_per_record', 'invalid_codes'];
  const [part, whole] = [await askOf(metrics, raw), await ask(raw)];
  for (const view of [{}, { by: ['facility'] }, { grain: 'month' }, { asOf: '2026-01-09' }])
    expect(await part.answer({ metrics, ...view })).toEqual(await whole.answer({ metrics, ...view }));
  expect(await part.values(...metrics)).toEqual({ dx_per_record: 3 / 2, invalid_codes: null });
  await expect(part.values('mce_edit_records')).rejects.toThrow('does not exist');
  await part.close();
  await whole.close();
});
