import type { BadSource } from './bad-row-kind.ts';

const longAgo = '2019-01-01 09:00:00';

/** Bad rows of queries, reviews, denials, requests, index counts and holds. */
export const operationsSources: Readonly<Record<string, BadSource>> = {
  query: {
    key: 'query_id',
    kinds: [
      { rule: 'responded-not-before-sent', like: { responded_ts: '*' }, set: { responded_ts: longAgo } },
      { rule: 'an-answer-has-a-time', like: { outcome: 'agreed_updated' }, set: { responded_ts: '' } },
      { rule: 'closed-not-before-sent', like: { closed_ts: '*' }, set: { closed_ts: longAgo } },
      { rule: 'value:outcome', like: { outcome: '*' }, set: { outcome: 'maybe' } },
      { rule: 'required:encounter_id', set: { encounter_id: '' } },
      { rule: 'torn-row', line: 'tear' },
      { rule: 'unique-key', twin: { template: 'template-99' } },
      { rule: 'duplicate' },
    ],
  },
  cdi_review: {
    key: 'encounter_id',
    kinds: [
      { rule: 'review-number-from-1', set: { review_no: '0' } },
      { rule: 'cdi-counts-not-negative', set: { missed_opportunities: '-1' } },
      { rule: 'required:reviewer_id', set: { reviewer_id: '' } },
      { rule: 'type:review_ts', set: { review_ts: '2026-02-30 10:00:00' } },
      { rule: 'duplicate' },
    ],
  },
  denial: {
    key: 'denial_id',
    kinds: [
      { rule: 'appealed-not-before-received', like: { appealed_ts: '*' }, set: { appealed_ts: longAgo } },
      { rule: 'resolved-not-before-received', like: { resolved_ts: '*' }, set: { resolved_ts: longAgo } },
      { rule: 'denial-amounts-not-negative', set: { denied_amt: '-5.00' } },
      { rule: 'pattern:carc', set: { carc: 'not covered' } },
      { rule: 'value:level', set: { level: 'fourth' } },
      { rule: 'required:claim_id', set: { claim_id: '' } },
      { rule: 'too-many-columns', line: 'widen' },
    ],
  },
  roi_request: {
    key: 'request_id',
    kinds: [
      { rule: 'broken-json', line: 'break' },
      { rule: 'fulfilled-not-before-received', like: { status: 'fulfilled' }, set: { fulfilled_ts: longAgo } },
      { rule: 'fulfilled-has-a-time', like: { status: 'fulfilled' }, set: { fulfilled_ts: '' } },
      { rule: 'open-has-no-fulfilment', like: { status: 'fulfilled' }, set: { status: 'pending' } },
      { rule: 'value:requestor_type', set: { requestor_type: 'neighbour' } },
    ],
  },
  mpi_stat: {
    key: 'system_id',
    kinds: [
      { rule: 'pairs-within-records', set: { records_in_possible_pairs: '999999999' } },
      { rule: 'mpi-counts-not-negative', set: { overlaps: '-2' } },
    ],
  },
  provider_interval: {
    key: 'provider_id',
    kinds: [
      { rule: 'interval-not-backwards', like: { end_ts: '*' }, set: { end_ts: longAgo } },
      { rule: 'value:type', set: { type: 'away' } },
      { rule: 'pattern:reason', set: { reason: 'Dr. said 2 weeks!' } },
      { rule: 'required:start_ts', set: { start_ts: '' } },
    ],
  },
};
