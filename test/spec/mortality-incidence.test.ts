import { expect, onTestFinished, test } from 'vitest';
import { ask } from '../support/ask.ts';

const columns =
  'patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis | dateOfLastContact | vitalStatus | causeOfDeath | icdRevisionNumber | tumorRecordNumber';

const asked = async (lines: string) => {
  const found = await ask({ tumor: `${columns}\n${lines}` });
  onTestFinished(found.close);
  return found;
};

test('deaths from cancer of a year by the day of death, cases by the day of diagnosis', async () => {
  const { rows } = await asked(`
    a | C341 | 8140 | 3 | 20200105 | 20210301 | 0 | C349 | 1 | 01
    b | C341 | 8140 | 3 | 20200205 | 20200901 | 0 | C349 | 1 | 01
    c | C341 | 8140 | 3 | 20200305 | 20240101 | 1 | 0000 | 0 | 01
    d | C341 | 8140 | 3 | 20210305 | 20240101 | 1 | 0000 | 0 | 01
    e | C341 | 8140 | 3 | 20210305 | 20210901 | 0 | I219 | 1 | 01
    f | C341 | 8140 | 3 | 20210305 | 20210902 | 0 | 7797 | 1 | 01
    g | C341 | 8140 | 3 | 20210305 | 20210903 | 0 | C349 | 9 | 01`);
  const found = await rows(['mortality_incidence_ratio'], { grain: 'year' });
  expect(found.map(({ period, numerator, denominator, value }) => [period, numerator, denominator, value])).toEqual([
    ['2020-01-01', 1, 3, 1 / 3], // b of a, b, c
    ['2021-01-01', 1, 4, 1 / 4], // a; the heart, an unknown cause and another revision are no deaths from cancer
  ]);
});

test('by site: the cause of a death and the site of a case on one scale', async () => {
  const { by } = await asked(`
    lung      | C341 | 8140 | 3 | 20200105 | 20200301 | 0 | C349 | 1 | 01
    lung2     | C341 | 8140 | 3 | 20200105 | 20200301 | 1 | 0000 | 0 | 01
    melanoma  | C443 | 8720 | 3 | 20200105 | 20200301 | 0 | C439 | 1 | 01
    skin      | C443 | 8247 | 3 | 20200105 | 20200301 | 1 | 0000 | 0 | 01
    lymphoma  | C770 | 9680 | 3 | 20200105 | 20200301 | 0 | C833 | 1 | 01
    leukemia  | C421 | 9861 | 3 | 20200105 | 20200301 | 1 | 0000 | 0 | 01
    pleura    | C384 | 9050 | 3 | 20200105 | 20200301 | 0 | C450 | 1 | 01
    kaposi    | C443 | 9140 | 3 | 20200105 | 20200301 | 1 | 0000 | 0 | 01
    bladder   | C679 | 8130 | 2 | 20200105 | 20200301 | 1 | 0000 | 0 | 01
    in_situ   | C504 | 8500 | 2 | 20200105 | 20200301 | 1 | 0000 | 0 | 01`);
  expect(await by('mortality_incidence_ratio', 'cancer_site')).toEqual({
    C34: 1 / 2,
    C43: 1,
    C44: 0,
    'C81-C96': 1 / 2,
    C45: 1,
    C46: 0,
    C67: 0, // in situ of the bladder counts, of the breast not
  });
});

test('a patient of two tumors dies once', async () => {
  const { rows } = await asked(`
    p | C341 | 8140 | 3 | 20200105 | 20200301 | 0 | C349 | 1 | 01
    p | C504 | 8500 | 3 | 20200105 | 20200301 | 0 | C349 | 1 | 02`);
  expect(await rows(['mortality_incidence_ratio'])).toMatchObject([{ numerator: 1, denominator: 2 }]);
});

test('of a source that tells no cause of death nothing is said', async () => {
  const { values } = await asked('p | C341 | 8140 | 3 | 20200105 | 20200301 | 0 | | | 01');
  expect(await values('mortality_incidence_ratio')).toEqual({ mortality_incidence_ratio: null });
});
