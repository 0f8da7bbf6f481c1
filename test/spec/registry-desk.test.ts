import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ask, askOf, type Asking } from '../support/ask.ts';
import { rows } from '../support/warehouse.ts';

/** Told of to the end of 31 August 2026. */
const source = `
  source_id | timezone | is_instant | as_of_ts
  test      | UTC      | false      | 2026-09-01 00:00:00`;

describe('AJCC stage group', () => {
  test('the pathological group, else the clinical one; letters go, and what is no stage stays apart', async () => {
    const { by, close } = await askOf(['registry_cases'], {
      source,
      tumor: `
        patient_key  | primarySite | classOfCase | dateOfDiagnosis | ajccTnmPathStageGroup | ajccTnmClinStageGroup
        both         | C504        | 14          | 20260110        | 2A                    | 1
        clinical     | C504        | 14          | 20260110        | 99                    | 3C1
        clinicalOnly | C504        | 14          | 20260110        |                       | 4
        inSitu       | C504        | 14          | 20260110        | 0is                   |
        occult       | C341        | 14          | 20260110        | 99                    | oc
        notStaged    | C700        | 14          | 20260110        | 88                    | 88
        unknown      | C504        | 14          | 20260110        | 99                    | 99
        silent       | C504        | 14          | 20260110        |                       |
        before2018   | C504        | 14          | 20171231        | 2                     | 2`,
    });
    onTestFinished(close);
    expect(await by('registry_cases', 'ajcc_stage_group')).toEqual({
      ...{ '0': 1, '2': 1, '3': 1, '4': 1, OC: 1, '88': 1, '99': 1 },
      '': 2, // nothing told, and the diagnosis of 2017
    });
  });
});

describe('abstracting backlog', () => {
  let asked: Asking;
  beforeAll(async () => {
    asked = await ask({
      source,
      tumor: `
        patient_key | facility_id | primarySite | classOfCase | dateCaseInitiated | dateOf1stContact | dateCaseCompleted | dateCaseCompletedCoc
        done        | north       | C504        | 14          | 20260110          | 20260105         |                   | 20260310
        month_end   | north       | C504        | 14          | 20260110          | 20260105         | 20260630          |
        open        | north       | C504        | 14          | 20260801          | 20260531         |                   |
        late        | north       | C504        | 10          | 20260220          | 20260215         |                   |
        not_ours    | north       | C504        | 30          | 20250201          | 20250115         |                   |
        contact     | south       | C504        | 14          |                   | 20260831         |                   |
        neither     | south       | C504        | 14          |                   |                  |                   |`,
    });
  }, 60_000);
  afterAll(() => asked.close());

  test('open from the day it is accessioned up to, and without, the day it is completed', async () => {
    const found = await asked.rows(['abstracting_backlog'], { grain: 'month', from: '2026-01-01', to: '2026-09-01' });
    expect(found.map(({ period, value }) => `${String(period)} ${String(value)}`)).toEqual([
      '2026-01-01 3', // done, month_end, not_ours
      '2026-02-01 4', // and late
      '2026-03-01 3', // done is done
      '2026-04-01 3',
      '2026-05-01 3',
      '2026-06-01 2', // month_end was completed on 30 June: not open at its end
      '2026-07-01 2',
      '2026-08-01 4', // open, late, not_ours, and contact of the last day
    ]);
  });

  test('on the last day by age since first contact: three months to the day are up to three', async () => {
    expect(await asked.by('abstracting_backlog', 'case_age')).toEqual({
      '0-3': 2, // contact; open: 31 May and three months is 31 August
      '6-12': 1, // late: 15 February and six months is 15 August
      '12+': 1,
    });
  });

  test('the worklist: analytic cases are due six months from first contact, others never', async () => {
    const listed = await rows(
      asked.connection,
      `select patient_key as p, due_date::varchar as due, is_late as late from mart.abstract_to_complete
       order by due_date nulls last, patient_key`,
    );
    expect(listed).toEqual([
      { p: 'late', due: '2026-08-15', late: true },
      { p: 'open', due: '2026-11-30', late: false },
      { p: 'contact', due: '2027-02-28', late: false },
      { p: 'not_ours', due: null, late: false },
    ]);
  });

  test('a source that never tells a date of completion has no backlog to tell of', async () => {
    const silent = await askOf(['abstracting_backlog'], {
      source,
      tumor: `
        patient_key | primarySite | classOfCase | dateCaseInitiated | dateOf1stContact
        p           | C504        | 14          | 20260110          | 20260105`,
    });
    onTestFinished(silent.close);
    expect(await silent.values('abstracting_backlog')).toEqual({ abstracting_backlog: null });
  }, 60_000);
});

describe('follow-up due', () => {
  const followed = async (lines: string): Promise<readonly string[]> => {
    const { connection, close } = await askOf(['follow_up_due'], {
      source,
      tumor: `
        patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | classOfCase | dateOfDiagnosis | dateOf1stContact | dateOfLastContact | vitalStatus | dateOfBirth | summaryStage2018 | addrAtDxCountry | sequenceNumberHospital
        heard       | C504        | 8500                | 3                 | 14          | 20240105        | 20240110         | 20260801          | 1           |             | 1                |                 | 00
        ${lines}`,
    });
    onTestFinished(close);
    const found = await rows(
      connection,
      `select concat_ws(' ', patient_key, follow_up_state, due_date, case when never_followed then 'never' end) as told
       from mart.follow_up_due order by 1`,
    );
    return found.map(({ told }) => String(told));
  };

  test('due twelve months after last contact, delinquent more than fifteen months after it', async () => {
    expect(
      await followed(`
        tomorrow    | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250901 | 1 | | 1 | | 00
        today       | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250831 | 1 | | 1 | | 00
        fifteen     | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250531 | 1 | | 1 | | 00
        longer      | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250530 | 1 | | 1 | | 00
        never       | C504 | 8500 | 3 | 14 | 20240105 | 20240110 |          | 1 | | 1 | | 00
        dead        | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250101 | 0 | | 1 | | 00`),
    ).toEqual([
      'fifteen due 2026-05-31',
      'longer delinquent 2026-05-30',
      'never delinquent 2025-01-10 never',
      'today due 2026-08-31',
    ]);
  }, 60_000);

  test('a patient once, by the latest contact of all abstracts; one told dead anywhere is not called', async () => {
    expect(
      await followed(`
        two         | C504 | 8500 | 3 | 14 | 20200105 | 20200110 | 20240101 | 1 | | 1 | | 01
        two         | C619 | 8140 | 3 | 14 | 20230105 | 20230110 | 20250801 | 1 | | 1 | | 02
        gone        | C504 | 8500 | 3 | 14 | 20200105 | 20200110 | 20240101 | 1 | | 1 | | 01
        gone        | C619 | 8140 | 3 | 14 | 20230105 | 20230110 | 20250801 | 0 | | 1 | | 02`),
    ).toEqual(['two due 2026-08-01']);
  }, 60_000);

  test('who is not followed: cases not treated here, tumors left out by the rule, foreigners, the very old', async () => {
    const stage = (site: string, histology: string, behavior: string, said: string) =>
      `${site}${histology}${behavior}${said} | ${site} | ${histology} | ${behavior} | 14 | 20240105 | 20240110 | 20250501 | 1 | | ${said} | | 00`;
    expect(
      await followed(
        [
          'class00 | C504 | 8500 | 3 | 00 | 20240105 | 20240110 | 20250501 | 1 | | 1 | | 00',
          'class10 | C504 | 8500 | 3 | 10 | 20240105 | 20240110 | 20250501 | 1 | | 1 | | 00',
          'class22 | C504 | 8500 | 3 | 22 | 20240105 | 20240110 | 20250501 | 1 | | 1 | | 00',
          'class30 | C504 | 8500 | 3 | 30 | 20240105 | 20240110 | 20250501 | 1 | | 1 | | 00',
          stage('C700', '9530', '0', '8'),
          stage('C539', '8077', '2', '0'),
          stage('C539', '8070', '3', '1'),
          stage('C443', '8090', '3', '1'),
          stage('C443', '8090', '3', '7'),
          stage('C443', '8720', '3', '1'),
          'abroad  | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250501 | 1 | | 1 | CAN | 00',
          'island  | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250501 | 1 | | 1 | PRI | 00',
          'age100  | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250501 | 1 | 19250901 | 1 | | 00',
          'age101  | C504 | 8500 | 3 | 14 | 20240105 | 20240110 | 20250501 | 1 | 19250831 | 1 | | 00',
        ].join('\n'),
      ),
    ).toEqual(
      ['C44380903' + '7', 'C44387203' + '1', 'C53980703' + '1', 'age100', 'class10', 'class22', 'island'].map(
        (patient) => `${patient} delinquent 2026-05-01`,
      ),
    );
  }, 60_000);

  test('patients by how long, in the metric', async () => {
    const { by, close } = await askOf(['follow_up_due'], {
      source,
      tumor: `
        patient_key | primarySite | behaviorCodeIcdO3 | classOfCase | dateOf1stContact | dateOfLastContact | vitalStatus
        a           | C504        | 3                 | 14          | 20240110         | 20250801          | 1
        b           | C504        | 3                 | 14          | 20240110         | 20250101          | 1
        c           | C504        | 3                 | 14          | 20240110         | 20240101          | 1`,
    });
    onTestFinished(close);
    expect(await by('follow_up_due', 'follow_up_state')).toEqual({ due: 1, delinquent: 2 });
  }, 60_000);
});
