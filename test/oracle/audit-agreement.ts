import { sampleOf, type Audits } from './audit-finding.ts';
import type { Row } from './random-hospital.ts';
import { compareWorksheet } from './worksheet.ts';

type Pair<T> = readonly [first: T, second: T];

/** First audits of a facility with the earliest second review by another auditor, both closed. */
const pairsOf = (reviews: readonly Row[]): Pair<Row>[] => {
  const closed = reviews.filter(({ status }) => status !== 'open');
  return closed
    .filter((first) => first.is_second_review_of === null && sampleOf(first) === 'random')
    .flatMap((first) => {
      const [second] = closed
        .filter(
          (one) =>
            one.is_second_review_of === first.audit_id &&
            one.encounter_id === first.encounter_id &&
            one.auditor_id !== first.auditor_id,
        )
        .sort((a, b) => (`${a.audit_closed_ts} ${a.audit_id}` < `${b.audit_closed_ts} ${b.audit_id}` ? -1 : 1));
      return second === undefined ? [] : [[first, second] as const];
    });
};

const both = <T>(pairs: readonly Pair<Row>[], of: (review: Row) => T | null): Pair<T>[] =>
  pairs.flatMap(([first, second]) => {
    const [one, other] = [of(first), of(second)];
    return one === null || other === null ? [] : [[one, other] as const];
  });

const observed = <T>(pairs: readonly Pair<T>[]): number | null =>
  pairs.length === 0 ? null : pairs.filter(([one, other]) => one === other).length / pairs.length;

const kappa = <T>(pairs: readonly Pair<T>[]): number | null => {
  const po = observed(pairs);
  if (po === null) return null;
  const n = pairs.length;
  let pe = 0;
  for (const category of new Set(pairs.flat()))
    pe +=
      (pairs.filter(([one]) => one === category).length / n) *
      (pairs.filter(([, other]) => other === category).length / n);
  return Math.abs(1 - pe) < 1e-12 ? null : (po - pe) / (1 - pe);
};

/** How two auditors of one record agree. */
export const agreement = (audits: Audits, facilityOf: (audit: Row) => string | null, facility: string) => {
  const pairs = pairsOf(audits.audit_review.filter((one) => facilityOf(one) === facility));
  const changed = both(pairs, ({ drg_original: before, drg_revised: after }) =>
    before === null || after === null ? null : before !== after,
  );
  const pdx = both(pairs, ({ audit_id }) => {
    const rows = audits.audit_code.filter((row) => row.audit_id === audit_id);
    return compareWorksheet(rows, 'category').principal.get('dx')?.auditor ?? null;
  });
  const cut = (length: number) => pdx.map(([one, other]) => [one.slice(0, length), other.slice(0, length)] as const);
  const cell = (one: boolean, other: boolean): number => changed.filter(([a, b]) => a === one && b === other).length;
  const [a, b, c, d] = [cell(true, true), cell(true, false), cell(false, true), cell(false, false)];
  const n = changed.length;
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  return {
    auditor_agreement_drg: observed(changed),
    auditor_kappa_drg: kappa(changed),
    auditor_pabak_drg: n === 0 ? null : (2 * (a + d)) / n - 1,
    auditor_prevalence_drg: share(Math.abs(a - d), n),
    auditor_positive_agreement_drg: share(2 * a, 2 * a + b + c),
    auditor_negative_agreement_drg: share(2 * d, 2 * d + b + c),
    auditor_agreement_pdx: observed(pdx),
    auditor_kappa_pdx: kappa(pdx),
    auditor_kappa_pdx_4: kappa(cut(4)),
    auditor_kappa_pdx_3: kappa(cut(3)),
  };
};
