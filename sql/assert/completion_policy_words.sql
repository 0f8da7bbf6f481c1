-- Every completion policy uses words that extracts use: of clocks, documents, actions and patient classes.
--
-- Severity  warn
-- Examines  core.completion_policy
-- Counts    one row per policy with a word nobody else uses: it would hold for nothing, or start no clock
select policy_rank
from core.completion_policy
where
  clock_start not in ('admit', 'discharge', 'surgery_end', 'order', 'assigned', 'allocated')
  or action_type not in ('perform', 'transcribe', 'sign', 'cosign', 'modify')
  or patient_class not in ('inpatient', 'observation', 'ed', 'outpatient_surgery', 'outpatient', 'recurring')
  or doc_type not in (
    'HP',
    'HP_UPDATE',
    'OP',
    'OP_BRIEF',
    'DS',
    'CONSULT',
    'PROGRESS',
    'VERBAL_ORDER',
    'CONSENT',
    'ED',
    'ANESTH',
    'DELIVERY',
    'PATH_REVIEW',
    'CODING_QUERY'
  )
