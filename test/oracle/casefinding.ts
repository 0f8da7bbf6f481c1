import { SCREENED, type Stays } from './random-stays.ts';

/**
 * CF1: discharged encounters with a listed final or billed code, of patients without an abstract; and their patients. CF2: of
 * patients with a reportable one the share with an abstract.
 */
export const casefinding = (hospital: Stays): Record<string, number | null> => {
  const isKnown = hospital.tumor.length > 0;
  const abstracted = new Set(hospital.tumor.map(({ patient_key }) => patient_key));
  const missing = hospital.encounter.filter(({ encounter_id, patient_key, discharge_ts }) => {
    const codes = hospital.encounter_code.filter(
      (row) =>
        row.encounter_id === encounter_id &&
        row.code_set === 'ICD10CM' &&
        row.stage !== 'working' &&
        SCREENED[String(row.code)] !== null,
    );
    return isKnown && discharge_ts !== null && codes.length > 0 && !abstracted.has(patient_key);
  });
  const reportable = new Set(
    hospital.encounter
      .filter(({ discharge_ts }) => isKnown && discharge_ts !== null)
      .filter(({ encounter_id }) =>
        hospital.encounter_code.some(
          (row) =>
            row.encounter_id === encounter_id &&
            row.code_set === 'ICD10CM' &&
            row.stage !== 'working' &&
            SCREENED[String(row.code)] === 'reportable',
        ),
      )
      .map(({ patient_key }) => patient_key),
  );
  const found = [...reportable].filter((patient) => abstracted.has(patient)).length;
  return {
    casefinding_completeness: reportable.size === 0 ? null : found / reportable.size,
    casefinding_net: missing.length,
    casefinding_net_patients: new Set(missing.map(({ patient_key }) => patient_key)).size,
  };
};
