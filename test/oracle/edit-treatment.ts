import { later, leukemia, type Facts, type Rule } from './edit-fact.ts';

const mets = ['Bone', 'Brain', 'Liver', 'Lung', 'DistantLn', 'Other'].map((place) => `metsAtDx${place}`);
const numbers = ['sequenceNumberHospital', 'sequenceNumberCentral'];
const isTreated = ({ dates, is, given }: Facts): boolean =>
  dates.length > 0 || is('rxSummTreatmentStatus', '1') || given;

/** Edits of class of case, reporting source, stage, nodes, treatment and death, by id. */
export const treatmentRules: Readonly<Record<string, Rule>> = {
  autopsy_class_and_source: ({ has, is }) => [
    has('classOfCase') && has('typeOfReportingSource'),
    is('classOfCase', '38') !== is('typeOfReportingSource', '6'),
  ],
  certificate_class_and_source: ({ has, is }) => [
    has('classOfCase') && has('typeOfReportingSource'),
    is('classOfCase', '49') !== is('typeOfReportingSource', '7'),
  ],
  autopsy_and_certificate_are_of_the_dead: ({ has, is }) => [
    is('typeOfReportingSource', '6', '7') && has('vitalStatus'),
    !is('vitalStatus', '0'),
  ],
  death_certificate_without_treatment: (one) => [one.is('typeOfReportingSource', '7'), isTreated(one)],
  autopsy_without_treatment: (one) => [one.is('typeOfReportingSource', '6'), isTreated(one)],
  autopsy_diagnosed_at_death: ({ is, has, at }) => [
    is('typeOfReportingSource', '6') && has('dateOfDiagnosis') && has('dateOfLastContact'),
    later(at('dateOfLastContact'), at('dateOfDiagnosis')) || later(at('dateOfDiagnosis'), at('dateOfLastContact')),
  ],
  certificate_is_no_confirmation: ({ is, has, not }) => [
    is('typeOfReportingSource', '7') && has('diagnosticConfirmation'),
    not('diagnosticConfirmation', '9'),
  ],
  certificate_of_a_second_primary: ({ is, has, from }) => [
    is('typeOfReportingSource', '7') && has('sequenceNumberCentral'),
    from('sequenceNumberCentral', '01', '59') && !has('overRideReportSource'),
  ],
  benign_tumor_numbered_from_60: ({ is, year, has, from }) => [
    is('behaviorCodeIcdO3', '0', '1') && year >= 2004 && numbers.some(has),
    numbers.some((number) => from(number, '00', '59')),
  ],
  malignant_tumor_numbered_to_59: ({ is, group, histology, has, from }) => [
    is('behaviorCodeIcdO3', '3') && !(group === 'C44' && histology >= 8000 && histology <= 8110) && numbers.some(has),
    numbers.some((number) => from(number, '60', '88')),
  ],
  summary_stage_2018_from_2018: ({ has, year }) => [has('summaryStage2018') && !Number.isNaN(year), year < 2018],
  summary_stage_2000_until_2017: ({ has, year }) => [
    has('seerSummaryStage2000') && !Number.isNaN(year),
    year < 2001 || year > 2017,
  ],
  in_situ_is_stage_0: ({ is, stage }) => [
    is('behaviorCodeIcdO3', '2') && stage !== undefined,
    ['1', '2', '3', '4', '5', '7', '8'].includes(stage ?? ''),
  ],
  malignant_is_not_stage_0: ({ is, stage, histology }) => [
    is('behaviorCodeIcdO3', '3') && stage !== undefined && !(histology >= 8540 && histology <= 8543),
    stage === '0',
  ],
  benign_is_stage_8: ({ has, year, is }) => [
    has('summaryStage2018') && has('behaviorCodeIcdO3') && year >= 2018,
    is('summaryStage2018', '8') !== is('behaviorCodeIcdO3', '0', '1'),
  ],
  unknown_primary_is_unstaged: ({ site, has, solid, not }) => [
    site === 'C809' && has('summaryStage2018') && solid,
    not('summaryStage2018', '9'),
  ],
  leukemia_is_distant: ({ histology, stage }) => [leukemia(histology) && stage !== undefined, stage !== '7'],
  metastasis_is_distant: ({ is, has, year, solid, not }) => [
    mets.some((place) => is(place, '1')) && has('summaryStage2018') && year >= 2018 && solid,
    not('summaryStage2018', '7'),
  ],
  positive_nodes_are_staged: ({ from, is, stage, solid, has }) => [
    (from('regionalNodesPositive', '01', '90') || is('regionalNodesPositive', '95', '97')) &&
      stage !== undefined &&
      solid,
    ['0', '1', '2'].includes(stage ?? '') && !has('overRideSsNodespos'),
  ],
  nodes_positive_within_examined: ({ from, at }) => [
    from('regionalNodesPositive', '00', '90') && from('regionalNodesExamined', '01', '90'),
    Number(at('regionalNodesPositive')) > Number(at('regionalNodesExamined')),
  ],
  no_nodes_examined_none_positive: ({ has, is }) => [
    has('regionalNodesPositive') && has('regionalNodesExamined'),
    is('regionalNodesExamined', '00') !== is('regionalNodesPositive', '98'),
  ],
  nodes_not_counted_of_systemic: ({ site = '', group, brain, has, year, not }) => [
    (['C420', 'C421', 'C423', 'C424', 'C809'].includes(site) || group === 'C77' || brain) &&
      (has('regionalNodesPositive') || has('regionalNodesExamined')) &&
      year >= 2004,
    not('regionalNodesPositive', '99') || not('regionalNodesExamined', '99'),
  ],
  surgery_and_reason_agree: ({ surgery, has, is, at }) => [
    surgery !== undefined &&
      has('reasonForNoSurgery') &&
      !is('rxSummSurgPrimSite', '98', '99') &&
      !['98', '99'].includes(at('rxSummSurgPrimSite2023')?.slice(1, 3) ?? ''),
    surgery !== is('reasonForNoSurgery', '0'),
  ],
  surgery_item_of_year: ({ has, year }) => [
    !Number.isNaN(year) && (has('rxSummSurgPrimSite') || has('rxSummSurgPrimSite2023')),
    (has('rxSummSurgPrimSite2023') && year < 2023) || (has('rxSummSurgPrimSite') && (year < 2003 || year > 2022)),
  ],
  no_surgery_no_date: ({ is, at, notOperatedElsewhere, surgery, has }) => [
    (is('rxSummSurgPrimSite', '00') || at('rxSummSurgPrimSite2023')?.slice(1) === '000') &&
      notOperatedElsewhere &&
      surgery !== true,
    has('rxDateSurgery'),
  ],
  treatment_status_agrees: ({ is, year, given, surgery, notOperatedElsewhere }) => [
    is('rxSummTreatmentStatus', '0', '1', '2') && year >= 2010,
    is('rxSummTreatmentStatus', '1')
      ? surgery === false &&
        notOperatedElsewhere &&
        is('rxSummRadiation', '0') &&
        is('rxSummChemo', '00') &&
        is('rxSummHormone', '00') &&
        is('rxSummBrm', '00') &&
        is('rxSummOther', '0') &&
        is('rxSummTransplntEndocr', '00')
      : given,
  ],
  surgery_radiation_sequence: ({ has, is, from, surgery, notOperatedElsewhere }) => [
    has('rxSummSurgRadSeq') && has('rxSummRadiation'),
    is('rxSummSurgRadSeq', '0')
      ? surgery === true && from('rxSummRadiation', '1', '6')
      : is('rxSummRadiation', '0') || (surgery === false && notOperatedElsewhere),
  ],
  surgery_brings_confirmation: ({ at, from, has, is }) => {
    const since2023 = at('rxSummSurgPrimSite2023')?.slice(1) ?? '';
    return [
      (from('rxSummSurgPrimSite', '20', '90') || (since2023 >= '200' && since2023 <= '900')) &&
        has('diagnosticConfirmation'),
      is('diagnosticConfirmation', '6', '7', '8', '9') && !has('overRideSurgDxconf'),
    ];
  },
  grade_item_of_year: ({ has, year }) => [
    !Number.isNaN(year) && (has('grade') || has('gradeClinical') || has('gradePathological')),
    (has('grade') && year >= 2018) || ((has('gradeClinical') || has('gradePathological')) && year < 2018),
  ],
  cause_of_death_of_the_dead: ({ has, is }) => [
    has('vitalStatus') && has('causeOfDeath'),
    is('vitalStatus', '0') === is('causeOfDeath', '0000'),
  ],
  place_of_death_of_the_dead: ({ is, has }) => [
    is('vitalStatus', '1'),
    has('placeOfDeathState') || has('placeOfDeathCountry'),
  ],
  icd_revision_fits_vital_status: ({ has, is }) => [
    has('vitalStatus') && has('icdRevisionNumber'),
    is('vitalStatus', '0') === is('icdRevisionNumber', '0'),
  ],
  icd_revision_fits_year_of_death: ({ is, deathYear, not }) => [
    is('vitalStatus', '0') && is('icdRevisionNumber', '1', '7', '8', '9') && !Number.isNaN(deathYear),
    (deathYear >= 1999 && not('icdRevisionNumber', '1')) ||
      (deathYear >= 1979 && deathYear <= 1998 && not('icdRevisionNumber', '9')),
  ],
  cause_of_death_fits_revision: ({ is, not, at }) => [
    is('icdRevisionNumber', '1', '7', '8', '9') && not('causeOfDeath', '0000', '7777', '7797'),
    is('icdRevisionNumber', '1') !== /^[A-Z]/.test(at('causeOfDeath') ?? ''),
  ],
  cause_of_death_fits_sex: ({ is, sex = '', at }) => {
    const cause = at('causeOfDeath') ?? '';
    return [
      is('vitalStatus', '0') && is('icdRevisionNumber', '1') && ['1', '2'].includes(sex) && cause !== '',
      sex === '1' ? /^C5[1-8]/.test(cause) : /^C6[0-3]/.test(cause),
    ];
  },
};
