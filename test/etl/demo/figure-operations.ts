import type { Figure } from './figure-record.ts';

const dnfbDays = (facility: string, day: string): string => `select
  (select sum(gross_charges) from billing join encounter using (encounter_id) where facility_id = '${facility}' and bill_no = 1
    and bill_status not in ('voided', 'combined') and discharge_ts < '${day}' and (final_billed_ts is null or final_billed_ts >= '${day}'))
  / (select sum(total_charges) / 90 from encounter where facility_id = '${facility}' and discharge_ts < '${day}' and discharge_ts >= timestamp '${day}' - interval 90 days)`;

const suspendedOn = (day: string): string =>
  `select count(*) from provider_interval where type = 'suspension' and start_ts <= '${day} 12:00' and (end_ts is null or end_ts > '${day} 12:00')`;

/** Queries, reviews, denials, requests, index counts, holds, documents in time and what issue 3 measures beside them. */
export const operationsFigures: Readonly<Record<string, Figure>> = {
  'DNFB days at Riverside on 15 August 2026': [dnfbDays('riverside', '2026-08-15'), 10, 14],
  'DNFB days at Riverside on 1 April 2026': [dnfbDays('riverside', '2026-04-01'), 5, 8],
  'CDI review rate': [
    'select count(*) / (select count(*) from inpatient) from inpatient where encounter_id in (select encounter_id from cdi_review)',
    0.7,
    0.85,
  ],
  'CDI query rate': [
    `select count(distinct encounter_id) / (select count(distinct encounter_id) from cdi_review) from query where workflow = 'cdi' and status <> 'cancelled' and encounter_id in (select encounter_id from cdi_review)`,
    0.15,
    0.3,
  ],
  'query rate, those of coders counted': [
    `select count(distinct encounter_id) / (select count(distinct encounter_id) from cdi_review) from query where status <> 'cancelled' and encounter_id in (select encounter_id from cdi_review)`,
    0.15,
    0.3,
  ],
  'query response rate': [
    `select count(responded_ts) / count(*) from query where outcome is not null and outcome <> 'cancelled'`,
    0.92,
    0.98,
  ],
  'query agreement': [
    `select count(*) filter (outcome in ('agreed_updated', 'agreed_not_updated')) / count(responded_ts) from query`,
    0.8,
    0.9,
  ],
  'query response, median hours': ['select 24 * median(days(sent_ts, responded_ts)) from query', 24, 36],
  'DRG at final coding as CDI left it': [
    `select avg((one.drg_code = two.drg_code)::integer) from encounter_drg as one join encounter_drg as two using (encounter_id) where one.stage = 'working' and two.stage = 'final' and encounter_id in (select encounter_id from cdi_review)`,
    0.85,
    0.97,
  ],
  'CMI gained from baseline to final': [
    `select (select avg(relative_weight) from encounter_drg where stage = 'final') - (select avg(relative_weight) from encounter_drg where stage = 'baseline')`,
    0.03,
    0.12,
  ],
  'CMI lost to payers': [
    `select (select avg(relative_weight) from encounter_drg where stage = 'billed' and encounter_id in (select encounter_id from encounter_drg where stage = 'payer')) - (select avg(relative_weight) from encounter_drg where stage = 'payer')`,
    0.002,
    0.03,
  ],
  'random audits done twice': [
    'select count(is_second_review_of) / (select count(*) from random_audit) from audit_review',
    0.08,
    0.12,
  ],
  'auditors agree on the DRG': ['select avg((first = second)::integer) from double_audit', 0.89, 0.95],
  'kappa of that': [
    `select (po - pe) / (1 - pe) from (select avg((first = second)::integer) as po, avg(first::integer) * avg(second::integer) + avg((not first)::integer) * avg((not second)::integer) as pe from double_audit)`,
    0.7,
    0.85,
  ],
  'E/M level right': [
    `select avg((coder_code = auditor_code)::integer) from audit_code where role = 'cpt' and coder_code similar to '992.*'`,
    0.85,
    0.97,
  ],
  'initial denial rate': [
    `select count(*) filter (received_ts >= '2025-09-01' and received_ts < '2026-09-01') / (select count(*) from billing where submitted_ts >= '2025-08-10' and submitted_ts < '2026-08-10') from denial where level = 'initial'`,
    0.08,
    0.12,
  ],
  'coding-related denials': [
    `select avg((category in ('coding', 'drg_validation', 'clinical_validation', 'poa_hac', 'modifier_ncci'))::integer) from denial where level = 'initial' and received_ts < '2026-03-01'`,
    0.15,
    0.25,
  ],
  'appeals overturned': [
    `select avg((outcome = 'overturned')::integer) from denial where appealed_ts is not null and outcome is not null`,
    0.4,
    0.6,
  ],
  'denials written off, of net revenue': [
    `select sum(denied_amt) filter (outcome = 'written_off') / (select sum(net_patient_revenue) from period_stat) from denial`,
    0.01,
    0.03,
  ],
  'primary remittances that paid nothing': [
    'select sum(primary_remits_zero_paid) / sum(primary_remits) from period_stat',
    0.03,
    0.09,
  ],
  'records in possible duplicates': [
    'select sum(records_in_possible_pairs) / sum(records_total) from mpi_stat',
    0.01,
    0.03,
  ],
  'duplicates created': ['select sum(confirmed_dups_created) / sum(registrations) from mpi_stat', 0.001, 0.01],
  'records released to patients, median days': [
    `select median(days(received_ts, fulfilled_ts)) from roi_request where requestor_type = 'patient_access'`,
    6,
    9,
  ],
  'records released to patients in 30 days': [
    `select avg((days(received_ts, fulfilled_ts) <= 30)::integer) from roi_request where requestor_type = 'patient_access' and fulfilled_ts is not null`,
    0.95,
    0.999,
  ],
  'requests pending': [`select count(*) from roi_request where status in ('open', 'pending')`, 40, 200],
  'requests extended': [`select avg(extended_flag::integer) from roi_request`, 0.001, 0.02],
  'weeks a provider is away a year': [
    `select sum(days(start_ts, coalesce(end_ts, '2026-09-01'))) / 7 / 2 / (select count(distinct provider_id) from provider_interval) from provider_interval where type = 'hold'`,
    1,
    3,
  ],
  'suspended on 20 April 2026': [suspendedOn('2026-04-20'), 1, 12],
  'suspended on 24 August 2026': [suspendedOn('2026-08-24'), 12, 40],
  'H&P on time, inpatients': [
    `select avg((written_ts <= admit_ts + interval 24 hours)::integer) from inpatient join first_written using (encounter_id) where doc_type = 'HP'`,
    0.85,
    0.97,
  ],
  'operative reports on time': [
    `select avg((written_ts <= end_ts + interval 24 hours)::integer) from procedure_case join first_written using (encounter_id) where doc_type = 'OP'`,
    0.75,
    0.95,
  ],
  'verbal orders signed in 48 hours': [
    `select avg((signed_ts <= written_ts + interval 48 hours)::integer) from first_written where doc_type = 'VERBAL_ORDER'`,
    0.7,
    0.95,
  ],
  'codes no longer or never valid': [
    `select avg((replace(code, '.', '') in ('E668', 'M5136', 'E7801', 'R102', 'E11', 'I50', 'N18', 'J44'))::integer) from encounter_code where code_set = 'ICD10CM'`,
    0.00005,
    0.005,
  ],
  'records of Pine Creek that stop at 25 diagnoses': [
    `select count(*) from (select encounter_id from encounter_code join inpatient using (encounter_id) where code_set = 'ICD10CM' and facility_id = 'pine-creek' group by encounter_id having count(*) = 25)`,
    8,
    80,
  ],
  'most diagnoses at Pine Creek': [
    `select max(seq) from encounter_code join encounter using (encounter_id) where code_set = 'ICD10CM' and facility_id = 'pine-creek'`,
    25,
    25,
  ],
  'most diagnoses at Riverside': [
    `select max(seq) from encounter_code join encounter using (encounter_id) where code_set = 'ICD10CM' and facility_id = 'riverside'`,
    28,
    31,
  ],
  'bills voided or combined': [
    `select avg((bill_status in ('voided', 'combined'))::integer) from billing`,
    0.0005,
    0.005,
  ],
  'accounts of several encounters': [
    'select count(*) from (select account_id from encounter group by account_id having count(*) > 1)',
    10,
    200,
  ],
};
