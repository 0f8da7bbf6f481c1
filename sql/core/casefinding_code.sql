-- One row per code of coded records and entry of the casefinding list that it falls under.
--
-- Key     code, code_prefix
-- Source  reference.casefinding_code: a casefinding list finds what may be reportable; a registrar decides
select diagnosis_code.code, list.code_prefix, list.label, list.screening
from core.diagnosis_code
inner join reference.casefinding_code as list on substr(diagnosis_code.code, 1, length(code_prefix)) = code_prefix
