/** Stage, nodes and the first course of treatment. */
export const treatmentExamples = `
summary_stage_2018_from_2018
  fails  summaryStage2018=1 dateOfDiagnosis=20171231
  holds  summaryStage2018=1 dateOfDiagnosis=20180101
summary_stage_2000_until_2017
  fails  seerSummaryStage2000=1 dateOfDiagnosis=20180101
  fails  seerSummaryStage2000=1 dateOfDiagnosis=20001231
  holds  seerSummaryStage2000=1 dateOfDiagnosis=20171231
  holds  seerSummaryStage2000=1 dateOfDiagnosis=20010101
in_situ_is_stage_0
  fails  behaviorCodeIcdO3=2 summaryStage2018=1
  fails  behaviorCodeIcdO3=2 seerSummaryStage2000=7 dateOfDiagnosis=2010
  holds  behaviorCodeIcdO3=2 summaryStage2018=0
  holds  behaviorCodeIcdO3=2 summaryStage2018=9
malignant_is_not_stage_0
  fails  behaviorCodeIcdO3=3 histologicTypeIcdO3=8500 summaryStage2018=0
  fails  behaviorCodeIcdO3=3 histologicTypeIcdO3=8544 summaryStage2018=0
  holds  behaviorCodeIcdO3=3 histologicTypeIcdO3=8500 summaryStage2018=1
benign_is_stage_8
  fails  behaviorCodeIcdO3=0 summaryStage2018=1
  fails  behaviorCodeIcdO3=3 summaryStage2018=8
  holds  behaviorCodeIcdO3=1 summaryStage2018=8
  holds  behaviorCodeIcdO3=3 summaryStage2018=9
unknown_primary_is_unstaged
  fails  primarySite=C809 histologicTypeIcdO3=8000 summaryStage2018=7
  holds  primarySite=C809 histologicTypeIcdO3=8000 summaryStage2018=9
leukemia_is_distant
  fails  histologicTypeIcdO3=9861 summaryStage2018=1
  fails  histologicTypeIcdO3=9840 seerSummaryStage2000=9 dateOfDiagnosis=2010
  holds  histologicTypeIcdO3=9861 summaryStage2018=7
metastasis_is_distant
  fails  histologicTypeIcdO3=8500 summaryStage2018=1 metsAtDxBone=1
  fails  histologicTypeIcdO3=8500 summaryStage2018=9 metsAtDxOther=1 dateOfDiagnosis=20180101
  holds  histologicTypeIcdO3=8500 summaryStage2018=7 metsAtDxBone=1
positive_nodes_are_staged
  fails  histologicTypeIcdO3=8500 summaryStage2018=1 regionalNodesPositive=01
  fails  histologicTypeIcdO3=8500 summaryStage2018=2 regionalNodesPositive=97
  holds  histologicTypeIcdO3=8500 summaryStage2018=3 regionalNodesPositive=90
  holds  histologicTypeIcdO3=8500 summaryStage2018=1 regionalNodesPositive=01 overRideSsNodespos=1
nodes_positive_within_examined
  fails  regionalNodesPositive=03 regionalNodesExamined=02
  fails  regionalNodesPositive=90 regionalNodesExamined=89
  holds  regionalNodesPositive=02 regionalNodesExamined=02
no_nodes_examined_none_positive
  fails  regionalNodesPositive=00 regionalNodesExamined=00
  fails  regionalNodesPositive=98 regionalNodesExamined=01
  holds  regionalNodesPositive=98 regionalNodesExamined=00
  holds  regionalNodesPositive=00 regionalNodesExamined=01
nodes_not_counted_of_systemic
  fails  primarySite=C421 regionalNodesPositive=98 regionalNodesExamined=00
  fails  primarySite=C719 regionalNodesPositive=99 regionalNodesExamined=00 dateOfDiagnosis=20040101
  holds  primarySite=C778 regionalNodesPositive=99 regionalNodesExamined=99
surgery_and_reason_agree
  fails  rxSummSurgPrimSite=30 reasonForNoSurgery=1
  fails  rxSummSurgPrimSite2023=A000 reasonForNoSurgery=0 dateOfDiagnosis=2023
  holds  rxSummSurgPrimSite=10 reasonForNoSurgery=0
  holds  rxSummSurgPrimSite2023=A000 reasonForNoSurgery=1 dateOfDiagnosis=2023
surgery_item_of_year
  fails  rxSummSurgPrimSite2023=A200 dateOfDiagnosis=20221231
  fails  rxSummSurgPrimSite=20 dateOfDiagnosis=20230101
  fails  rxSummSurgPrimSite=20 dateOfDiagnosis=20021231
  holds  rxSummSurgPrimSite2023=A200 dateOfDiagnosis=20230101
  holds  rxSummSurgPrimSite=20 dateOfDiagnosis=20221231
  holds  rxSummSurgPrimSite=20 dateOfDiagnosis=20030101
no_radiation_no_date
  fails  rxSummRadiation=0 rxDateRadiation=20200701
  holds  rxSummRadiation=0
no_chemotherapy_no_date
  fails  rxSummChemo=00 rxDateChemo=20200701
  holds  rxSummChemo=00
no_hormone_therapy_no_date
  fails  rxSummHormone=00 rxDateHormone=20200701
  holds  rxSummHormone=00
no_immunotherapy_no_date
  fails  rxSummBrm=00 rxDateBrm=20200701
  holds  rxSummBrm=00
no_surgery_no_date
  fails  rxSummSurgPrimSite=00 rxSummScopeRegLnSur=0 rxSummSurgOthRegDis=0 rxDateSurgery=20200701
  fails  rxSummSurgPrimSite2023=A000 rxSummScopeRegLnSur=0 rxSummSurgOthRegDis=0 rxDateSurgery=20230701
  holds  rxSummSurgPrimSite=00 rxSummScopeRegLnSur=0 rxSummSurgOthRegDis=0
treatment_status_agrees
  fails  rxSummTreatmentStatus=0 rxSummChemo=03
  fails  rxSummTreatmentStatus=2 rxSummOther=1 dateOfDiagnosis=2010
  fails  rxSummTreatmentStatus=1 rxSummSurgPrimSite=00 rxSummScopeRegLnSur=0 rxSummSurgOthRegDis=0 rxSummRadiation=0 rxSummChemo=00 rxSummHormone=00 rxSummBrm=00 rxSummOther=0 rxSummTransplntEndocr=00
  holds  rxSummTreatmentStatus=1 rxSummSurgPrimSite=00 rxSummScopeRegLnSur=2 rxSummSurgOthRegDis=0 rxSummRadiation=0 rxSummChemo=00 rxSummHormone=00 rxSummBrm=00 rxSummOther=0 rxSummTransplntEndocr=00
  holds  rxSummTreatmentStatus=0 rxSummChemo=87
surgery_radiation_sequence
  fails  rxSummSurgRadSeq=0 rxSummSurgPrimSite=20 rxSummRadiation=1
  fails  rxSummSurgRadSeq=3 rxSummSurgPrimSite=20 rxSummRadiation=0
  fails  rxSummSurgRadSeq=9 rxSummSurgPrimSite=00 rxSummScopeRegLnSur=0 rxSummSurgOthRegDis=0 rxSummRadiation=1
  holds  rxSummSurgRadSeq=3 rxSummSurgPrimSite=20 rxSummRadiation=1
  holds  rxSummSurgRadSeq=0 rxSummSurgPrimSite=00 rxSummRadiation=1
surgery_brings_confirmation
  fails  rxSummSurgPrimSite=20 diagnosticConfirmation=6
  fails  rxSummSurgPrimSite2023=B900 diagnosticConfirmation=9 dateOfDiagnosis=2023
  holds  rxSummSurgPrimSite=90 diagnosticConfirmation=5
  holds  rxSummSurgPrimSite=20 diagnosticConfirmation=8 overRideSurgDxconf=1
grade_item_of_year
  fails  grade=2 dateOfDiagnosis=20180101
  fails  gradeClinical=2 dateOfDiagnosis=20171231
  fails  gradePathological=2 dateOfDiagnosis=20171231
  holds  grade=2 dateOfDiagnosis=20171231
  holds  gradeClinical=2 dateOfDiagnosis=20180101
`;
