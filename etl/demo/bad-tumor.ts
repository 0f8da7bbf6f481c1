import type { ExpectedRejects } from './bad-row.ts';

/** Bad tumors: a good one's items, with one of them wrong. Rule of the tumor contract → item and value. */
const kinds: readonly (readonly [rule: string, item: string, value: string])[] = [
  ['primary-site-shape', 'primarySite', 'C999'],
  ['histology-8000-to-9993', 'histologicTypeIcdO3', '7999'],
  ['behavior-0-to-3', 'behaviorCodeIcdO3', '5'],
  ['diagnosis-date-on-the-calendar', 'dateOfDiagnosis', '20250231'],
];

const good = {
  tumorRecordNumber: '01',
  sequenceNumberHospital: '00',
  reportingFacility: 'riverside',
  classOfCase: '14',
  dateOfDiagnosis: '20250214',
  primarySite: 'C504',
  histologicTypeIcdO3: '8500',
  behaviorCodeIcdO3: '3',
  dateOf1stContact: '20250214',
};

/** `count` Patient elements of one bad tumor each, their patients found nowhere else, and what the gate must say of them. */
export const badTumors = (
  count: number,
): { readonly elements: readonly string[]; readonly expected: ExpectedRejects } => {
  const rejected: Record<string, number> = {};
  const elements = Array.from({ length: count }, (_, i) => {
    const [rule, item, value] = kinds[i % kinds.length] ?? ['', '', ''];
    rejected[rule] = (rejected[rule] ?? 0) + 1;
    const items = Object.entries({ ...good, [item]: value });
    const lines = items.map(([id, text]) => `      <Item naaccrId="${id}">${text}</Item>`);
    const patient = `    <Item naaccrId="patientIdNumber">${99_000_000 + i}</Item>`;
    return ['  <Patient>', patient, '    <Tumor>', ...lines, '    </Tumor>', '  </Patient>'].join('\n');
  });
  return { elements, expected: { rejected, duplicates: 0 } };
};
