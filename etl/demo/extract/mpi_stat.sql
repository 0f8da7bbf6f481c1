-- Two patient indexes, each shared by two hospitals, counted on the last day of each month.
with counted as (
  select (facility_no + 1) // 2 as index_no, last_day(admit_at) as counted_on, count(*) as visits
  from stay
  where admit_at >= getvariable('start')
  group by all
), grown as (
  select *, index_no * 10000 + date_diff('month', date '2000-01-01', counted_on) as draw,
    -- A third of the visits register somebody anew; the index began long before the extract.
    round(visits * 1.9)::integer as registered,
    (sum(visits) over (partition by index_no) * 4.2 + sum(visits) over (partition by index_no order by counted_on) * 0.33)::bigint as records
  from counted
), paired as (
  select *, round(records * case index_no when 1 then 0.016 else 0.022 end * (0.96 + 0.08 * u(draw, 'in pairs')))::bigint as in_pairs
  from grown
)
select ['mpi-east', 'mpi-west'][index_no] as system_id, counted_on as as_of, records as records_total,
  round(in_pairs * 0.53)::bigint as possible_dup_pairs, in_pairs as records_in_possible_pairs,
  round(registered * (0.004 + 0.003 * u(draw, 'created')))::integer as confirmed_dups_created, registered as registrations,
  floor(3 * u(draw, 'overlays'))::integer as overlays_found, round(records * 0.0021)::integer as overlaps
from paired
order by system_id, as_of
