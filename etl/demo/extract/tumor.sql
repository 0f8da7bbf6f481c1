-- NAACCR XML, record type I, one Patient element a row; items of the base dictionary 260 only.
select concat(
  '  <Patient>', chr(10),
  item(4, 'patientIdNumber', patient_key(patient_no)),
  item(4, 'sexAssignedAtBirth', case any_value(sex) when 'male' then '1' else '2' end),
  item(4, 'race1', case when u(patient_no, 'race unknown') < 0.015 then '99' else pick(patient_no, 'race', ['01', '01', '01', '01', '01', '01', '02', '02', '96', '98']) end),
  item(4, 'race2', case when u(patient_no, 'race unknown') < 0.015 then '99' else '88' end),
  item(4, 'spanishHispanicOrigin', pick(patient_no, 'ethnicity', ['0', '0', '0', '0', '1', '9'])),
  item(4, 'dateOfBirth', compact(any_value(born))),
  item(4, 'dateOfLastContact', compact(least(max(died), max(followed)))),
  item(4, 'vitalStatus', case when max(died) <= max(followed) then '0' else '1' end),
  item(4, 'causeOfDeath', case when max(died) <= max(followed) then arg_min(cause, nth) else '0000' end),
  item(4, 'icdRevisionNumber', case when max(died) <= max(followed) then '1' else '0' end),
  string_agg(tumor_element, '' order by nth),
  '  </Patient>')
from (select *, concat(
    '    <Tumor>', chr(10),
    item(6, 'tumorRecordNumber', printf('%02d', nth)),
    item(6, 'sequenceNumberHospital', printf('%02d', case when histology = '9530' then 60 else sequence end)),
    item(6, 'accessionNumberHosp', year(contact) || printf('%05d', patient_no % 100000)),
    item(6, 'reportingFacility', facility_id),
    item(6, 'classOfCase', class_of_case),
    item(6, 'typeOfReportingSource', case when class_of_case = '43' then '3' when u(tumor_id, 'source') < 0.12 then '8' else '1' end),
    item(6, 'casefindingSource', pick(tumor_id, 'casefinding', ['10', '10', '10', '20', '24', '30'])),
    item(6, 'diagnosticConfirmation', case when stage = 'in situ' or u(tumor_id, 'confirmed') < 0.93 then '1' when u(tumor_id, 'confirmed') < 0.96 then '2' else '7' end),
    item(6, 'addrAtDxState', case when facility_no < 3 then 'OH' else 'WI' end),
    item(6, 'addrAtDxCountry', 'USA'),
    item(6, 'countyAtDx', case when u(tumor_id, 'county') < 0.012 then '999' else pick(tumor_id, 'which county', case when facility_no < 3 then ['049', '049', '041', '089'] else ['013', '013', '031'] end) end),
    item(6, 'dateOfDiagnosis', case when u(tumor_id, 'partial') < 0.008 then left(compact(diagnosed), 6) else compact(diagnosed) end),
    item(6, 'ageAtDiagnosis', printf('%03d', date_sub('year', born, diagnosed))),
    item(6, 'primarySite', primary_site),
    item(6, 'histologicTypeIcdO3', histology),
    item(6, 'behaviorCodeIcdO3', case stage when 'benign' then '0' when 'in situ' then '2' else '3' end),
    item(6, 'laterality', case when primary_site = 'C342' then '1' when paired or primary_site = 'C090' then pick(tumor_id, 'side', ['1', '2']) else '0' end),
    item(6, 'primaryPayerAtDx', pick(tumor_id, 'payer', ['60', '60', '61', '20', '20', '35', '01'])),
    item(6, case when diagnosed < date '2018-01-01' then 'seerSummaryStage2000' else 'summaryStage2018' end, case stage
      when 'in situ' then '0' when 'local' then '1' when 'regional' then regional when 'distant' then '7' when 'benign' then '8' else '9' end),
    item(6, 'ajccTnmClinStageGroup', case stage when 'in situ' then '0' when 'local' then pick(tumor_id, 'group', ['1', '1', '2']) when 'regional' then '3' when 'distant' then '4' when 'benign' then '88' else '99' end),
    item(6, 'schemaId', case when diagnosed >= date '2018-01-01' then schema_id end),
    item(6, 'regionalNodesExamined', case when without_nodes then '99' when stage = 'regional' then printf('%02d', die(tumor_id, 'nodes', 18)) else '00' end),
    item(6, 'regionalNodesPositive', case when without_nodes then '99' when stage <> 'regional' then '98' when regional = '2' then '00' else printf('%02d', 1 + die(tumor_id, 'nodes', 18) // 4) end),
    item(6, 'dateOf1stContact', compact(contact)),
    item(6, 'date1stCrsRxCoc', case when treated then compact(treated_on) end),
    item(6, 'rxSummTreatmentStatus', case when treated then '1' else '0' end),
    item(6, 'rxDateSurgery', case when surgery and treated then compact(treated_on) end),
    item(6, 'rxSummChemo', case when treated and stage in ('regional', 'distant') and u(tumor_id, 'chemo') < 0.6 then '03' else '00' end),
    item(6, 'rxSummRadiation', case when treated and u(tumor_id, 'radiation') < 0.3 then '1' else '0' end),
    item(6, 'cancerStatus', case when completed_on >= getvariable('as_of')::date then '9' when stage in ('in situ', 'local', 'benign') then '1' else '2' end),
    item(6, 'dateCaseInitiated', compact(initiated)),
    item(6, 'dateCaseCompletedCoc', case when completed_on < getvariable('as_of')::date then compact(completed_on) end),
    item(6, 'dateCaseLastChanged', compact(case when completed_on < getvariable('as_of')::date then completed_on else initiated end)),
    item(6, 'abstractedBy', 'R0' || die(tumor_id, 'abstractor', 4)),
    '    </Tumor>', chr(10)) as tumor_element
  from (
    select *,
      -- ICD-10 knows melanoma, meningioma and tumors of blood and nodes by kind, and some organs without a fourth character.
      case when histology = '9732' then 'C900' when histology = '9823' then 'C911' when histology = '9861' then 'C920' when histology = '9863' then 'C921'
        when histology = '9530' then 'D320' when histology >= '9590' then 'C859' when primary_site[:3] = 'C44' then 'C43' || primary_site[4:]
        when primary_site[:3] in ('C20', 'C56', 'C61', 'C64', 'C73') then primary_site[:3] else primary_site end as cause,
      treated_on < getvariable('as_of')::date and treated_on <= least(died, followed) as treated
    from (select *, u(tumor_id, 'surgery') < case stage when 'distant' then 0.2 else 0.7 end as surgery, contact + (10 + 45 * u(tumor_id, 'treated'))::integer as treated_on,
      case when analytic then analytic_class else pick(tumor_id, 'nonanalytic', ['30', '32', '33', '43']) end as class_of_case,
      pick(tumor_id, 'regional', ['2', '3', '3', '4']) as regional,
      -- Blood and marrow, lymphomas of nodes, brain: no regional nodes are counted.
      primary_site[:3] in ('C42', 'C70', 'C77') as without_nodes
    from tumor)))
group by patient_no
order by patient_no
