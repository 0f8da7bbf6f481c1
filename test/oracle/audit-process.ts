import type { Finding } from './audit-finding.ts';
import type { Row } from './random-hospital.ts';

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const DECIDED = ['finding_upheld', 'finding_overturned', 'partial'];

/** How often closed random audits are disputed, and what comes of it. */
export const rebuttals = (found: readonly Finding[]) => {
  const outcomes = found.map(({ audit }) => String(audit.rebuttal_outcome));
  const decided = outcomes.filter((outcome) => DECIDED.includes(outcome));
  const disputed = found.filter(({ audit }, i) => audit.status === 'rebutted' || DECIDED.includes(outcomes[i]!));
  return {
    rebuttal_rate: share(disputed.length, found.length),
    rebuttal_overturn_rate: share(decided.filter((one) => one === 'finding_overturned').length, decided.length),
    rebuttal_partial_rate: share(decided.filter((one) => one === 'partial').length, decided.length),
  };
};

/**
 * Of a facility's records final coded, those that a final random audit of the same coder looked at.
 *
 * @param found its random audits
 * @param isTold whether any closed audit of it has arrived
 */
export const coverage = (
  encounters: readonly Row[],
  events: readonly Row[],
  found: readonly Finding[],
  isTold: boolean,
) => {
  if (!isTold) return { audit_coverage: null };
  let [coded, audited] = [0, 0];
  for (const { encounter_id } of encounters) {
    const [first] = events
      .filter((event) => event.encounter_id === encounter_id && event.event === 'final_coded')
      .sort((a, b) => (String(a.event_ts) < String(b.event_ts) ? -1 : 1));
    if (first === undefined) continue;
    coded += 1;
    // Of events without a coder the next one's name counts, where there is one.
    const coder = events
      .filter(
        (event) => event.encounter_id === encounter_id && event.event === 'final_coded' && event.coder_id !== null,
      )
      .sort((a, b) => (String(a.event_ts) < String(b.event_ts) ? -1 : 1))[0]?.coder_id;
    const isAudited = found.some(
      ({ audit, isFinal }) =>
        isFinal && audit.encounter_id === encounter_id && (coder === undefined || audit.coder_id === coder),
    );
    audited += isAudited ? 1 : 0;
  }
  return { audit_coverage: share(audited, coded) };
};

/** Code accuracy with each record counting for as many as it was drawn from: N of its stratum over those drawn. */
export const weighted = (found: readonly Finding[]) => {
  const sized = found.filter(({ audit, isFinal, cells }) => {
    const size = audit.sample_method === 'stratified' ? audit.stratum_N : audit.frame_N;
    return isFinal && audit.audit_type === 'routine_random' && size !== null && cells.length > 0;
  });
  const frameOf = ({ audit }: Finding): string => `${audit.coder_id} ${audit.audit_period} ${audit.stratum ?? ''}`;
  const drawn = Map.groupBy(sized, frameOf);
  let [right, all] = [0, 0];
  for (const one of sized) {
    const size = Number(one.audit.sample_method === 'stratified' ? one.audit.stratum_N : one.audit.frame_N);
    const weight = size / drawn.get(frameOf(one))!.length;
    for (const { match, revised, omitted } of one.cells) {
      right += weight * match;
      all += weight * (match + revised + omitted);
    }
  }
  return { code_accuracy_auditor_weighted: share(right, all) };
};
