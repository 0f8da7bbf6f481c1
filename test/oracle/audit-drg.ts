import type { Finding } from './audit-finding.ts';
import type { Row } from './random-hospital.ts';

const known = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
const ungroupable = (drg: unknown): boolean => drg === '998' || drg === '999';

/** The highest version that a stage states for this DRG of this encounter; null where none does. */
const versionOf = (drgs: readonly Row[], stage: string, code: unknown): string | null =>
  drgs
    .filter((row) => row.stage === stage && row.drg_code === code)
    .flatMap(({ drg_version: version }) => (known(version) ? [String(version)] : []))
    .sort()
    .at(-1) ?? null;

/** One inpatient's audit with both DRGs. Weights and dollars in ten-thousandths, so that they add up exactly. */
interface Grouped {
  readonly isComparable: boolean;
  readonly isUngroupable: boolean;
  readonly isSame: boolean;
  readonly isDocumented: boolean;
  readonly weightChange: number | null;
  readonly dollarChange: number | null;
  readonly paid: number | null;
  readonly overpaid: number | null;
}

const rateOf = (rates: readonly Row[], { encounter, audit, facility }: Finding): number | null => {
  const day = String(encounter?.discharge_ts ?? audit.audit_closed_ts).slice(0, 10);
  const fits = rates.filter(
    (rate) =>
      (rate.facility_id === null || rate.facility_id === facility) &&
      (rate.valid_from === null || String(rate.valid_from) <= day) &&
      (rate.valid_to === null || day < String(rate.valid_to)),
  );
  const best = fits.find((rate) => rate.facility_id !== null) ?? fits[0];
  return best === undefined ? null : Math.round(Number(best.dollars) * 100);
};

const tenThousandths = (value: unknown): number => Math.round(Number(value) * 10_000);

const grouped = (one: Finding, drgs: readonly Row[], rates: readonly Row[]): Grouped | null => {
  const { drg_original: before, drg_revised: after, ...audit } = one.audit;
  if (!one.isInpatient || !known(before) || !known(after)) return null;
  const versions = [versionOf(drgs, 'final', before), versionOf(drgs, 'audited', after)];
  const weights = [audit.weight_original, audit.weight_revised];
  const twoWeights = before === after && weights.every(known) && weights[0] !== weights[1];
  const twoVersions = versions.every(known) && versions[0] !== versions[1];
  const isUngroupable = ungroupable(before) || ungroupable(after);
  const isComparable = !isUngroupable && !twoWeights && !twoVersions;
  const change = (from: unknown, to: unknown): number | null => {
    const standing = one.isOverturned ? from : to;
    return known(from) && known(standing) ? tenThousandths(standing) - tenThousandths(from) : null;
  };
  const weightChange = isComparable ? change(audit.weight_original, audit.weight_revised) : null;
  const reimbursed = change(audit.reimb_original, audit.reimb_revised);
  const rate = rateOf(rates, one);
  const isSame = one.isOverturned || before === after;
  // A product of ten-thousandths and cents, halves away from zero, as decimals are cut.
  const worth = (weight: number, cents: number): number =>
    Math.sign(weight) * Math.round((Math.abs(weight) * cents) / 100);
  return {
    ...{ isComparable, isUngroupable, isSame, weightChange },
    isDocumented: isSame || audit.drg_change_reason === 'query_dependent',
    dollarChange: weightChange !== null && rate !== null ? worth(weightChange, rate) : reimbursed,
    paid: reimbursed === null ? null : tenThousandths(audit.reimb_original),
    overpaid: reimbursed === null ? null : -reimbursed,
  };
};

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Whether the DRG stood, of DRGs that compare; null of others. */
export const isDrgKept = (one: Finding, drgs: readonly Row[]): boolean | null => {
  const found = grouped(one, drgs, []);
  return found?.isComparable === true ? found.isSame : null;
};

/** What final audits say of DRGs, and what it is worth. */
export const drgMeasures = (
  found: readonly Finding[],
  drgsOf: (encounter: unknown) => readonly Row[],
  rates: readonly Row[],
) => {
  const all = found
    .filter(({ isFinal }) => isFinal)
    .flatMap((one) => grouped(one, drgsOf(one.audit.encounter_id), rates) ?? []);
  const compared = all.filter(({ isComparable }) => isComparable);
  const changes = all.flatMap(({ weightChange }) => weightChange ?? []);
  const priced = all.filter(({ dollarChange }) => dollarChange !== null);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const weight = (values: readonly number[]): number | null => (changes.length === 0 ? null : sum(values) / 10_000);
  return {
    drg_accuracy: share(compared.filter(({ isSame }) => isSame).length, compared.length),
    drg_accuracy_documentation: share(compared.filter(({ isDocumented }) => isDocumented).length, compared.length),
    drg_ungroupable: all.length === 0 ? null : all.filter(({ isUngroupable }) => isUngroupable).length,
    drg_weight_change_net: weight(changes),
    drg_weight_change_gross: weight(changes.map(Math.abs)),
    drg_weight_undercoded: weight(changes.filter((change) => change > 0)),
    drg_weight_overcoded: weight(changes.filter((change) => change < 0)),
    cmi_effect: share(sum(changes) / 10_000, changes.length),
    dollar_effect: priced.length === 0 ? null : sum(priced.map(({ dollarChange }) => dollarChange!)) / 10_000,
    overpayment_error_rate: share(
      sum(priced.map(({ overpaid }) => overpaid ?? 0)),
      sum(priced.map(({ paid }) => paid ?? 0)),
    ),
  };
};
