import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';

/** Records final coded by kim in March: four inpatients, two emergency visits; by lee one inpatient. */
const coded: readonly (readonly [id: string, patientClass: string, coder: string, at: string])[] = [
  ['i1', 'inpatient', 'kim', '2026-03-02 09:00:00'],
  ['i2', 'inpatient', 'kim', '2026-03-03 09:00:00'],
  ['i3', 'inpatient', 'kim', '2026-03-04 09:00:00'],
  ['i4', 'inpatient', 'kim', '2026-03-31 23:59:00'],
  ['i5', 'inpatient', 'kim', '2026-04-01 00:00:00'],
  ['d1', 'ed', 'kim', '2026-03-05 09:00:00'],
  ['d2', 'ed', 'kim', '2026-03-05 09:30:00'],
  ['i6', 'inpatient', 'lee', '2026-03-05 09:30:00'],
];
const encounter = `encounter_id | patient_key | facility_id | patient_class | discharge_ts
${coded.map(([id, patientClass]) => `${id} | p | north | ${patientClass} | 2026-03-01 12:00:00`).join('\n')}`;
const coding_event = `encounter_id | event | event_ts | event_no | coder_id
${coded.map(([id, , coder, at]) => `${id} | final_coded | ${at} | 1 | ${coder}`).join('\n')}
i1 | final_coded | 2026-03-09 09:00:00 | 2 | lee`;
const hoursHead = 'facility_id | month | coder_id | patient_class | coder_productive_hours';

test('CQ10: records first final coded in the month, by the coder’s hours of that month', async () => {
  const { value, rows, close } = await ask({
    encounter,
    coding_event,
    period_stat: `${hoursHead}
      north | 2026-03-01 | kim |  | 3.0
      north | 2026-03-01 | lee |  | 2.5
      north | 2026-04-01 | lee |  | 99
      north | 2026-03-01 | mia |  | 50
      north | 2026-03-01 |     |  | 1000
    `,
  });
  // Kim: i1 to i4, d1 and d2. Lee: i6 (i1 was kim's before). Lee's April and mia have no coding events, kim's April no hours.
  expect(await rows(['coder_productivity'], { by: ['coder'] })).toMatchObject([
    { coder: 'kim', numerator: 6, denominator: 3, value: 6 / 3 },
    { coder: 'lee', numerator: 1, denominator: 2.5, value: 1 / 2.5 },
  ]);
  expect(await value('coder_productivity')).toBe((6 + 1) / (3 + 2.5));
  expect(await value('coder_productivity', { asOf: '2026-03-30' })).toBeNull();
  // Without configured units there are none.
  expect(await value('coder_productivity_units')).toBeNull();
  await close();
});

test('CQ10: hours split by class count the records of those classes', async () => {
  const { value, rows, findings, close } = await ask({
    encounter,
    coding_event,
    period_stat: `${hoursHead}
      north | 2026-03-01 | kim | inpatient   | 2
      north | 2026-03-01 | kim | observation | 1
      north | 2026-03-01 | kim |             | 9
    `,
  });
  // The emergency visits have no hours; observation has hours and nothing finalised; the hours not split are left out.
  expect(await value('coder_productivity')).toBe((4 + 0) / (2 + 1));
  expect(await rows(['coder_productivity'], { by: ['patient_class'] })).toMatchObject([
    { patient_class: 'inpatient', value: 4 / 2 },
    { patient_class: 'observation', value: 0 },
  ]);
  expect(findings).toEqual(['coder_hours_told_once']);
  await close();
});

test('CQ10: by units of work, where every class of a coder’s month has one', async () => {
  const work_unit = 'patient_class | units\n inpatient | 1\n ed | 0.5';
  const period_stat = `${hoursHead}\n north | 2026-03-01 | kim | | 4\n north | 2026-03-01 | lee | | 2`;
  const { value, findings, close } = await ask({ encounter, coding_event, period_stat, work_unit });
  expect(await value('coder_productivity_units')).toBe((4 * 1 + 2 * 0.5 + 1 * 1) / (4 + 2));
  expect(findings).toEqual([]);
  await close();
  const short = await ask({ encounter, coding_event, period_stat, work_unit: 'patient_class | units\n inpatient | 1' });
  // Kim's emergency visits have no units: the whole month is left out, and named.
  expect(await short.value('coder_productivity_units')).toBe(1 / 2);
  expect(Object.keys(short.broken)).toEqual(['work_units_complete']);
  await short.close();
});

test('CQ10: 24 hours a day are possible, more are not', async () => {
  const all = async (hours: string) => {
    const period_stat = `${hoursHead}\n north | 2026-03-01 | kim | inpatient | ${hours}\n north | 2026-03-01 | kim | ed | 44`;
    const { value, findings, close } = await ask({ encounter, coding_event, period_stat });
    const found = [await value('coder_productivity'), findings];
    await close();
    return found;
  };
  expect(await all(String(31 * 24 - 44))).toEqual([6 / (31 * 24), []]);
  expect(await all(`${31 * 24 - 44}.5`)).toEqual([null, ['hours_within_the_clock']]);
});

test('CQ10: no hours are not known, zero hours are no denominator', async () => {
  const { value, close } = await ask({
    encounter,
    coding_event,
    period_stat: `${hoursHead}\n north | 2026-03-01 | kim | | 0\n north | 2026-03-01 | lee | |`,
  });
  expect(await value('coder_productivity')).toBeNull();
  await close();
});
