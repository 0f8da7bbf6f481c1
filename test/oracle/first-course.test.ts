import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../support/ask.ts';
import { drawFrom } from './chance.ts';
import { firstCourse, treatmentOf } from './first-course.ts';

const CODES: Readonly<Record<string, readonly string[]>> = {
  rxSummSurgPrimSite: ['00', '10', '19', '90', '98', '99'],
  rxSummSurgPrimSite2023: ['A000', 'A100', 'B900', 'A980', 'A990'],
  rxSummRadiation: ['0', '1', '6', '7', '8', '9'],
  phase1RadiationTreatmentModality: ['00', '01', '16', '98', '99'],
  rxSummChemo: ['00', '01', '03', '82', '87', '88', '99'],
  rxSummHormone: ['00', '01', '82', '88', '99'],
  rxSummBrm: ['00', '01', '85', '88', '99'],
  rxSummTransplntEndocr: ['00', '10', '12', '20', '40', '86', '88'],
  rxSummOther: ['0', '1', '3', '6', '7', '8', '9'],
};

test('treatment of 800 random abstracts, together and by modality, equals plain loops', async () => {
  const { maybe, one } = drawFrom(31_415);
  const abstracts = Array.from({ length: 800 }, () => {
    // Some tell much, some little, some nothing: what is not known matters where nothing was given.
    const [share, quiet] = [one([0, 0.2, 0.6, 0.9]), maybe(0.5)];
    return Object.fromEntries(
      Object.entries(CODES).flatMap(([id, codes]) =>
        maybe(id === 'rxSummSurgPrimSite2023' ? share / 3 : share)
          ? [[id, quiet ? one([codes[0]!, codes.at(-1)!]) : one(codes)]]
          : [],
      ),
    );
  });
  const ids = Object.keys(CODES);
  const asked = await ask({
    tumor: [
      ['patient_key', 'dateOfDiagnosis', 'primarySite', ...ids].join(' | '),
      ...abstracts.map((items, i) => [`p${i}`, '2020', 'C504', ...ids.map((id) => items[id] ?? '')].join(' | ')),
    ].join('\n'),
  });
  onTestFinished(asked.close);
  const counts: Record<string, number> = {};
  for (const items of abstracts) counts[treatmentOf(items)] = (counts[treatmentOf(items)] ?? 0) + 1;
  expect(await asked.by('first_course_cases', 'treatment')).toEqual(counts);
  expect(Object.keys(counts)).toHaveLength(11);
  for (const modality of ['surgery', 'radiation', 'chemotherapy', 'hormone', 'immunotherapy', 'transplant']) {
    const told = abstracts.map((items) => firstCourse(items)[modality]);
    const [given, not] = ['given', 'not_given'].map((answer) => told.filter((one_) => one_ === answer).length);
    expect(await asked.value(`${modality}_given_share`)).toBeCloseTo(given! / (given! + not!), 12);
  }
}, 60_000);
