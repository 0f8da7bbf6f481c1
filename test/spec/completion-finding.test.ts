import { expect, test } from 'vitest';
import { buildInMemory } from '../support/warehouse.ts';

const source = `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-06-01 00:00:00`;

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | admit_ts            | discharge_ts        | chart_analyzed_ts
  e1           | p1          | north       | inpatient     | 2025-05-01 06:00:00 | 2025-05-20 15:00:00 | 2025-05-21 08:00:00
`;

/** How many rows break a promise. */
const found = async (promise: string, raw: Readonly<Record<string, string>>): Promise<number | undefined> => {
  const { asserts, close } = await buildInMemory({ raw: { source, encounter, ...raw } });
  await close();
  expect(asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0)).toEqual([]);
  return asserts.find(({ name }) => name === promise)?.violations;
};

const policies = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  completion_policy: `doc_type | clock_start | due_hours | delinquent_days | valid_from | valid_to\n${lines.join('\n')}`,
});

test('two policies of one scope and day are found; one that takes over on the other’s last day is not', async () => {
  const of = (...lines: readonly string[]) => found('completion_policy_overlap', policies(...lines));
  const until = 'DS | discharge | | 14 | | 2026-02-01';
  expect(await of(until, 'DS | discharge | | 10 | 2026-02-01 |')).toBe(0);
  expect(await of(until, 'DS | discharge | | 10 | 2026-01-31 |')).toBe(1);
  // Of another document, or about another thing: no contradiction.
  expect(await of(until, 'OP | discharge | | 10 | 2026-01-31 |')).toBe(0);
  expect(await of(until, 'DS | discharge | 72 | | 2026-01-31 |')).toBe(0);
});

test('days between two policies of one scope are found', async () => {
  const of = (...lines: readonly string[]) => found('completion_policy_gap', policies(...lines));
  expect(await of('DS | discharge | | 14 | | 2026-02-01', 'DS | discharge | | 10 | 2026-02-01 |')).toBe(0);
  expect(await of('DS | discharge | | 14 | | 2026-02-01', 'DS | discharge | | 10 | 2026-02-02 |')).toBe(1);
  // The last one may end: nothing follows it.
  expect(await of('DS | discharge | | 14 | | 2026-02-01')).toBe(0);
});

const deficiency = (...lines: readonly string[]): Readonly<Record<string, string>> => ({
  deficiency: `deficiency_id | encounter_id | doc_type | action_type | provider_id | assigned_ts | completed_ts | status\n${lines.join('\n')}`,
});

test('a deficiency assigned before admission', async () => {
  const at = (moment: string) =>
    found('deficiency_before_admission', deficiency(`d1 | e1 | DS | sign | dr1 | ${moment} | | open`));
  expect(await at('2025-05-01 06:00:00')).toBe(0);
  expect(await at('2025-05-01 05:59:59')).toBe(1);
});

test('a deficiency open for more than 365 days', async () => {
  const at = (day: string, end = '| open') =>
    found('deficiency_open_over_a_year', deficiency(`d1 | e1 | DS | sign | dr1 | ${day} 08:00:00 | ${end}`));
  // The last day told of is 31 May 2026.
  expect(await at('2025-05-31')).toBe(0);
  expect(await at('2025-05-30')).toBe(1);
  expect(await at('2025-05-30', '2026-05-31 08:00:00 | completed')).toBe(0);
});

test('a deficiency of a provider nobody knows, where providers are told', async () => {
  const one = deficiency('d1 | e1 | DS | sign | dr9 | 2025-06-01 08:00:00 | | open');
  expect(await found('deficiency_of_unknown_provider', one)).toBe(0);
  const provider = (id: string) => ({ ...one, provider: `provider_id | specialty\n ${id} | surgery` });
  expect(await found('deficiency_of_unknown_provider', provider('dr1'))).toBe(1);
  expect(await found('deficiency_of_unknown_provider', provider('dr9'))).toBe(0);
});

test('more than 50 completions of one provider in one second', async () => {
  const closed = (count: number) =>
    deficiency(
      ...Array.from(
        { length: count },
        (_, i) =>
          `d${i} | e1 | DS | sign | dr1 | 2025-06-01 08:00:00 | 2025-06-09 17:00:00.${String(i).padStart(3, '0')} | completed`,
      ),
    );
  expect(await found('deficiency_closed_in_bulk', closed(50))).toBe(0);
  expect(await found('deficiency_closed_in_bulk', closed(51))).toBe(1);
});

test('times that are days', async () => {
  const one = (hour: string) => deficiency(`d1 | e1 | DS | sign | dr1 | 2025-06-01 ${hour} | | open`);
  expect(await found('date_only_times', one('08:00:00'))).toBe(0);
  expect(await found('date_only_times', one('00:00:00'))).toBe(1);
});

test('a policy with a word nobody uses', async () => {
  expect(await found('completion_policy_words', policies('DS | discharge | | 14 | |'))).toBe(0);
  expect(await found('completion_policy_words', policies('DS | dischrage | | 14 | |'))).toBe(1);
  expect(await found('completion_policy_words', policies('SUMMARY | discharge | | 14 | |'))).toBe(1);
});

test('a clock that nothing starts', async () => {
  const raw = {
    ...policies('OP | surgery_end | | 14 | |'),
    ...deficiency('d1 | e1 | OP | sign | dr1 | 2025-05-21 08:00:00 | | open'),
  };
  expect(await found('completion_clock_told', raw)).toBe(1);
  const cases = `
    procedure_case_id | encounter_id | location       | start_ts            | end_ts
    c1                | e1           | operating_room | 2025-05-03 08:00:00 | 2025-05-03 09:00:00
  `;
  expect(await found('completion_clock_told', { ...raw, procedure_case: cases })).toBe(0);
  // A document is allocated to nobody: due by such a clock it is never.
  const document =
    'document_id | encounter_id | doc_type | event | event_ts\n r1 | e1 | OP | authored | 2025-05-03 10:00:00';
  const allocated = policies('OP | allocated | 24 | | |');
  expect(await found('completion_clock_told', { ...allocated, procedure_case: cases, document })).toBe(1);
});
