import type { Example } from './example.ts';

/** Days of discharges at one facility: so many on each day of a span. */
const days = (from: string, to: string, each: string): string => `
  insert into core.encounter (encounter_id, facility_id, discharge_date, discharge_period_date)
  select day::date || ' ' || n, 'north', day::date, day::date
  from range(date '${from}', date '${to}', interval 1 day) as calendar(day), range(50) as copies(n)
  where n < ${each}`;

const calendar = (from: string, to: string): string => `
  insert into core.calendar
  select day::date, date_trunc('month', day)::date, false from range(date '${from}', date '${to}', interval 1 day) as d(day)`;

export const encounterExamples: readonly Example[] = [
  {
    tables: {
      'core.encounter_teller': `
        source_id | sends_patient | sends_facility | sends_class | sends_admission | sends_disposition | sends_sex | sends_age
        hospital  | true          | true           | true        | true            | true              | true      | true
      `,
      'core.coding_milestone': `
        encounter_id | final_coded_at
        fine         | 2026-02-07 08:00
        open         | 2026-02-07 08:00
      `,
      'core.encounter': `
        encounter_id | source_id | patient_key | facility_id | patient_class | admit_at         | admit_date | discharge_at     | discharge_date | discharge_year | los_days | age_years | sex     | discharge_disposition | chart_analyzed_at | chart_analyzed_date
        fine         | hospital  | p1          | north       | inpatient     | 2026-02-01 08:00 | 2026-02-01 | 2026-02-04 12:00 | 2026-02-04     | 2026           | 3        | 89        | female  | 01                    | 2026-02-05 08:00  | 2026-02-05
        nobody       | hospital  |             |             |               |                  |            |                  |                |                |          |           |         |                       |                   |
        open         | hospital  | p2          | north       | inpatient     | 2026-02-01 08:00 | 2026-02-01 |                  |                |                |          | 90        | male    |                       |                   |
        words        | hospital  | p3          | north       | inpatient     | 2026-02-01 08:00 | 2026-02-01 | 2026-02-02 12:00 | 2026-02-02     | 2026           | -1       | 125       | woman   | 00                    | 2026-01-31 08:00  | 2026-01-31
        silent       | hospital  | p4          | north       | inpatient     | 2026-02-03 08:00 | 2026-02-03 | 2026-02-02 12:00 | 2026-02-02     | 2026           | 366      | 91        | unknown |                       |                   |
        late         | hospital  | p5          | north       | ed            | 2026-03-02 08:00 | 2026-03-02 | 2026-03-02 12:00 | 2026-03-02     | 2026           | 365      | 50        | other   | 01                    |                   |
        today        | hospital  | p6          | north       | ed            | 2026-03-01 08:00 | 2026-03-01 | 2026-03-01 12:00 | 2026-03-01     | 2026           | 0        | 0         | other   | 01                    |                   |
        old          | hospital  | p7          | north       | ed            | 1949-12-31 08:00 | 1949-12-31 | 1950-01-01 12:00 | 1950-01-01     | 1950           | 1        | 124       | other   | 01                    |                   |
      `,
    },
    breaks: {
      encounter_has_patient: ['nobody'],
      encounter_has_facility: ['nobody'],
      encounter_has_class: ['nobody'],
      encounter_has_admission: ['nobody'],
      sex_in_value_set: ['words'],
      disposition_in_force: ['words'],
      discharge_of_closed_inpatient: ['open'],
      inpatient_disposition: ['silent'],
      sex_known: ['nobody', 'silent'],
      age_known: ['nobody'],
      age_plausible: ['words'],
      age_top_coded: ['old', 'silent', 'words'],
      stay_not_negative: ['words'],
      stay_within_a_year: ['silent'],
      age_not_heaped_at_top: ['old', 'open', 'silent', 'words'],
      discharge_after_admission: ['silent'],
      encounter_since_1950: ['old'],
      analysed_after_admission: ['words'],
    },
  },
  {
    tables: {
      'core.source': `
        source_id | as_of_date
        hospital  | 2026-03-01
      `,
      'core.encounter': `
        encounter_id | source_id | admit_date | discharge_date
        late         | hospital  | 2026-02-28 | 2026-03-02
        planned      | hospital  | 2026-03-02 |
        today        | hospital  | 2026-03-01 | 2026-03-01
        undated      | hospital  |            |
        elsewhere    | other     | 2026-03-02 | 2026-03-02
      `,
    },
    breaks: { encounter_not_in_the_future: ['late', 'planned'] },
  },
  {
    tables: {
      'core.provider': `
        provider_id
        d1
      `,
      'core.facility': `
        facility_id | facility_name
        north       | North
      `,
      'core.encounter': `
        encounter_id | facility_id | attending_provider_id
        e1           | north       | d1
        e2           | south       | d2
      `,
    },
    breaks: { attending_provider_known: ['e2'], facility_known: ['e2'] },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id | patient_key | facility_id | patient_class | admit_at         | discharge_at
        e1           | p1          | north       | ed            | 2026-02-01 08:00 | 2026-02-01 12:00
        e2           | p1          | north       | ed            | 2026-02-01 08:00 | 2026-02-01 12:00
        e3           | p1          | north       | ed            | 2026-02-01 08:00 | 2026-02-01 12:01
      `,
    },
    breaks: { stay_told_once: ['e1'] },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id | patient_key | sex
        e1           | p1          | female
        e2           | p1          | male
        e3           | p2          | female
        e4           | p2          | unknown
      `,
    },
    breaks: { one_sex_per_patient: ['p1'] },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id | patient_key | patient_class | admit_at         | discharge_at     | discharge_disposition
        e1           | p1          | inpatient     | 2026-02-01 08:00 | 2026-02-04 12:00 | 01
        e2           | p1          | inpatient     | 2026-02-04 12:00 | 2026-02-05 12:00 | 01
        e3           | p1          | inpatient     | 2026-02-05 11:00 | 2026-02-06 12:00 | 20
        e4           | p1          | ed            | 2026-02-07 11:00 | 2026-02-07 12:00 | 01
        e5           | p2          | inpatient     | 2026-02-01 08:00 |                  |
      `,
    },
    breaks: { nothing_after_death: ['e4'], inpatient_stays_apart: ['e3'] },
  },
];

export const encounterTrendExamples: readonly Example[] = [
  {
    // Five or six a day for nine weeks; then a Monday of none and a Tuesday of thirty.
    also: [
      calendar('2026-01-01', '2026-04-01'),
      days('2026-01-05', '2026-03-09', `5 + (datediff('week', date '2026-01-05', day::date) % 2)`),
      days('2026-03-10', '2026-03-11', '30'),
      days('2026-03-11', '2026-03-20', '6'),
    ],
    breaks: {
      day_without_discharges: ['north 2026-03-09'],
      daily_volume_as_usual: ['north 2026-03-09', 'north 2026-03-10'],
    },
  },
  {
    also: [
      calendar('2026-01-01', '2026-06-01'),
      days('2026-01-05', '2026-01-06', '1'),
      days('2026-03-05', '2026-03-06', '1'),
    ],
    breaks: { month_without_encounters: ['north 2026-02-01'] },
  },
  {
    // Service lines are told in all months but the last; charges never, so they are not asked for.
    also: [
      `insert into core.encounter (encounter_id, facility_id, patient_class, admit_at, discharge_period_date, service_line,
         discharge_disposition, primary_payer_class, attending_provider_id)
       select month || '-' || n, 'north', 'inpatient', date '2026-01-01', make_date(2026, month::int, 1),
         case when month < 8 or n > 2 then 'medicine' end, '01', 'medicare', 'd1'
       from range(1, 9) as months(month), range(20) as copies(n)`,
    ],
    breaks: { field_keeps_its_population: ['north 2026-08-01 service_line'] },
  },
  {
    tables: {
      'core.extract_as_of': `
        extract    | as_of_date
        encounter  | 2026-03-08
        billing    | 2026-03-01
        deficiency | 2026-02-28
      `,
    },
    breaks: { sibling_feed_keeps_up: ['deficiency'] },
  },
];
