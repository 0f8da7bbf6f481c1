import { expect, test } from 'vitest';
import { csvOf, landMapping } from './land-mapping.ts';

const codes = csvOf(`
  code_value | code_set | cdf_meaning | display_key
  101        | 72       |             | DISCHARGESUMMARY
  102        | 72       |             | OPERATIVEREPORT
  103        | 72       |             | SOMETHINGELSE
  201        | 21       | PERFORM     | PERFORM
  202        | 21       | SIGN        | SIGN
  301        | 103      | COMPLETED   | COMPLETED
  302        | 103      | PENDING     | PENDING
  303        | 103      | REQUESTED   | REQUESTED
`);

test('HIM_EVENT_ALLOCATION: codes by what they mean, open until 2100, taken back passed over', async () => {
  const landed = await landMapping('oracle-him-event-allocation', {
    'allocation.csv': csvOf(`
      him_event_allocation_id | event_id | encntr_id | event_cd | prsnl_id | action_type_cd | action_status_cd | request_dt_tm        | allocation_dt_tm     | completed_dt_tm      | beg_effective_dt_tm | end_effective_dt_tm | active_ind
      a1                      | e1       | v1        | 101      | d1       | 201            | 301              | 05-SEP-2025 10:00:00 | 06-SEP-2025 00:00:00 | 07-SEP-2025 12:30:00 | 05-SEP-2025         | 31-DEC-2100         | 1
      a2                      | e2       | v1        | 102      | d2       | 202            | 302              | 05-SEP-2025 10:00:00 |                      | 31-DEC-2100 00:00:00 |                     |                     | 1
      a3                      | e3       | v1        | 102      | d2       | 202            | 303              | 2025-09-05 10:00:00  |                      | 2100-12-31 00:00:00  |                     |                     | 1
      a4                      | e4       | v1        | 102      | d2       | 202            | 302              | 05-SEP-2025 10:00:00 |                      | 31-DEC-2100 00:00:00 |                     |                     | 0
      a5                      | e5       | v1        | 103      | d2       | 202            | 302              | 05-SEP-2025 10:00:00 |                      | 31-DEC-2100 00:00:00 |                     |                     | 1
    `),
    'event.csv': codes,
    'action.csv': codes,
    'status.csv': codes,
  });
  expect(landed.report.reasons.map(({ rule, line }) => [rule, line])).toEqual([['value:doc_type', 6]]);
  const always = { encounter_id: 'v1', assigned_ts: '2025-09-05 10:00:00' };
  expect(await landed.rows('deficiency')).toEqual([
    {
      ...always,
      deficiency_id: 'a1',
      doc_type: 'DS',
      action_type: 'perform',
      provider_id: 'd1',
      allocated_ts: '2025-09-06 00:00:00',
      completed_ts: '2025-09-07 12:30:00',
      status: 'completed',
    },
    { ...always, deficiency_id: 'a2', doc_type: 'OP', action_type: 'sign', provider_id: 'd2', status: 'pending' },
    { ...always, deficiency_id: 'a3', doc_type: 'OP', action_type: 'sign', provider_id: 'd2', status: 'open' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});
