import { expect, test } from 'vitest';
import { iarcMultiplePrimary } from '../../../warehouse/statistics/iarc-multiple-primary.ts';

/** Tumors as `C504 8500/3`, in order of diagnosis. */
const indicators = (...tumors: readonly string[]): string =>
  iarcMultiplePrimary(
    tumors.map((tumor) => {
      const [site, morphology = ''] = tumor.split(' ');
      const [histology, behavior] = morphology.split('/');
      return {
        site: site === '-' ? null : site!,
        histology: histology === '-' ? null : histology!,
        behavior: behavior!,
      };
    }),
  )
    .map((one) => ({ primary: '1', duplicate: '0', not_invasive: '9' })[one])
    .join('');

test.each([
  ['one tumor', '1', ['C504 8500/3']],
  ['two organs', '11', ['C504 8500/3', 'C619 8140/3']],
  ['one organ twice, whatever the side', '10', ['C504 8500/3', 'C501 8520/3']],
  ['one organ, other histology', '11', ['C340 8070/3', 'C341 8140/3']],
  [
    'sites that are one: colon is three characters, rectum and rectosigmoid one',
    '1011',
    ['C199 8140/3', 'C209 8140/3', 'C180 8140/3', 'C340 8140/3'],
  ],
  ['renal pelvis, ureter and bladder are one', '100', ['C659 8120/3', 'C669 8120/3', 'C670 8130/3']],
  ['kidney is not', '11', ['C659 8120/3', 'C649 8120/3']],
  ['not malignant is left aside', '91', ['C504 8500/2', 'C504 8500/3']],
  ['of the bladder in situ counts', '10', ['C670 8130/2', 'C670 8130/3']],
  ['not specified stands for the specific one', '10', ['C340 8000/3', 'C340 8070/3']],
  ['and then is that one', '101', ['C340 8000/3', 'C340 8070/3', 'C340 8140/3']],
  ['carcinoma not specified stands for carcinomas alone', '101', ['C340 8010/3', 'C340 8140/3', 'C340 8800/3']],
  ['haematological whatever the site', '10', ['C770 9680/3', 'C169 9699/3']],
  ['lymphoma and myeloid leukaemia are two', '11', ['C770 9680/3', 'C421 9861/3']],
  ['not specified haematological stands for either', '10', ['C770 9590/3', 'C421 9861/3']],
  ['Kaposi sarcoma is one everywhere', '10', ['C440 9140/3', 'C770 9140/3']],
  ['without site or histology never a duplicate', '111', ['C504 8500/3', '- 8500/3', 'C504 -/3']],
  ['nor with a histology of no group', '11', ['C504 9995/3', 'C504 9995/3']],
])('%s', (_, expected, tumors) => {
  expect(indicators(...tumors)).toBe(expected);
});
