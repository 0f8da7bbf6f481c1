/** Dates, ages, class of case, reporting source, sequence numbers and vital status. */
export const dateExamples = `
diagnosis_after_birth
  fails  dateOfBirth=20200616
  fails  dateOfBirth=202007
  holds  dateOfBirth=20200615
  holds  dateOfBirth=202006
  holds  dateOfBirth=20200616 overRideAgeSiteMorph=2
birth_before_last_contact
  fails  dateOfBirth=20200616 dateOfLastContact=20200615
  holds  dateOfBirth=20200616 dateOfLastContact=20200616
diagnosis_before_last_contact
  fails  dateOfLastContact=20200614
  fails  dateOfLastContact=202005
  fails  dateOfLastContact=20200615 dateOf1stContact=20200616
  holds  dateOfLastContact=20200615
  holds  dateOfLastContact=2020
referral_after_diagnosis
  fails  classOfCase=20 dateOf1stContact=20200614
  fails  classOfCase=22 dateOf1stContact=20200614
  holds  classOfCase=21 dateOf1stContact=20200615
treatment_after_diagnosis
  fails  rxDateSurgery=20200614
  fails  rxDateOther=2019 rxDateSurgery=20200701
  holds  rxDateSurgery=20200615
  holds  rxDateChemo=202006
treatment_before_last_contact
  fails  dateOfLastContact=20200801 rxDateRadiation=20200802
  holds  dateOfLastContact=20200801 rxDateRadiation=20200801
first_course_begins_first
  fails  date1stCrsRxCoc=20200702 rxDateSurgery=20200710 rxDateChemo=20200701
  fails  dateInitialRxSeer=20200702 rxDateBrm=20200701
  holds  date1stCrsRxCoc=20200701 rxDateSurgery=20200710 rxDateChemo=20200701
completed_after_first_contact
  fails  dateOf1stContact=20200616 dateCaseCompleted=20200615
  fails  dateCaseInitiated=20200716 dateCaseCompletedCoc=20200715 dateCaseCompleted=20200801
  holds  dateOf1stContact=20200616 dateCaseInitiated=20200616 dateCaseCompleted=20200616
recurrence_within_follow_up
  fails  recurrenceDate1st=20200614
  fails  recurrenceDate1st=20210102 dateOfLastContact=20210101
  holds  recurrenceDate1st=20210101 dateOfLastContact=20210101
cancer_status_within_follow_up
  fails  dateOfLastCancerStatus=20200614
  fails  dateOfLastCancerStatus=20210102 dateOfLastContact=20210101
  holds  dateOfLastCancerStatus=20210101 dateOfLastContact=20210101
age_fits_birth_year
  fails  dateOfBirth=1960 ageAtDiagnosis=058
  fails  dateOfBirth=1960 ageAtDiagnosis=062
  holds  dateOfBirth=1960 ageAtDiagnosis=059
  holds  dateOfBirth=196012 ageAtDiagnosis=061
age_fits_birth_date
  fails  dateOfBirth=19600616 ageAtDiagnosis=060
  fails  dateOfBirth=19600615 ageAtDiagnosis=059
  holds  dateOfBirth=19600616 ageAtDiagnosis=059
  holds  dateOfBirth=19600615 ageAtDiagnosis=060
age_is_possible
  fails  ageAtDiagnosis=121
  holds  ageAtDiagnosis=120
  holds  ageAtDiagnosis=000
childhood_tumor_of_adult
  fails  histologicTypeIcdO3=8960 ageAtDiagnosis=015
  fails  histologicTypeIcdO3=9514 ageAtDiagnosis=060
  holds  histologicTypeIcdO3=8970 ageAtDiagnosis=014
  holds  histologicTypeIcdO3=8960 ageAtDiagnosis=040 overRideAgeSiteMorph=1
adult_carcinoma_of_child
  fails  primarySite=C189 histologicTypeIcdO3=8140 ageAtDiagnosis=014
  holds  primarySite=C189 histologicTypeIcdO3=8140 ageAtDiagnosis=015
  holds  primarySite=C189 histologicTypeIcdO3=8140 ageAtDiagnosis=014 overRideAgeSiteMorph=1
late_cancer_of_young
  fails  primarySite=C619 histologicTypeIcdO3=8140 ageAtDiagnosis=029
  fails  primarySite=C421 histologicTypeIcdO3=9732 ageAtDiagnosis=010
  holds  primarySite=C619 histologicTypeIcdO3=8140 ageAtDiagnosis=030
  holds  primarySite=C619 histologicTypeIcdO3=8140 ageAtDiagnosis=029 overRideAgeSiteMorph=1
autopsy_class_and_source
  fails  classOfCase=38 typeOfReportingSource=1
  fails  classOfCase=14 typeOfReportingSource=6
  holds  classOfCase=38 typeOfReportingSource=6
certificate_class_and_source
  fails  classOfCase=49 typeOfReportingSource=1
  fails  classOfCase=14 typeOfReportingSource=7
  holds  classOfCase=49 typeOfReportingSource=7
autopsy_and_certificate_are_of_the_dead
  fails  typeOfReportingSource=6 vitalStatus=1
  fails  typeOfReportingSource=7 vitalStatus=1
  holds  typeOfReportingSource=7 vitalStatus=0
death_certificate_without_treatment
  fails  typeOfReportingSource=7 rxDateSurgery=20200701
  fails  typeOfReportingSource=7 rxSummTreatmentStatus=1
  fails  typeOfReportingSource=7 rxSummChemo=01
  fails  typeOfReportingSource=7 rxSummSurgPrimSite2023=A100
  holds  typeOfReportingSource=7 rxSummTreatmentStatus=9 rxSummChemo=99 rxSummSurgPrimSite2023=A990
autopsy_without_treatment
  fails  typeOfReportingSource=6 rxSummRadiation=1
  fails  typeOfReportingSource=6 rxDateOther=20200701
  holds  typeOfReportingSource=6 rxSummRadiation=0 rxSummTreatmentStatus=0
autopsy_diagnosed_at_death
  fails  typeOfReportingSource=6 dateOfLastContact=20200616
  holds  typeOfReportingSource=6 dateOfLastContact=20200615
certificate_is_no_confirmation
  fails  typeOfReportingSource=7 diagnosticConfirmation=1
  holds  typeOfReportingSource=7 diagnosticConfirmation=9
certificate_of_a_second_primary
  fails  typeOfReportingSource=7 sequenceNumberCentral=01
  fails  typeOfReportingSource=7 sequenceNumberCentral=59
  holds  typeOfReportingSource=7 sequenceNumberCentral=00
  holds  typeOfReportingSource=7 sequenceNumberCentral=02 overRideReportSource=1
ill_defined_site_among_several
  fails  primarySite=C809 histologicTypeIcdO3=8000 sequenceNumberCentral=01
  fails  primarySite=C768 histologicTypeIcdO3=8000 sequenceNumberCentral=02
  holds  primarySite=C809 histologicTypeIcdO3=8000 sequenceNumberCentral=01 overRideIllDefineSite=1
  holds  primarySite=C509 histologicTypeIcdO3=8500 sequenceNumberCentral=01
ill_defined_site_among_several_at_hospital
  fails  primarySite=C809 histologicTypeIcdO3=8000 sequenceNumberHospital=01
  holds  primarySite=C809 histologicTypeIcdO3=8000 sequenceNumberHospital=01 overRideHospseqSite=1
several_tumors_are_confirmed
  fails  diagnosticConfirmation=6 sequenceNumberCentral=01
  holds  diagnosticConfirmation=5 sequenceNumberCentral=01
  holds  diagnosticConfirmation=9 sequenceNumberCentral=02 overRideSeqnoDxconf=1
several_tumors_are_confirmed_at_hospital
  fails  diagnosticConfirmation=9 sequenceNumberHospital=02
  holds  diagnosticConfirmation=5 sequenceNumberHospital=02
  holds  diagnosticConfirmation=9 sequenceNumberHospital=02 overRideHospseqDxconf=1
benign_tumor_numbered_from_60
  fails  behaviorCodeIcdO3=0 sequenceNumberHospital=00
  fails  behaviorCodeIcdO3=1 sequenceNumberCentral=59
  holds  behaviorCodeIcdO3=0 sequenceNumberHospital=60 sequenceNumberCentral=60
malignant_tumor_numbered_to_59
  fails  behaviorCodeIcdO3=3 primarySite=C509 histologicTypeIcdO3=8500 sequenceNumberHospital=60
  fails  behaviorCodeIcdO3=3 primarySite=C509 histologicTypeIcdO3=8500 sequenceNumberCentral=88
  holds  behaviorCodeIcdO3=3 primarySite=C509 histologicTypeIcdO3=8500 sequenceNumberHospital=59 sequenceNumberCentral=99
cause_of_death_of_the_dead
  fails  vitalStatus=0 causeOfDeath=0000
  fails  vitalStatus=1 causeOfDeath=C509
  holds  vitalStatus=0 causeOfDeath=7777
  holds  vitalStatus=1 causeOfDeath=0000
place_of_death_of_the_dead
  fails  vitalStatus=1 placeOfDeathState=OH
  holds  vitalStatus=1
icd_revision_fits_vital_status
  fails  vitalStatus=0 icdRevisionNumber=0
  fails  vitalStatus=1 icdRevisionNumber=1
  holds  vitalStatus=0 icdRevisionNumber=1
  holds  vitalStatus=1 icdRevisionNumber=0
icd_revision_fits_year_of_death
  fails  vitalStatus=0 icdRevisionNumber=9 dateOfLastContact=19990101
  fails  vitalStatus=0 icdRevisionNumber=1 dateOfLastContact=19981231
  fails  vitalStatus=0 icdRevisionNumber=8 dateOfLastContact=19790101
  holds  vitalStatus=0 icdRevisionNumber=1 dateOfLastContact=19990101
  holds  vitalStatus=0 icdRevisionNumber=9 dateOfLastContact=19981231
  holds  vitalStatus=0 icdRevisionNumber=8 dateOfLastContact=19781231
cause_of_death_fits_revision
  fails  icdRevisionNumber=1 causeOfDeath=1749
  fails  icdRevisionNumber=9 causeOfDeath=C509
  holds  icdRevisionNumber=1 causeOfDeath=C509
  holds  icdRevisionNumber=9 causeOfDeath=1749
cause_of_death_fits_sex
  fails  vitalStatus=0 icdRevisionNumber=1 sexAssignedAtBirth=1 causeOfDeath=C530
  fails  vitalStatus=0 icdRevisionNumber=1 sexAssignedAtBirth=2 causeOfDeath=C61
  holds  vitalStatus=0 icdRevisionNumber=1 sexAssignedAtBirth=1 causeOfDeath=C61
  holds  vitalStatus=0 icdRevisionNumber=1 sexAssignedAtBirth=1 causeOfDeath=C509
unknown_race_throughout
  fails  race1=99 race2=88
  fails  race1=01 race2=88 race3=88 race4=88 race5=99
  holds  race1=99 race2=99 race3=99 race4=99 race5=99
  holds  race1=01 race2=88
races_without_gap
  fails  race1=01 race2=88 race3=02 race4=88 race5=88
  fails  race1=01 race2=02 race3=03 race4=88 race5=04
  holds  race1=01 race2=02 race3=88 race4=88 race5=88
`;
