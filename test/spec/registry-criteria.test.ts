import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { criteriaWithEdits, registryCriteria } from '../../warehouse/query/registry/criteria.ts';
import { ask, type Asking } from '../support/ask.ts';
import { rows } from '../support/warehouse.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';

let asked: Asking;

// By hand: of 2020 ten cases count, of 2021 one. Told twice are b (of a, 60 days after it) and g (of f, another facility).
beforeAll(async () => {
  asked = await ask({
    source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2022-11-30 00:00:00`,
    expected_cases: `
      year | county | site | expected
      2020 |        |      | 10.5
      2020 | 001    |      | 4
      2020 | 001    | C50  | 1
      2021 | 001    |      | 2
      2021 | 003    |      | 2
      2022 |        |      | 7`,
    tumor: `
      patient_key | facility_id | tumorRecordNumber | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | laterality | dateOfDiagnosis | countyAtDx | dateTumorRecordAvailbl | dateCaseReportReceived
      a           | n           | 01                | C504        | 8500                | 3                 | 1          | 20200101        | 001        | 20201231               |
      a           | n           | 02                | C509        | 8520                | 3                 | 1          | 20200301        | 001        | 20211231               |
      a           | n           | 03                | C504        | 8500                | 3                 | 1          | 20200501        | 001        | 20220101               |
      a           | n           | 04                | C504        | 8500                | 3                 | 2          | 20200301        | 003        | 20221130               |
      f           | n           | 01                | C341        | 8070                | 3                 | 1          | 20200601        | 003        | 20221201               |
      f           | s           | 01                | C349        | 8070                | 3                 | 1          | 20200601        | 003        |                        | 20210131
      f           | s           | 02                | C349        | 8140                | 3                 | 1          | 20200601        | 003        |                        |
      h           | n           | 01                | C421        | 9993                | 3                 |            | 20200601        | 998        | 20210101               |
      h           | n           | 02                | C421        | 9993                | 3                 |            | 20200601        | 998        | 20210101               |
      i           | n           | 01                | C670        | 8130                | 2                 |            | 20201231        | 001        | 20210101               |
      i           | n           | 02                | C700        | 9530                | 0                 |            | 20201231        | 001        | 20210101               |
      j           | n           | 01                | C504        | 8500                | 3                 | 1          | 20210101        | 001        | 20210101               |`,
  });
}, 120_000);
afterAll(() => asked.close());

const told = async (criterion: string): Promise<readonly string[]> =>
  (
    await rows(
      asked.connection,
      `select diagnosis_year, standard, numerator, denominator, is_met from mart.registry_criterion
       where criterion = '${criterion}' order by 1, 2`,
    )
  ).map((row) => Object.values(row).join(' '));

test('completeness: cases of those expected, by the whole registry where it is told, else by its counties', async () => {
  expect(await told('completeness')).toEqual([
    '2020 naaccr_gold 10 10.5 true', // 95.2 %
    '2020 naaccr_silver 10 10.5 true',
    '2020 npcr_advanced 10 10.5 true',
    '2020 npcr_national 10 10.5 true',
    '2021 naaccr_gold 1 4 false', // 1 of 2 in county 001, none of 2 in 003
    '2021 naaccr_silver 1 4 false',
    '2021 npcr_advanced 1 4 false',
    '2021 npcr_national 1 4 false',
  ]);
  const found = await rows(
    asked.connection,
    `select concat_ws(' ', year, level, county, site, observed, expected::double, is_of_year) as told
     from mart.registry_completeness order by year, level, county`,
  );
  expect(found.map((row) => row.told)).toEqual([
    '2020 0 10 10.5 true',
    '2020 1 001 4 4.0 false',
    '2020 3 001 C50 3 1.0 false',
    '2021 1 001 1 2.0 true',
    '2021 1 003 0 2.0 true',
    '2022 0 0 7.0 true',
  ]);
});

test('duplicates: one patient, site and histology group and side, within 60 days, at whatever facility', async () => {
  // Not the third of a (61 days after the second), nor the other side, nor another histology, nor one of no group.
  expect(await told('duplicates')).toEqual([
    '2020 naaccr_gold 2 10 false',
    '2020 naaccr_silver 2 10 false',
    '2020 npcr_advanced 2 10 false',
    '2020 npcr_national 2 10 false',
    '2021 naaccr_gold 0 1 true',
    '2021 naaccr_silver 0 1 true',
    '2021 npcr_advanced 0 1 true',
    '2021 npcr_national 0 1 true',
  ]);
});

test('timeliness: what could be counted within months of the close of the year, once they are over', async () => {
  // Of ten cases one has no date; 12 months end on 31 December 2021, 23 on 30 November 2022, the day the source speaks up to.
  expect(await told('timeliness')).toEqual([
    '2020 naaccr_gold 8 10 ',
    '2020 naaccr_silver 8 10 ',
    '2020 npcr_advanced 6 10 false',
    '2020 npcr_national 9 10 ',
    '2021 naaccr_gold 1 1 ',
    '2021 naaccr_silver 1 1 ',
    '2021 npcr_advanced 1 1 ',
    '2021 npcr_national 1 1 ',
  ]);
});

test('edits are counted when somebody asks: cases that fail none of level error, as the workspace sets them', async () => {
  expect(await told('edits')).toContain('2020 naaccr_gold   ');
  const reader = await memoryReader(asked.connection);
  expect((await registryCriteria(reader)).filter(({ criterion }) => criterion === 'edits')).toHaveLength(2 * 5);
  const edits = async (settings: Parameters<typeof criteriaWithEdits>[1]['settings']) =>
    (await criteriaWithEdits(reader, { settings }))
      .filter(({ criterion, standard }) => criterion === 'edits' && standard === 'npcr_national')
      .map(({ year, numerator, denominator, isMet }) => [year, numerator, denominator, isMet]);
  const usual = await edits(new Map());
  expect(usual.map(([year, , denominator]) => [year, denominator])).toEqual([
    [2021, 1],
    [2020, 10],
  ]);
  expect(usual[1]![1]).toBeLessThan(10);
  expect(usual[1]![3]).toBe(false);
});

test('on the threshold of completeness itself, to the fourth decimal of what is expected', async () => {
  const lines = ['2020', '2021'].flatMap((year) =>
    Array.from({ length: 100 }, (_, i) => `p${i} | C504 | 8500 | 3 | ${year} | ${year.slice(2)}`),
  );
  const { connection, close } = await ask({
    expected_cases: 'year | expected\n 2020 | 105.2631\n 2021 | 105.2632',
    tumor: [
      'patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis | tumorRecordNumber',
      ...lines,
    ].join('\n'),
  });
  onTestFinished(close);
  const found = await rows(
    connection,
    `select is_met from mart.registry_criterion
     where criterion = 'completeness' and standard = 'naaccr_gold' order by diagnosis_year`,
  );
  // 95 % of 105.2631 are 99.999945, of 105.2632 they are 100.00004.
  expect(found.map((row) => row.is_met)).toEqual([true, false]);
}, 60_000);

test('without expected cases completeness is not known, and of a source that tells no such date nothing is late', async () => {
  const silent = await ask({
    source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2025-01-01 00:00:00`,
    tumor:
      'patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis\n p | C504 | 8500 | 3 | 2020',
  });
  onTestFinished(silent.close);
  const found = await rows(
    silent.connection,
    `select distinct criterion, is_met from mart.registry_criterion
     where criterion in ('completeness', 'timeliness', 'edits') order by 1`,
  );
  expect(found.map((row) => [row.criterion, row.is_met])).toEqual([
    ['completeness', null],
    ['edits', null],
    ['timeliness', null],
  ]);
}, 60_000);
