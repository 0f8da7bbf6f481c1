-- One row per month, facility, service, patient class and payer: bills submitted to a payer, and what they ask for.
--
-- Key     facility_id, service_line, patient_class, payer_class, submitted_month
-- Counts  gross_charges: of the charged_count bills that tell theirs, dollars
select
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class as payer_class,
  month_of(submitted_date) as submitted_month,
  count(*) as claim_count,
  count(gross_charges) as charged_count,
  sum(coalesce(gross_charges, 0)) as gross_charges
from core.billing
inner join core.encounter using (encounter_id)
where submitted_date is not null
group by
  encounter.facility_id,
  encounter.service_line,
  encounter.patient_class,
  encounter.primary_payer_class,
  month_of(submitted_date)
