import { dayOf, daysBetween, monthOf } from './calendar.ts';
import { quantile, survivalQuantile } from './quantile.ts';
import type { Row } from './random-hospital.ts';
import { REASONS, type Operations } from './random-operations.ts';

const text = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const sum = (values: readonly (string | number | null | undefined)[]): number =>
  values.reduce<number>((total, value) => total + Number(value ?? 0), 0);
const CODING = ['coding', 'drg_validation', 'clinical_validation', 'poa_hac', 'modifier_ncci'];

/** What the measures of denials are of one facility, its extracts read until `asOf`. */
export const denials = (all: Operations, facility: string, asOf: string): Readonly<Record<string, number | null>> => {
  const here = new Set(all.encounter.filter((one) => one.facility_id === facility).map((one) => one.encounter_id));
  const own = all.denial
    .filter((row) => here.has(row.encounter_id))
    .sort((a, b) => order(a, 'received_ts').localeCompare(order(b, 'received_ts')));
  const initial = own.filter((row) => row.level === 'initial');
  const stats = all.period_stat.filter((row) => row.facility_id === facility && row.coder_id === null);
  return {
    ...rates(
      own,
      initial,
      all.billing.filter((row) => here.has(row.encounter_id)),
      monthOf(dayOf(asOf)) - 1,
    ),
    ...remits(stats),
    denial_write_offs: writtenOff(own, stats),
    ...clocks(initial, asOf),
    ...ends(initial),
  };
};

const order = (row: Row, name: string): string => `${String(row[name])} ${String(row.denial_id)}`;

const rates = (own: readonly Row[], initial: readonly Row[], billing: readonly Row[], lastMonth: number) => {
  const submitted = billing.filter((row) => row.submitted_ts !== null);
  const month = (row: Row, name: string): number => monthOf(dayOf(text(row, name)));
  const first = Math.min(...submitted.map((row) => month(row, 'submitted_ts')));
  let [claims, charges, deniedClaims, deniedCharges] = [0, 0, 0, 0];
  for (let at = first + 3; at <= lastMonth; at++) {
    const before = submitted.filter((row) => month(row, 'submitted_ts') < at && month(row, 'submitted_ts') >= at - 3);
    claims += before.length / 3;
    charges += sum(before.map((row) => row.gross_charges)) / 3;
    for (const [place, row] of initial.entries()) {
      if (month(row, 'received_ts') !== at) continue;
      const earlier = initial.slice(0, place).filter((one) => one.claim_id === row.claim_id);
      if (earlier.length === 0) deniedClaims++;
      if (!earlier.some((one) => one.line_no === row.line_no)) deniedCharges += Number(row.billed_amt ?? 0);
    }
  }
  const tellsCharges = initial.some((row) => row.billed_amt !== null);
  return {
    initial_denial_rate: own.length === 0 ? null : share(deniedClaims, claims),
    initial_denial_dollar_rate: tellsCharges ? share(deniedCharges, charges) : null,
  };
};

const remits = (stats: readonly Row[]) => {
  const told = stats.filter(
    (row) =>
      row.primary_remits !== null &&
      row.primary_remits_zero_paid !== null &&
      Number(row.primary_remits_zero_paid) <= Number(row.primary_remits),
  );
  return {
    primary_denial_rate: share(
      sum(told.map((row) => row.primary_remits_zero_paid)),
      sum(told.map((row) => row.primary_remits)),
    ),
  };
};

const writtenOff = (own: readonly Row[], stats: readonly Row[]): number | null => {
  if (!own.some((row) => row.outcome !== null && row.denied_amt !== null)) return null;
  const months = stats.filter((row) => row.net_patient_revenue !== null);
  const seen = new Set<string>();
  const off = own
    .filter((row) => row.outcome === 'written_off' && row.resolved_ts !== null && row.denied_amt !== null)
    .sort((a, b) => order(a, 'resolved_ts').localeCompare(order(b, 'resolved_ts')))
    .filter((row) => {
      const thing = `${String(row.claim_id)} ${String(row.line_no)}`;
      return !seen.has(thing) && seen.add(thing);
    });
  const counted = off.filter((row) =>
    months.some((stat) => text(stat, 'month')!.slice(0, 7) === text(row, 'resolved_ts')!.slice(0, 7)),
  );
  return share(
    sum(counted.map((row) => Number(row.denied_amt) - Number(row.recovered_amt ?? 0))),
    sum(months.map((row) => row.net_patient_revenue)),
  );
};

const clocks = (initial: readonly Row[], asOf: string) => {
  const days = (name: string): number[] => initial.map((row) => daysBetween(text(row, 'received_ts'), text(row, name)));
  const watched = initial.map((row) => ({
    days: daysBetween(text(row, 'received_ts'), text(row, 'resolved_ts') ?? asOf),
    happened: row.resolved_ts !== null,
  }));
  return {
    denial_to_appeal_p50: quantile(days('appealed_ts'), 0.5),
    denial_to_appeal_p90: quantile(days('appealed_ts'), 0.9),
    denial_to_resolution_p50: quantile(days('resolved_ts'), 0.5),
    denial_to_resolution_p90: quantile(days('resolved_ts'), 0.9),
    denial_to_resolution_km: survivalQuantile(watched, 0.5),
  };
};

const ends = (initial: readonly Row[]) => {
  const settled = initial.filter((row) => row.outcome !== null);
  const isNothing = (row: Row): boolean => row.outcome === 'upheld' || row.outcome === 'written_off';
  const priced = settled.filter((row) => row.denied_amt !== null && (row.recovered_amt !== null || isNothing(row)));
  const reasons = initial.map(reasonOf).filter((reason) => reason !== null);
  return {
    denials_overturned: share(settled.filter((row) => row.outcome === 'overturned').length, settled.length),
    denials_overturned_dollars: share(
      sum(priced.map((row) => row.recovered_amt)),
      sum(priced.map((row) => row.denied_amt)),
    ),
    initial_denials: initial.length === 0 ? null : initial.length,
    coding_related_denials: share(reasons.filter((reason) => CODING.includes(reason)).length, reasons.length),
  };
};

/** Its category; null where nothing tells. */
const reasonOf = (row: Row): string | null => {
  if (row.category !== null) return String(row.category);
  const plain = (code: unknown): string =>
    String(code)
      .toUpperCase()
      .replace(/^(CO|CR|OA|PI|PR)-?/, '');
  for (const kind of ['rarc', 'carc'] as const) {
    const code = row[kind] ?? null;
    const found = REASONS.find((one) => one.kind === kind && code !== null && plain(one.code) === plain(code));
    if (found !== undefined) return String(found.category);
  }
  return row.carc === null && row.rarc === null ? null : 'unmapped';
};
