-- One row per tumor abstract: whether it is a primary by the international rules, which count one for each site and kind of
-- histology of a patient, ever.
--
-- Key     facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
-- Counts  iarc_primary: 1 a primary; 0 told already by an earlier tumor of the patient; 9 not looked at (not malignant, but for
--         the urinary bladder)
--         Histologies not specified (17; of hematological ones 14; of carcinomas 5) stand for a specific one: the first of
--         these to follow is no primary of its own, it takes over the one not specified (`open_from`, its place).
--         Hematological tumors and Kaposi sarcoma (15) are one whatever the site. A tumor of histology group 0 is a primary
-- Ties    Kaposi sarcoma takes over a tumor not specified of its site where that one is earlier than every Kaposi sarcoma
-- Source  IARC, IACR and ENCR, International rules for multiple primary cancers (ICD-O third edition), 2004
with grouped as (
  select
    *,
    case when is_counted then histology_group else 0 end as kind
  from core.iarc_tumor
),
met as (
  select
    *,
    min(place) over (partition by patient_key, kind) as first_of_kind,
    min(case when kind = 14 then place end) over (partition by patient_key) as first_blood_vague,
    min(case when kind between 8 and 13 then place end) over (partition by patient_key) as first_blood_specific,
    min(case when kind between 8 and 14 then place end) over (partition by patient_key) as first_blood,
    min(case when kind = 15 then place end) over (partition by patient_key) as first_kaposi,
    min(place) over (partition by patient_key, site_group, kind) as first_here,
    min(case when kind = 17 then place end) over (partition by patient_key, site_group) as first_vague,
    min(case when kind between 1 and 7 or kind = 16 then place end) over (partition by patient_key, site_group)
      as first_specific,
    min(case when kind between 1 and 4 then place end) over (partition by patient_key, site_group)
      as first_specific_carcinoma,
    min(case when kind = 5 then place end) over (partition by patient_key, site_group) as first_vague_carcinoma
  from grouped
),
kaposi_here as (
  select
    *,
    min(case when kind = 15 and place = first_kaposi then place end) over (partition by patient_key, site_group)
      as first_kaposi_here
  from met
),
opened as (
  select
    *,
    case
      when
        first_vague < coalesce(first_specific, first_vague + 1)
        and first_vague < coalesce(first_kaposi_here, first_vague + 1)
        then first_vague
    end as open_from
  from kaposi_here
),
kaposi as (
  select
    *,
    case
      when kind = 15 and open_from < place and place < coalesce(first_specific, place + 1) then open_from
    end as open_to_kaposi
  from opened
),
kaposi_order as (
  select
    *,
    min(
      case
        when open_to_kaposi is not null then open_to_kaposi
        when kind = 15 and place = first_kaposi then place
      end
    ) over (
      partition by patient_key
      order by place
      rows between unbounded preceding and 1 preceding
    ) as earliest_kaposi
  from kaposi
),
taken as (
  select
    *,
    min(
      case when open_to_kaposi < coalesce(earliest_kaposi, open_to_kaposi + 1) then place end
    ) over (partition by patient_key, site_group) as taken_by_kaposi
  from kaposi_order
)
select
  facility_id,
  patient_key,
  tumorRecordNumber,
  sequenceNumberHospital,
  primarySite,
  place,
  site_group,
  histology_group,
  case
    when not is_counted then '9'
    when kind = 0 then '1'
    when kind = 14 then case when place = first_blood then '1' else '0' end
    when kind between 8 and 13 then
      case
        when place > first_of_kind then '0'
        when place = first_blood_specific and coalesce(first_blood_vague < place, false) then '0'
        else '1'
      end
    when kind = 15 then case when place > first_kaposi or open_to_kaposi is not null then '0' else '1' end
    when kind = 17 then case when coalesce(place = open_from, false) then '1' else '0' end
    when place > first_here then '0'
    when
      place = first_specific
      and coalesce(open_from < place, false)
      and place < coalesce(taken_by_kaposi, place + 1)
      then '0'
    when kind between 1 and 4 and place = first_specific_carcinoma and coalesce(first_vague_carcinoma < place, false)
      then '0'
    when kind = 5 and coalesce(first_specific_carcinoma < place, false) then '0'
    else '1'
  end as iarc_primary
from taken
