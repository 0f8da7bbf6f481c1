import { moment } from './calendar.ts';
import { quantile } from './quantile.ts';
import type { Row } from './random-hospital.ts';
import { POLICY_HOURS, type Operations } from './random-operations.ts';

const text = (row: Row | undefined, name: string): string | null => (row?.[name] ?? null) as string | null;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const HOUR = 3_600_000;
const ANSWERS = ['agreed_updated', 'agreed_not_updated', 'disagreed', 'no_opinion'];

/** What the measures of queries and CDI reviews are of one facility, its extracts read until `asOf`. */
export const cdi = (all: Operations, facility: string, asOf: string): Readonly<Record<string, number | null>> => {
  const here = new Map(
    all.encounter.filter((one) => one.facility_id === facility).map((one) => [one.encounter_id, one]),
  );
  const own = (rows: readonly Row[]): Row[] => rows.filter((row) => here.has(row.encounter_id));
  return {
    ...reviewed([...here.values()], own(all.cdi_review), own(all.query)),
    ...answered(own(all.query), own(all.encounter_drg), moment(asOf)),
    cdi_drg_match: matched(own(all.encounter_drg).filter((drg) => here.get(drg.encounter_id)!.discharge_ts !== null)),
    query_compliance: compliant(own(all.cdi_review)),
  };
};

const isCancelled = (query: Row): boolean => query.status === 'cancelled' || query.outcome === 'cancelled';

const reviewed = (encounters: readonly Row[], reviews: readonly Row[], queries: readonly Row[]) => {
  const seen = new Set(reviews.map((row) => row.encounter_id));
  const discharged = encounters.filter((one) => one.patient_class === 'inpatient' && one.discharge_ts !== null);
  const asked = queries.filter((one) => one.workflow === 'cdi' && !isCancelled(one) && seen.has(one.encounter_id));
  const queryFeed = queries.some((one) => one.workflow === 'cdi');
  return {
    cdi_review_rate:
      seen.size === 0 ? null : share(discharged.filter((one) => seen.has(one.encounter_id)).length, discharged.length),
    query_rate: queryFeed ? share(new Set(asked.map((one) => one.encounter_id)).size, seen.size) : null,
    queries_per_record: queryFeed ? share(asked.length, seen.size) : null,
  };
};

const answered = (queries: readonly Row[], drgs: readonly Row[], asOf: number) => {
  const counted = queries.filter((query) => !isCancelled(query));
  const isAnswered = (query: Row): boolean => query.responded_ts !== null && query.outcome !== 'no_response';
  const due = (query: Row): number => moment(text(query, 'sent_ts')) + POLICY_HOURS * HOUR;
  const settled = counted.filter((query) => isAnswered(query) || query.closed_ts !== null || due(query) < asOf);
  const answers = settled.filter(isAnswered);
  const prompt = answers.filter((query) => moment(text(query, 'responded_ts')) <= due(query));
  const judged = answers.filter((query) => ANSWERS.includes(String(query.outcome)));
  const agreed = judged.filter((query) => String(query.outcome).startsWith('agreed'));
  const hours = answers.map((query) => (moment(text(query, 'responded_ts')) - moment(text(query, 'sent_ts'))) / HOUR);
  const impacts = answers.map(impactOf).filter((impact) => impact !== null);
  const weights = answers
    .filter((query) => query.weight_before !== null && query.weight_after !== null)
    .filter((query) => !isMixed(drgs.filter((drg) => drg.encounter_id === query.encounter_id && drg.drg_type === 'MS')))
    .map((query) => Number(query.weight_after) - Number(query.weight_before));
  return {
    query_response_rate: share(answers.length, settled.length),
    query_response_in_policy: share(prompt.length, settled.length),
    query_agreement_responded: share(agreed.length, judged.length),
    query_agreement_sent: share(agreed.length, settled.length - (answers.length - judged.length)),
    query_response_hours_p50: quantile(hours, 0.5),
    query_response_hours_p90: quantile(hours, 0.9),
    query_impact_rate: share(impacts.filter(Boolean).length, impacts.length),
    query_weight_change: weights.length === 0 ? null : weights.reduce((sum, weight) => sum + weight, 0),
  };
};

/** Whether an answer changed anything; null where it tells of nothing. */
const impactOf = (query: Row): boolean | null => {
  const flags = ['impact_cc', 'impact_mcc', 'impact_soi', 'impact_rom'].map((name) => query[name] ?? null);
  const [before, after] = [query.drg_before ?? null, query.drg_after ?? null];
  const comparable = before !== null && after !== null;
  if (flags.includes('true') || (comparable && before !== after)) return true;
  return flags.includes('false') || comparable ? false : null;
};

const isMixed = (drgs: readonly Row[]): boolean =>
  new Set(drgs.map((drg) => drg.drg_version).filter((version) => version !== null)).size > 1;

const matched = (drgs: readonly Row[]): number | null => {
  const ofStage = (stage: string): Row[] => drgs.filter((drg) => drg.drg_type === 'MS' && drg.stage === stage);
  const pairs = ofStage('working').flatMap((working) =>
    ofStage('final')
      .filter((final) => final.encounter_id === working.encounter_id)
      .filter((final) => !isMixed([working, final]))
      .map((final) => final.drg_code === working.drg_code),
  );
  return share(pairs.filter(Boolean).length, pairs.length);
};

const compliant = (reviews: readonly Row[]): number | null => {
  const audits = reviews
    .map((row) => [row.query_opportunities, row.missed_opportunities, row.compliance_errors] as const)
    .filter((counts) => counts.every((count) => count !== null));
  let [bad, all] = [0, 0];
  for (const [taken, missed, errors] of audits) {
    bad += Number(errors) + Number(missed);
    all += Number(taken) + Number(missed);
  }
  return all === 0 ? null : 1 - bad / all;
};
