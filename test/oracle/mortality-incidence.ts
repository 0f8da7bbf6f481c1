import { drawFrom } from './chance.ts';
import type { Row } from './random-hospital.ts';

/** Abstracts of about half as many patients, with every cause of death that the ratio tells apart. */
export const randomCases = (seed: number, count = 600): readonly Row[] => {
  const draw = drawFrom(seed);
  const date = (): string => `20${draw.whole(18, 21)}${String(draw.whole(1, 12)).padStart(2, '0')}15`;
  return Array.from({ length: count }, (_, i) => ({
    patient_key: `p${draw.whole(1, count / 2)}`,
    tumorRecordNumber: String(i).padStart(4, '0'),
    primarySite: draw.one(['C341', 'C443', 'C679', 'C770', 'C809']),
    histologicTypeIcdO3: draw.one([
      '8140',
      '8719',
      '8720',
      '8790',
      '8791',
      '9049',
      '9055',
      '9140',
      '9589',
      '9590',
      null,
    ]),
    behaviorCodeIcdO3: draw.one(['0', '2', '3', '3', '3']),
    dateOfDiagnosis: draw.maybe(0.9) ? date() : null,
    dateOfLastContact: draw.maybe(0.9) ? date() : null,
    vitalStatus: draw.one(['0', '0', '1', null]),
    causeOfDeath: draw.one(['C349', 'c439', 'C439', 'C80', 'C81', 'C969', 'C97', 'D469', 'I219', '0000', null]),
    icdRevisionNumber: draw.one(['1', '1', '1', '9', null]),
  }));
};

interface Ratio {
  deaths: number;
  cases: number;
}

const siteOf = (one: Row): string => {
  const site = String(one.primarySite).slice(0, 3);
  const histology = Number(one.histologicTypeIcdO3 ?? 0);
  if (histology >= 9590) return 'C81-C96';
  if (histology >= 9050 && histology <= 9055) return 'C45';
  if (histology === 9140) return 'C46';
  return site === 'C44' && histology >= 8720 && histology <= 8790 ? 'C43' : site;
};

/** Deaths from cancer and malignant cases by cancer site and year, in plain loops. */
export const mortalityIncidence = (abstracts: readonly Row[]): ReadonlyMap<string, Ratio> => {
  const counts = new Map<string, Ratio>();
  const at = (site: string, date: unknown): Ratio => {
    const key = `${String(date).slice(0, 4)} ${site}`;
    const known = counts.get(key) ?? { deaths: 0, cases: 0 };
    counts.set(key, known);
    return known;
  };
  const dead = new Set<unknown>();
  for (const one of abstracts) {
    const isBladder = String(one.primarySite).startsWith('C67') && one.behaviorCodeIcdO3 === '2';
    if (one.dateOfDiagnosis !== null && (one.behaviorCodeIcdO3 === '3' || isBladder))
      at(siteOf(one), one.dateOfDiagnosis).cases += 1;
    const cause = String(one.causeOfDeath ?? '').toUpperCase();
    const isCancer = /^C\d\d/.test(cause) && cause.slice(1, 3) <= '97';
    if (one.vitalStatus !== '0' || !isCancer || one.icdRevisionNumber === '9' || dead.has(one.patient_key)) continue;
    dead.add(one.patient_key);
    const number = Number(cause.slice(1, 3));
    if (one.dateOfLastContact !== null)
      at(number >= 81 && number <= 96 ? 'C81-C96' : cause.slice(0, 3), one.dateOfLastContact).deaths += 1;
  }
  return counts;
};
