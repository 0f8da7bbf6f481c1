import { drawFrom } from './chance.ts';
import type { Abstract } from './edit-fact.ts';

const two = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at).padStart(2, '0'));
const digits = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

/** Values an item may take: those that a rule tells apart, the ones beside them, and codes for not known. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  primarySite: (
    'C079 C090 C180 C220 C269 C300 C312 C340 C341 C342 C384 C413 C420 C421 C443 C444 C445 C446 C500 C504 C509 C519 C530 C539 ' +
    'C541 C559 C569 C570 C600 C619 C632 C649 C659 C692 C700 C709 C710 C714 C715 C722 C725 C729 C739 C749 C751 C753 C754 C760 C768 C779 C809'
  ).split(' '),
  histologicTypeIcdO3: (
    '8000 8010 8070 8110 8120 8140 8148 8170 8175 8312 8319 8330 8347 8500 8520 8524 8530 8540 8543 8544 8576 8720 8960 8970 ' +
    '9380 9440 9480 9510 9514 9530 9539 9589 9590 9680 9700 9729 9732 9823 9840 9861 9864 9865 9876 9897 9920 9948 9993'
  ).split(' '),
  behaviorCodeIcdO3: ['0', '1', '2', '3', '3', '3'],
  laterality: digits(0, 5).concat('9'),
  diagnosticConfirmation: digits(1, 9),
  sex: ['1', '2', '3', '9'],
  sexAssignedAtBirth: ['1', '2', '9'],
  classOfCase: ['00', '14', '20', '22', '30', '34', '36', '38', '43', '49'],
  typeOfReportingSource: ['1', '3', '6', '7', '8'],
  sequenceNumberHospital: ['00', '01', '02', '59', '60', '61', '87', '88', '99'],
  sequenceNumberCentral: ['00', '01', '02', '59', '60', '61', '87', '88', '99'],
  ageAtDiagnosis: ['000', '014', '015', '029', '030', '059', '060', '061', '120', '121', '999'],
  summaryStage2018: digits(0, 4).concat('7', '8', '9'),
  seerSummaryStage2000: digits(0, 5).concat('7', '8', '9'),
  regionalNodesPositive: ['00', '01', '05', '90', '95', '97', '98', '99'],
  regionalNodesExamined: ['00', '01', '05', '89', '90', '95', '98', '99'],
  rxSummSurgPrimSite: ['00', '10', '19', '20', '90', '98', '99'],
  rxSummSurgPrimSite2023: ['A000', 'A100', 'A190', 'B200', 'A900', 'A980', 'A990'],
  rxSummScopeRegLnSur: ['0', '0', '2', '9'],
  rxSummSurgOthRegDis: ['0', '0', '1', '9'],
  reasonForNoSurgery: digits(0, 2),
  rxSummRadiation: ['0', '0', '1', '6', '7', '9'],
  rxSummChemo: ['00', '00', '01', '03', '87', '99'],
  rxSummHormone: ['00', '00', '01', '82'],
  rxSummBrm: ['00', '00', '01', '85'],
  rxSummOther: ['0', '0', '1', '6', '7'],
  rxSummTransplntEndocr: ['00', '00', '20'],
  rxSummTreatmentStatus: ['0', '1', '1', '2', '9'],
  rxSummSurgRadSeq: ['0', '2', '3', '9'],
  vitalStatus: ['0', '1'],
  causeOfDeath: ['0000', '7777', '7797', 'C509', 'C530', 'C589', 'C60', 'C61', '1749'],
  icdRevisionNumber: ['0', '1', '7', '8', '9'],
  placeOfDeathState: ['OH'],
  race1: ['01', '02', '99'],
  race2: ['01', '88', '99'],
  race3: ['01', '88', '99'],
  race4: ['88', '99'],
  race5: ['02', '88', '99'],
  grade: ['2', '9'],
  gradeClinical: ['2'],
  gradePathological: ['9'],
  estrogenReceptorSummary: ['1'],
  her2OverallSummary: ['0'],
  tumorRecordNumber: two(1, 4),
};
const OVERRIDES = (
  'AgeSiteMorph Histology HospseqDxconf HospseqSite IllDefineSite LeukLymphoma ReportSource SeqnoDxconf SiteBehavior ' +
  'SiteLatMorph SiteType SsNodespos SurgDxconf'
).split(' ');
const METS = ['Bone', 'Brain', 'Liver', 'Lung', 'DistantLn', 'Other'];
const DATES = (
  'dateOfLastContact dateOf1stContact rxDateSurgery rxDateRadiation rxDateChemo rxDateHormone rxDateBrm rxDateOther ' +
  'date1stCrsRxCoc dateInitialRxSeer dateCaseInitiated dateCaseCompleted dateCaseCompletedCoc recurrenceDate1st dateOfLastCancerStatus'
).split(' ');
/** Years on both sides of every year that a rule names. */
const YEARS = '1978 1979 1995 1996 1998 1999 2000 2001 2002 2003 2004 2009 2010 2017 2018 2022 2023'.split(' ');

const TOLD_TWICE = 'patientIdNumber reportingFacility primarySite histologicTypeIcdO3 laterality dateOfDiagnosis'.split(
  ' ',
);

/** Abstracts of random items, up to four a patient of two facilities or none: nothing in them needs to make sense. */
export const randomAbstracts = (count: number): readonly Abstract[] => {
  const { maybe, one, whole } = drawFrom(20_260_823);
  const date = (years: readonly string[]): string => {
    const [year, month, day] = [
      one(years),
      String(whole(1, 12)).padStart(2, '0'),
      String(whole(1, 28)).padStart(2, '0'),
    ];
    return maybe(0.8) ? `${year}${month}${day}` : maybe(0.6) ? `${year}${month}` : year;
  };
  const abstracts: Abstract[] = [];
  for (let at = 0; at < count; at += 1) {
    const items: Record<string, string> = { patientIdNumber: `p${whole(1, Math.ceil(count / 3))}` };
    if (maybe(0.9)) items.reportingFacility = one(['north', 'south']);
    for (const [id, values] of Object.entries(VALUES)) if (maybe(0.7)) items[id] = one(values);
    for (const name of OVERRIDES) if (maybe(0.1)) items[`overRide${name}`] = '1';
    for (const place of METS) if (maybe(0.3)) items[`metsAtDx${place}`] = one(['0', '0', '1', '9']);
    if (maybe(0.95)) items.dateOfDiagnosis = date(YEARS);
    const around = items.dateOfDiagnosis === undefined ? YEARS : [items.dateOfDiagnosis.slice(0, 4)];
    if (maybe(0.9)) items.dateOfBirth = date(at % 3 === 0 ? around : ['1940', '1950', '1958', '1979']);
    for (const id of DATES) if (maybe(0.4)) items[id] = date(around);
    if (maybe(0.02)) Object.assign(items, { primarySite: 'C619', histologicTypeIcdO3: '8148' });
    // Now and then the tumor before once more.
    const before = abstracts.at(-1);
    if (before !== undefined && maybe(0.05)) for (const id of TOLD_TWICE) items[id] = before[id] ?? items[id] ?? '';
    abstracts.push(Object.fromEntries(Object.entries(items).filter(([, value]) => value !== '')));
  }
  return abstracts;
};
