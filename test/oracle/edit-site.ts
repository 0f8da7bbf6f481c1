import { carcinoma, later, leukemia, within, type Facts, type Rule } from './edit-fact.ts';

/** A tumor that stands at one place. */
const sited =
  (is: (histology: number) => boolean, place: RegExp): Rule =>
  ({ histology, site, has }) => {
    const asked = is(histology) && site !== undefined;
    return [asked, asked && !place.test(site) && !has('overRideSiteType')];
  };

const nothingNoDate =
  (code: string, none: string, date: string): Rule =>
  ({ is, has }) => [is(code, none), has(date)];

const among =
  (number: string): ((one: Facts) => boolean) =>
  ({ from }) =>
    from(number, '01', '59');
const illDefined =
  (number: string, override: string): Rule =>
  (one) => [
    among(number)(one) && one.site !== undefined && one.solid,
    (one.group === 'C76' || one.site === 'C809') && !one.has(override),
  ];
const unconfirmed =
  (number: string, override: string): Rule =>
  (one) => [
    among(number)(one) && one.has('diagnosticConfirmation') && !one.is('typeOfReportingSource', '7'),
    one.is('diagnosticConfirmation', '6', '7', '8', '9') && !one.has(override),
  ];
const races = ['race2', 'race3', 'race4', 'race5'];

/** Edits of site, histology, behavior, laterality, dates, ages, numbers and race, by id. */
export const siteRules: Readonly<Record<string, Rule>> = {
  site_fits_sex: ({ sex, site, group = '' }) => [
    ['1', '2'].includes(sex ?? '') && site !== undefined,
    (sex === '1' && group >= 'C51' && group <= 'C58') || (sex === '2' && group >= 'C60' && group <= 'C63'),
  ],
  two_items_of_sex_agree: ({ is, at }) => [
    is('sex', '1', '2') && is('sexAssignedAtBirth', '1', '2'),
    at('sex') !== at('sexAssignedAtBirth'),
  ],
  leukemia_in_bone_marrow: ({ histology, not, has }) => [
    leukemia(histology),
    not('primarySite', 'C421') && !has('overRideSiteType'),
  ],
  myeloma_in_bone_marrow: ({ histology, not, has }) => [
    histology === 9732,
    not('primarySite', 'C421') && !has('overRideSiteType'),
  ],
  meningioma_in_meninges: sited((h) => within(h, 9530, 9539), /^C70/),
  glioma_in_nervous_system: sited((h) => within(h, 9380, 9480), /^C(69.|7[012].|753|809)/),
  retinoblastoma_in_eye: sited((h) => within(h, 9510, 9514), /^C69/),
  renal_tumor_in_kidney: sited((h) => h === 8312 || h === 8960 || within(h, 8316, 8319), /^C649/),
  hepatocellular_in_liver: sited((h) => within(h, 8170, 8175), /^C220/),
  thyroid_carcinoma_in_thyroid: sited((h) => within(h, 8330, 8335) || within(h, 8340, 8347), /^C739/),
  lobular_carcinoma_in_breast: sited((h) => [8520, 8522, 8524].includes(h), /^C50/),
  mycosis_fungoides_in_skin: sited((h) => h === 9700 || h === 9701, /^C(44|51|60|63)/),
  ill_defined_site_not_in_situ: ({ is, site = '', has }) => [
    is('behaviorCodeIcdO3', '2') && site !== '',
    /^C(269|399|559|579|639|689|729|759|809|76)/.test(site) && !has('overRideSiteBehavior'),
  ],
  hematopoietic_not_in_situ: ({ systemic, has, is }) => [
    systemic && has('behaviorCodeIcdO3'),
    is('behaviorCodeIcdO3', '2') && !has('overRideHistology'),
  ],
  in_situ_is_confirmed: ({ is, has, not }) => [
    is('behaviorCodeIcdO3', '2') && has('diagnosticConfirmation'),
    not('diagnosticConfirmation', '1', '2', '3', '4') && !has('overRideHistology'),
  ],
  confirmation_of_lymphoma: ({ systemic, histology, has, is }) => [
    systemic && has('diagnosticConfirmation'),
    (is('diagnosticConfirmation', '6') || (is('diagnosticConfirmation', '8') && histology <= 9729)) &&
      !has('overRideLeukLymphoma'),
  ],
  immunophenotyping_of_hematopoietic: ({ is, histology, solid, year }) => [
    is('diagnosticConfirmation', '3') && !Number.isNaN(histology),
    solid || year < 2010,
  ],
  benign_outside_nervous_system: ({ is, site, brain, year, kept }) => [
    is('behaviorCodeIcdO3', '0', '1') && site !== undefined && kept,
    !brain || year < 2004,
  ],
  skin_carcinoma_is_not_reportable: ({ group, histology, kept }) => [
    group === 'C44' && !Number.isNaN(histology) && kept,
    within(histology, 8000, 8110),
  ],
  cervix_in_situ_is_not_reportable: ({ group, has, kept, is, solid, year }) => [
    group === 'C53' && has('behaviorCodeIcdO3') && kept,
    is('behaviorCodeIcdO3', '2') && solid && year >= 1996,
  ],
  prostate_in_situ_is_not_reportable: ({ site, kept, histology, is }) => [
    site === 'C619' && kept,
    histology === 8148 && is('behaviorCodeIcdO3', '2'),
  ],
  laterality_of_paired_site: ({ has, side, year, is }) => [
    has('laterality') && side === 'two' && !Number.isNaN(year),
    is('laterality', '0'),
  ],
  laterality_of_unpaired_site: ({ has, site, side, not }) => [
    has('laterality') && site !== undefined && side === 'none',
    not('laterality', '0', '1', '2'),
  ],
  middle_lobe_is_right: ({ site, has, not }) => [site === 'C342' && has('laterality'), not('laterality', '1')],
  unknown_primary_has_no_side: ({ site, has, not }) => [site === 'C809' && has('laterality'), not('laterality', '0')],
  laterality_of_in_situ: ({ is, has, solid, side, year }) => [
    is('behaviorCodeIcdO3', '2') && has('laterality') && solid && side === 'two' && !Number.isNaN(year),
    is('laterality', '4', '5', '9') && !has('overRideSiteLatMorph'),
  ],
  midline_where_sides_meet: ({ is, site = '', year }) => [
    is('laterality', '5') && site !== '',
    year < 2010 || !/^C(443|445|700|71[0-4]|72[2-5])$/.test(site),
  ],
  both_sides_are_rare: ({ is, site, group, histology }) => [
    is('laterality', '4') && site !== undefined,
    !Number.isNaN(histology) &&
      !['C56', 'C34'].includes(group!) &&
      !(group === 'C50' && histology === 8530) &&
      !within(histology, 9510, 9514) &&
      histology !== 8960,
  ],
  diagnosis_after_birth: ({ has, at }) => [
    has('dateOfBirth') && has('dateOfDiagnosis'),
    later(at('dateOfBirth'), at('dateOfDiagnosis')) && !has('overRideAgeSiteMorph'),
  ],
  birth_before_last_contact: ({ has, at }) => [
    has('dateOfBirth') && has('dateOfLastContact'),
    later(at('dateOfBirth'), at('dateOfLastContact')),
  ],
  diagnosis_before_last_contact: ({ has, at }) => [
    has('dateOfLastContact') && (has('dateOfDiagnosis') || has('dateOf1stContact')),
    later(at('dateOfDiagnosis'), at('dateOfLastContact')) || later(at('dateOf1stContact'), at('dateOfLastContact')),
  ],
  referral_after_diagnosis: ({ from, has, at }) => [
    from('classOfCase', '20', '22') && has('dateOf1stContact') && has('dateOfDiagnosis'),
    later(at('dateOfDiagnosis'), at('dateOf1stContact')),
  ],
  treatment_after_diagnosis: ({ has, at, dates }) => [
    has('dateOfDiagnosis') && dates.length > 0,
    dates.some((date) => later(at('dateOfDiagnosis'), date)),
  ],
  treatment_before_last_contact: ({ has, at, dates }) => [
    has('dateOfLastContact') && dates.length > 0,
    dates.some((date) => later(date, at('dateOfLastContact'))),
  ],
  first_course_begins_first: ({ has, at, dates }) => [
    dates.length > 0 && (has('date1stCrsRxCoc') || has('dateInitialRxSeer')),
    later(at('date1stCrsRxCoc'), dates.toSorted()[0]) || later(at('dateInitialRxSeer'), dates.toSorted()[0]),
  ],
  completed_after_first_contact: ({ has, at }) => {
    const done = at('dateCaseCompletedCoc') ?? at('dateCaseCompleted');
    return [
      done !== undefined && (has('dateOf1stContact') || has('dateCaseInitiated')),
      later(at('dateOf1stContact'), done) || later(at('dateCaseInitiated'), done),
    ];
  },
  recurrence_within_follow_up: ({ has, at }) => [
    has('recurrenceDate1st') && (has('dateOfDiagnosis') || has('dateOfLastContact')),
    later(at('dateOfDiagnosis'), at('recurrenceDate1st')) || later(at('recurrenceDate1st'), at('dateOfLastContact')),
  ],
  cancer_status_within_follow_up: ({ has, at }) => [
    has('dateOfLastCancerStatus') && (has('dateOfDiagnosis') || has('dateOfLastContact')),
    later(at('dateOfDiagnosis'), at('dateOfLastCancerStatus')) ||
      later(at('dateOfLastCancerStatus'), at('dateOfLastContact')),
  ],
  age_fits_birth_year: ({ age, birthYear, year, birthdays }) => [
    within(age, 0, 120) && !Number.isNaN(birthYear) && !Number.isNaN(year) && Number.isNaN(birthdays),
    Math.abs(year - birthYear - age) > 1,
  ],
  age_fits_birth_date: ({ age, birthdays }) => [!Number.isNaN(age) && birthdays >= 0, birthdays !== age],
  age_is_possible: ({ age }) => [!Number.isNaN(age), !within(age, 0, 120)],
  childhood_tumor_of_adult: ({ histology, age, has }) => [
    (histology === 8960 || histology === 8970 || within(histology, 9510, 9514)) && !Number.isNaN(age),
    age >= 15 && !has('overRideAgeSiteMorph'),
  ],
  adult_carcinoma_of_child: ({ site = '', histology, age, has }) => [
    /^C(15|16|18|19|20|25|34|50|53|54|55|61|67)/.test(site) && carcinoma(histology) && !Number.isNaN(age),
    age < 15 && !has('overRideAgeSiteMorph'),
  ],
  late_cancer_of_young: ({ site, histology, age, has }) => [
    ((site === 'C619' && carcinoma(histology)) || histology === 9732 || histology === 9823) && !Number.isNaN(age),
    age < 30 && !has('overRideAgeSiteMorph'),
  ],
  ill_defined_site_among_several: illDefined('sequenceNumberCentral', 'overRideIllDefineSite'),
  ill_defined_site_among_several_at_hospital: illDefined('sequenceNumberHospital', 'overRideHospseqSite'),
  several_tumors_are_confirmed: unconfirmed('sequenceNumberCentral', 'overRideSeqnoDxconf'),
  several_tumors_are_confirmed_at_hospital: unconfirmed('sequenceNumberHospital', 'overRideHospseqDxconf'),
  no_radiation_no_date: nothingNoDate('rxSummRadiation', '0', 'rxDateRadiation'),
  no_chemotherapy_no_date: nothingNoDate('rxSummChemo', '00', 'rxDateChemo'),
  no_hormone_therapy_no_date: nothingNoDate('rxSummHormone', '00', 'rxDateHormone'),
  no_immunotherapy_no_date: nothingNoDate('rxSummBrm', '00', 'rxDateBrm'),
  receptors_of_breast: ({ site, group, has }) => [
    site !== undefined &&
      (has('estrogenReceptorSummary') || has('progesteroneRecepSummary') || has('her2OverallSummary')),
    group !== 'C50',
  ],
  unknown_race_throughout: ({ has, at }) => [
    has('race1') && races.some(has),
    races.some((race) => has(race) && (at('race1') === '99') !== (at(race) === '99')),
  ],
  races_without_gap: ({ has, is, not }) => [
    has('race2') && has('race3'),
    [0, 1, 2].some((n) => is(races[n]!, '88') && not(races[n + 1]!, '88')),
  ],
};
