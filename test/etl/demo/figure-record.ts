/** Query of one value, and the bounds it lies within. */
export type Figure = readonly [sql: string, low: number, high: number];

/** Patients, codes, charts, coders, audits and money: the table of practice.md, section 4. */
export const recordFigures: Readonly<Record<string, Figure>> = {
  encounters: ['select count(*) from encounter', 100_000, 100_000],
  'inpatient share': [`select avg((patient_class = 'inpatient')::integer) from encounter`, 0.155, 0.165],
  'ED share': [`select avg((patient_class = 'ed')::integer) from encounter`, 0.565, 0.575],
  'observation share': [`select avg((patient_class = 'observation')::integer) from encounter`, 0.045, 0.055],
  'outpatient surgery share': [
    `select avg((patient_class = 'outpatient_surgery')::integer) from encounter`,
    0.115,
    0.125,
  ],
  beds: ['select sum(bed_count) from facility', 120 + 60 + 25 + 25, 120 + 60 + 25 + 25],
  'discharges per bed and year, Riverside': [
    `select count(*) / 2 / 120 from inpatient where facility_id = 'riverside'`,
    36,
    40,
  ],
  'discharges per bed and year, Lakeview': [
    `select count(*) / 2 / 60 from inpatient where facility_id = 'lakeview'`,
    36,
    40,
  ],
  'discharges per bed and year, St. Anne': [
    `select count(*) / 2 / 25 from inpatient where facility_id = 'st-anne'`,
    12,
    25,
  ],
  'in house at the as-of': ['select count(*) from encounter where discharge_ts is null', 80, 140],
  'mean stay': ['select avg(los_days) from inpatient where not is_newborn', 4.6, 5.0],
  'median stay': ['select median(los_days) from inpatient', 3, 3],
  Sunday: ['select 7 * avg((isodow(discharge_ts) = 7)::integer) from inpatient', 0.6, 0.7],
  Friday: ['select 7 * avg((isodow(discharge_ts) = 5)::integer) from inpatient', 1.1, 1.2],
  'diagnoses per inpatient': [
    `select avg(n) from (select count(*) as n from encounter_code join inpatient using (encounter_id) where code_set = 'ICD10CM' group by encounter_id)`,
    11,
    15,
  ],
  'diagnoses per ED visit': [
    `select avg(n) from (select count(*) as n from encounter_code join encounter using (encounter_id) where code_set = 'ICD10CM' and patient_class = 'ed' group by encounter_id)`,
    3,
    4,
  ],
  'CMI, community': [
    `select avg(relative_weight) from encounter_drg join inpatient using (encounter_id) where stage = 'final' and facility_id <> 'st-anne'`,
    1.45,
    1.7,
  ],
  'CMI, critical access': [
    `select avg(relative_weight) from encounter_drg join inpatient using (encounter_id) where stage = 'final' and facility_id = 'st-anne'`,
    0.95,
    1.1,
  ],
  'POA = N': [
    `select avg((poa = 'N')::integer) from encounter_code where code_set = 'ICD10CM' and poa in ('Y', 'N', 'U', 'W')`,
    0.04,
    0.07,
  ],
  'deficiencies per inpatient discharge': [
    'select (select count(*) from deficiency join inpatient using (encounter_id)) / (select count(*) from inpatient)',
    2,
    5,
  ],
  'share of signatures': [
    `select avg((action_type in ('sign', 'cosign'))::integer) from deficiency join inpatient using (encounter_id)`,
    0.6,
    0.7,
  ],
  'days to signature, median': [
    `select median(days(assigned_ts, completed_ts)) from deficiency where action_type in ('sign', 'cosign')`,
    1,
    2,
  ],
  'days to discharge summary, median': [
    `select median(days(discharge_ts, event_ts)) from document join inpatient using (encounter_id) where doc_type = 'DS' and event = 'signed'`,
    3,
    5,
  ],
  'final coded, median days': [
    `select median(days(discharge_ts, event_ts)) from coding_event join inpatient using (encounter_id) where event = 'final_coded'`,
    3,
    4,
  ],
  'final coded, P90 days': [
    `select quantile_cont(days(discharge_ts, event_ts), 0.9) from coding_event join inpatient using (encounter_id) where event = 'final_coded'`,
    10,
    12,
  ],
  coders: ['select count(distinct coder_id) from coding_event', 8, 10],
  'inpatient charts per hour': [
    `select count(*) / (sum(minutes_spent) / 60) from coding_event join inpatient using (encounter_id) where event = 'first_coded'`,
    1.8,
    2.4,
  ],
  'fewest audits of a coder in a whole quarter': [
    `select min(n) from (select count(*) as n from audit_review where audit_type = 'routine_random' and audit_period between '2024-Q4' and '2026-Q2' group by coder_id, audit_period)`,
    15,
    30,
  ],
  'most audits of a coder in a whole quarter': [
    `select max(n) from (select count(*) as n from audit_review where sample_method <> 'judgmental' and is_second_review_of is null and audit_period between '2024-Q4' and '2026-Q2' group by coder_id, audit_period)`,
    15,
    30,
  ],
  'code accuracy': [
    `select count(*) filter (coder_code = auditor_code) / count(auditor_code) from audit_code join audit_review using (audit_id) where sample_method <> 'judgmental' and is_second_review_of is null and coder_id not in ('coder-04', 'coder-09')`,
    0.94,
    0.97,
  ],
  'DRG accuracy': [
    `select avg((drg_original = drg_revised)::integer) from audit_review where drg_revised is not null and sample_method <> 'judgmental' and is_second_review_of is null`,
    0.93,
    0.97,
  ],
  'error-free records': [
    `select avg(free::integer) from (select bool_and(error_type = 'match') as free from audit_code join audit_review using (audit_id) where sample_method <> 'judgmental' and is_second_review_of is null group by audit_id)`,
    0.55,
    0.75,
  ],
  rebuttals: [
    `select avg((rebuttal_outcome <> 'none')::integer) from audit_review where status = 'final' and is_second_review_of is null`,
    0.1,
    0.2,
  ],
  'rebuttals overturned': [
    `select avg((rebuttal_outcome = 'finding_overturned')::integer) from audit_review where rebuttal_outcome <> 'none'`,
    0.25,
    0.4,
  ],
  'inpatient gross charge, mean': ['select avg(total_charges) from inpatient', 45_000, 75_000],
  'inpatient gross charge, skew of its logarithm': ['select skewness(ln(total_charges)) from inpatient', -0.3, 0.3],
  'DNFB days on 1 April 2026': [
    `select (select sum(gross_charges) from billing join encounter using (encounter_id) where bill_no = 1 and discharge_ts < '2026-04-01' and (final_billed_ts is null or final_billed_ts >= '2026-04-01'))
    / (select sum(gross_patient_revenue) / 730 from period_stat)`,
    5,
    8,
  ],
  'HIM share of DNFB on 1 April 2026': [
    `select sum(amount) filter (owner = 'HIM') / sum(amount) from billing_hold where start_ts < '2026-04-01' and (end_ts is null or end_ts >= '2026-04-01')`,
    0.35,
    0.5,
  ],
  'delinquency rate before the go-live': [
    `select count(distinct encounter_id) / (select count(*) / 24 from encounter where patient_class in ('inpatient', 'observation', 'outpatient_surgery'))
    from deficiency join encounter using (encounter_id) where patient_class in ('inpatient', 'observation', 'outpatient_surgery') and status in ('open', 'pending', 'completed')
      and discharge_ts < timestamp '2026-04-01' - interval 30 days and assigned_ts < '2026-04-01' and (completed_ts is null or completed_ts >= '2026-04-01')`,
    0.05,
    0.15,
  ],
};
