-- One row per pair of evaluation and management codes of one family on an audit: the coder's level beside the auditor's.
--
-- Key       audit_id, family, place
-- Counts    codes that core.audit_code matches or pairs, then what is left of a family on either side, one for one in
--           the order of the codes. Levels of two families do not compare: a visit moved to another family is an error
--           of CPT coding, not of level
-- Excludes  critical care and other codes that go by time alone; codes that only one side wrote
with pair as (
  select
    audit_code.audit_id,
    coder.family,
    coder.level as coder_level,
    auditor.level as auditor_level
  from core.audit_code
  inner join reference.em_level as coder on coder.code = audit_code.coder_code
  inner join reference.em_level as auditor on auditor.code = audit_code.auditor_code and auditor.family = coder.family
  where code_class = 'cpt_hcpcs'
),
alone as (
  select
    audit_id,
    verdict,
    family,
    level,
    row_number() over (partition by audit_id, verdict, family order by level, coder_line, auditor_line) as place
  from core.audit_code
  inner join reference.em_level as em on em.code = coalesce(coder_code, auditor_code)
  where code_class = 'cpt_hcpcs' and verdict in ('omitted', 'unsupported')
),
compared as (
  select audit_id, family, coder_level, auditor_level
  from pair
  union all
  select coder.audit_id, coder.family, coder.level, auditor.level
  from alone as coder
  inner join alone as auditor
    on auditor.audit_id = coder.audit_id and auditor.family = coder.family and auditor.place = coder.place
  where coder.verdict = 'unsupported' and auditor.verdict = 'omitted'
)
select
  audit_id,
  family,
  row_number() over (partition by audit_id, family order by coder_level, auditor_level) as place,
  coder_level,
  case when is_overturned then coder_level else auditor_level end as auditor_level
from compared
inner join core.audit_review as review using (audit_id)
where is_scored
