import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type Asking } from '../support/ask.ts';
import { rows } from '../support/warehouse.ts';

let asked: Asking;

/** Extracts that speak through 16 March 2022: 15 months before is 16 December 2020, 5 years 16 March 2017, 15 years 16 March 2007. */
beforeAll(async () => {
  asked = await ask({
    source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2022-03-17 00:00:00`,
    tumor: `
      patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | classOfCase | dateOfDiagnosis | dateOfBirth | vitalStatus | dateOfLastContact | summaryStage2018 | addrAtDxCountry
      on_time     | C504        | 8500                | 3                 | 14          | 20180105        | 19500101    | 1           | 20201216          | 1                | USA
      day_late    | C504        | 8500                | 3                 | 10          | 20180105        | 19500101    | 1           | 20201215          | 1                |
      dead        | C504        | 8500                | 2                 | 22          | 20180105        | 19500101    | 0           | 20100101          | 0                |
      no_contact  | C504        | 8500                | 3                 | 14          | 20180105        | 19500101    | 1           |                   | 1                |
      five        | C504        | 8500                | 3                 | 14          | 20170316        | 19500101    | 1           | 20220101          |                  |
      over_five   | C504        | 8500                | 3                 | 14          | 20170315        | 19500101    | 1           | 20220101          |                  |
      fifteen     | C504        | 8500                | 3                 | 14          | 20070316        | 19500101    | 1           | 20150101          |                  |
      skin_spread | C443        | 8070                | 3                 | 14          | 20180105        | 19500101    | 0           | 20190101          | 7                |
      hundred     | C504        | 8500                | 3                 | 14          | 20180105        | 19210317    | 0           | 20190101          | 1                |
      too_old     | C504        | 8500                | 3                 | 14          | 20180105        | 19210316    | 0           | 20190101          | 1                |
      territory   | C504        | 8500                | 3                 | 14          | 20180105        | 19500101    | 0           | 20190101          | 1                | PRI
      over_15     | C504        | 8500                | 3                 | 14          | 20070315        | 19500101    | 0           | 20190101          |                  |
      elsewhere   | C504        | 8500                | 3                 | 00          | 20180105        | 19500101    | 0           | 20190101          | 1                |
      not_ours    | C504        | 8500                | 3                 | 30          | 20180105        | 19500101    | 0           | 20190101          | 1                |
      benign      | C700        | 9530                | 0                 | 14          | 20180105        | 19500101    | 0           | 20190101          | 8                |
      cervix      | C539        | 8070                | 2                 | 14          | 20180105        | 19500101    | 0           | 20190101          | 0                |
      skin        | C443        | 8090                | 3                 | 14          | 20180105        | 19500101    | 0           | 20190101          | 1                |
      foreign     | C504        | 8500                | 3                 | 14          | 20180105        | 19500101    | 0           | 20190101          | 1                | MEX`,
  });
}, 120_000);
afterAll(() => asked.close());

test('ten cases are to be followed; the dead are, and those in contact within 15 months to the day', async () => {
  expect(await asked.values('follow_up_rate', 'follow_up_rate_5_years', 'follow_up_rate_living')).toEqual({
    follow_up_rate: 7 / 10, // not day_late, no_contact, fifteen
    follow_up_rate_5_years: 6 / 8, // without over_five and fifteen
    follow_up_rate_living: 3 / 6, // without dead, skin_spread, hundred and territory
  });
});

test('the rate and the list of those to call are of the same cases', async () => {
  const [odd] = await rows(
    asked.connection,
    `select count(*)::integer as n from mart.follow_up_due where patient_key not in (select patient_key from mart.follow_up)`,
  );
  // `over_15` is dead, and nobody else is beyond the rate's window.
  expect(odd).toEqual({ n: 0 });
  expect(
    await rows(asked.connection, `select patient_key from mart.follow_up where followed_count = 0 order by all`),
  ).toEqual(['day_late', 'fifteen', 'no_contact'].map((patient_key) => ({ patient_key })));
});

test('a registry that never tells a last contact has no rate, rather than one of nothing followed', async () => {
  const silent = await ask({
    tumor: `
      patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | classOfCase | dateOfDiagnosis | vitalStatus
      a           | C504        | 8500                | 3                 | 14          | 20250105        | 1`,
  });
  expect(await silent.values('follow_up_rate')).toEqual({ follow_up_rate: null });
  await silent.close();
}, 120_000);
