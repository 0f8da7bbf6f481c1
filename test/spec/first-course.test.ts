import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, type Asking } from '../support/ask.ts';

let asked: Asking;

beforeAll(async () => {
  asked = await ask({
    tumor: `
      patient_key | primarySite | classOfCase | dateOfDiagnosis | summaryStage2018 | rxSummSurgPrimSite | rxSummSurgPrimSite2023 | rxSummRadiation | phase1RadiationTreatmentModality | rxSummChemo | rxSummHormone | rxSummBrm | rxSummTransplntEndocr | rxSummOther
      all         | C504        | 14          | 20200105        | 1                | 41                 |                        | 1               |                                  | 03          | 01            | 00        | 00                    | 0
      surgery     | C504        | 14          | 20200105        | 1                | 10                 |                        | 0               |                                  | 00          | 82            | 85        | 00                    | 0
      letter      | C504        | 14          | 20240105        | 1                | 99                 | A900                   |                 | 00                               | 87          |               |           |                       |
      phase       | C341        | 14          | 20200105        | 7                | 00                 |                        |                 | 02                               | 88          | 00            | 00        | 00                    | 0
      refused     | C341        | 14          | 20200105        | 7                | 00                 |                        | 7               |                                  | 87          | 00            | 00        | 00                    | 0
      unknown     | C341        | 38          | 20200105        | 9                | 99                 |                        | 9               |                                  | 99          | 99            | 99        | 99                    | 9
      blood       | C421        | 14          | 20200105        | 7                | 98                 |                        | 0               |                                  | 00          | 00            | 01        | 20                    | 0
      trial       | C421        | 14          | 20200105        | 7                | 98                 |                        | 0               |                                  | 00          | 00            | 00        | 00                    | 2
      silent      | C421        | 14          | 20200105        | 7                |                    |                        |                 |                                  |             |               |           |                       |`,
  });
}, 120_000);
afterAll(() => asked.close());

test('cases by what is known to have been given', async () => {
  expect(await asked.by('first_course_cases', 'treatment')).toEqual({
    ...{ surgery_radiation_systemic: 1, surgery: 2, radiation: 1, none: 1, not_known: 1, systemic: 1, other: 1 },
    '': 1, // nothing told is not none
  });
});

test('shares of those that tell it: refused is not given, recommended alone is not known, 98 does not apply', async () => {
  expect(
    await asked.values(
      ...['surgery_given_share', 'radiation_given_share', 'chemotherapy_given_share', 'hormone_given_share'],
      ...['immunotherapy_given_share', 'transplant_given_share'],
    ),
  ).toEqual({
    surgery_given_share: 3 / 5, // not unknown, blood, trial, silent
    radiation_given_share: 2 / 7, // by item 1360, or the modality of the first phase
    chemotherapy_given_share: 1 / 6, // not phase (88), unknown, silent
    hormone_given_share: 1 / 6,
    immunotherapy_given_share: 1 / 6,
    transplant_given_share: 1 / 6,
  });
});

test('by site, stage and whether the case is analytic', async () => {
  expect(await asked.by('surgery_given_share', 'site')).toEqual({ C34: 0, C42: null, C50: 1 });
  expect(await asked.by('radiation_given_share', 'stage')).toEqual({ '1': 1 / 3, '7': 1 / 4, '9': null });
  expect(await asked.by('chemotherapy_given_share', 'analytic')).toEqual({ analytic: 1 / 6, nonanalytic: null });
});
