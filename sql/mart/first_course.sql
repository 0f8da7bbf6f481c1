-- One row per tumor abstract, with its first course of treatment.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  surgery, radiation, chemotherapy, hormone, immunotherapy, transplant, other: given, not_given (none, refused, not
--         recommended, contraindicated) or not_known (the code says so, or that it was recommended and nothing more); null
--         where the item is blank or does not apply (surgery 98, A980)
--         surgery: of the primary site (item 1291 from 2023 on, else 1290), not biopsy or surgery of nodes (1292, 1294)
--         radiation: Rx Summ--Radiation (1360), else the modality of the first phase (1506)
--         *_told: 1 where given or not given, else 0; *_given: 1 where given, else 0
--         treatment: those known to be given of surgery, radiation and systemic (chemotherapy, hormone, immunotherapy,
--         transplant), else other; none where all that are told were not given, not_known where one may have been; null
--         where none is told
--         Not looked at, as the contract has no columns for them: phases 2 and 3, doses, treatment at this facility alone.
--         Where the dictionary knows these items they are rows of core.tumor_item
-- Source  NAACCR items 1290, 1291, 1360, 1506, 1390, 1400, 1410, 3250, 1420; STORE and SEER manuals for their codes
with told as (
  select
    *,
    case
      when rxSummSurgPrimSite2023 is not null then
        case
          when substr(rxSummSurgPrimSite2023, 2, 3) between '100' and '900' then 'given'
          when substr(rxSummSurgPrimSite2023, 2, 3) = '000' then 'not_given'
          when substr(rxSummSurgPrimSite2023, 2, 3) = '990' then 'not_known'
        end
      when rxSummSurgPrimSite between '10' and '90' then 'given'
      when rxSummSurgPrimSite = '00' then 'not_given'
      when rxSummSurgPrimSite = '99' then 'not_known'
    end as surgery,
    case
      when rxSummRadiation between '1' and '6' then 'given'
      when rxSummRadiation in ('0', '7') then 'not_given'
      when rxSummRadiation in ('8', '9') then 'not_known'
      when phase1RadiationTreatmentModality between '01' and '16' or phase1RadiationTreatmentModality = '98' then 'given'
      when phase1RadiationTreatmentModality = '00' then 'not_given'
      when phase1RadiationTreatmentModality = '99' then 'not_known'
    end as radiation,
    case
      when rxSummChemo between '01' and '03' then 'given'
      when rxSummChemo in ('00', '82', '85', '86', '87') then 'not_given'
      when rxSummChemo in ('88', '99') then 'not_known'
    end as chemotherapy,
    case
      when rxSummHormone = '01' then 'given'
      when rxSummHormone in ('00', '82', '85', '86', '87') then 'not_given'
      when rxSummHormone in ('88', '99') then 'not_known'
    end as hormone,
    case
      when rxSummBrm = '01' then 'given'
      when rxSummBrm in ('00', '82', '85', '86', '87') then 'not_given'
      when rxSummBrm in ('88', '99') then 'not_known'
    end as immunotherapy,
    case
      when rxSummTransplntEndocr in ('10', '11', '12', '20', '30', '40') then 'given'
      when rxSummTransplntEndocr in ('00', '82', '85', '86', '87') then 'not_given'
      when rxSummTransplntEndocr in ('88', '99') then 'not_known'
    end as transplant,
    case
      when rxSummOther in ('1', '2', '3', '6') then 'given'
      when rxSummOther in ('0', '7') then 'not_given'
      when rxSummOther in ('8', '9') then 'not_known'
    end as other
  from core.tumor
),
joined as (
  select
    *,
    case
      when chemotherapy = 'given' or hormone = 'given' or immunotherapy = 'given' or transplant = 'given' then 'given'
      when
        chemotherapy = 'not_known'
        or hormone = 'not_known'
        or immunotherapy = 'not_known'
        or transplant = 'not_known'
        then 'not_known'
      else coalesce(chemotherapy, hormone, immunotherapy, transplant)
    end as systemic
  from told
)
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  diagnosis_date,
  cast(diagnosis_year as varchar) as diagnosis_year,
  site_code,
  behaviorCodeIcdO3 as behavior,
  classOfCase as class_of_case,
  summary_stage,
  case when is_analytic then 'analytic' else 'nonanalytic' end as analytic,
  surgery,
  radiation,
  chemotherapy,
  hormone,
  immunotherapy,
  transplant,
  other,
  case
    when surgery = 'given' and radiation = 'given' and systemic = 'given' then 'surgery_radiation_systemic'
    when surgery = 'given' and radiation = 'given' then 'surgery_radiation'
    when surgery = 'given' and systemic = 'given' then 'surgery_systemic'
    when radiation = 'given' and systemic = 'given' then 'radiation_systemic'
    when surgery = 'given' then 'surgery'
    when radiation = 'given' then 'radiation'
    when systemic = 'given' then 'systemic'
    when other = 'given' then 'other'
    when surgery = 'not_known' or radiation = 'not_known' or systemic = 'not_known' or other = 'not_known' then 'not_known'
    when coalesce(surgery, radiation, systemic, other) is not null then 'none'
  end as treatment,
  case when surgery in ('given', 'not_given') then 1 else 0 end as surgery_told,
  case when surgery = 'given' then 1 else 0 end as surgery_given,
  case when radiation in ('given', 'not_given') then 1 else 0 end as radiation_told,
  case when radiation = 'given' then 1 else 0 end as radiation_given,
  case when chemotherapy in ('given', 'not_given') then 1 else 0 end as chemotherapy_told,
  case when chemotherapy = 'given' then 1 else 0 end as chemotherapy_given,
  case when hormone in ('given', 'not_given') then 1 else 0 end as hormone_told,
  case when hormone = 'given' then 1 else 0 end as hormone_given,
  case when immunotherapy in ('given', 'not_given') then 1 else 0 end as immunotherapy_told,
  case when immunotherapy = 'given' then 1 else 0 end as immunotherapy_given,
  case when transplant in ('given', 'not_given') then 1 else 0 end as transplant_told,
  case when transplant = 'given' then 1 else 0 end as transplant_given
from joined
