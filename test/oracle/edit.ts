import { factsOf, type Abstract } from './edit-fact.ts';
import { patientRules } from './edit-patient.ts';
import { siteRules } from './edit-site.ts';
import { treatmentRules } from './edit-treatment.ts';

/** How many abstracts, or patients of a facility, an edit was put to, and how many failed it. */
export interface EditCount {
  readonly examined: number;
  readonly failing: number;
}

/** Every edit over abstracts, abstract by abstract and patient by patient, by id. */
export const countEdits = (abstracts: readonly Abstract[]): ReadonlyMap<string, EditCount> => {
  const counts = new Map<string, { examined: number; failing: number }>();
  const count = (id: string, [asked, fails]: readonly [boolean, boolean]): void => {
    const found = counts.get(id) ?? { examined: 0, failing: 0 };
    counts.set(id, {
      examined: found.examined + (asked ? 1 : 0),
      failing: found.failing + (asked && fails ? 1 : 0),
    });
  };
  for (const abstract of abstracts) {
    const facts = factsOf(abstract);
    for (const [id, rule] of Object.entries({ ...siteRules, ...treatmentRules })) count(id, rule(facts));
  }
  const patients = Map.groupBy(abstracts, (one) => `${one.reportingFacility ?? ''} ${one.patientIdNumber}`);
  for (const records of patients.values())
    for (const [id, rule] of Object.entries(patientRules)) count(id, rule(records));
  return counts;
};
