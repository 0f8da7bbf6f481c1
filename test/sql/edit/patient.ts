/** Between the abstracts of one patient. */
export const patientExamples = `
tumor_told_once
  fails  primarySite=C509 histologicTypeIcdO3=8500 laterality=1 / primarySite=C504 histologicTypeIcdO3=8500 laterality=1
  holds  primarySite=C509 histologicTypeIcdO3=8500 laterality=1 / primarySite=C509 histologicTypeIcdO3=8500 laterality=2
sequence_fits_count
  fails  sequenceNumberHospital=00 / sequenceNumberHospital=02
  holds  sequenceNumberHospital=01 / sequenceNumberHospital=02
  holds  sequenceNumberHospital=00 / sequenceNumberHospital=60
hospital_sequence_unique
  fails  sequenceNumberHospital=01 / sequenceNumberHospital=01 primarySite=C509
  holds  sequenceNumberHospital=01 / sequenceNumberHospital=02
hospital_sequence_in_order
  fails  sequenceNumberHospital=01 dateOfDiagnosis=20200616 / sequenceNumberHospital=02 dateOfDiagnosis=20200615
  holds  sequenceNumberHospital=01 dateOfDiagnosis=20200615 / sequenceNumberHospital=02 dateOfDiagnosis=20200615
  holds  sequenceNumberHospital=01 dateOfDiagnosis=202007 / sequenceNumberHospital=02 dateOfDiagnosis=20200615
hospital_nonmalignant_sequence
  fails  sequenceNumberHospital=60 / sequenceNumberHospital=61
  fails  sequenceNumberHospital=61 / sequenceNumberHospital=61 primarySite=C700
  holds  sequenceNumberHospital=61 / sequenceNumberHospital=62
central_sequence_fits_count
  fails  sequenceNumberCentral=00 sequenceNumberHospital=01 / sequenceNumberCentral=01 sequenceNumberHospital=02
  holds  sequenceNumberCentral=01 sequenceNumberHospital=01 / sequenceNumberCentral=02 sequenceNumberHospital=02
central_sequence_unique
  fails  sequenceNumberCentral=01 sequenceNumberHospital=01 / sequenceNumberCentral=01 sequenceNumberHospital=02
  holds  sequenceNumberCentral=01 sequenceNumberHospital=01 / sequenceNumberCentral=02 sequenceNumberHospital=02
central_sequence_in_order
  fails  sequenceNumberCentral=01 dateOfDiagnosis=20200616 / sequenceNumberCentral=02 dateOfDiagnosis=20200615
  holds  sequenceNumberCentral=01 dateOfDiagnosis=20200615 / sequenceNumberCentral=02 dateOfDiagnosis=20200616
central_nonmalignant_sequence
  fails  sequenceNumberCentral=60 / sequenceNumberCentral=61
  holds  sequenceNumberCentral=61 / sequenceNumberCentral=62
one_sex_a_patient
  fails  sexAssignedAtBirth=1 / sex=2
  holds  sexAssignedAtBirth=1 / sex=9
one_birth_date_a_patient
  fails  dateOfBirth=19600101 / dateOfBirth=19600102
  holds  dateOfBirth=19600101 / dateOfBirth=19600101
one_race_a_patient
  fails  race1=01 / race1=02
  holds  race1=01 / race1=99
one_vital_status_a_patient
  fails  vitalStatus=0 / vitalStatus=1
  holds  vitalStatus=1 / vitalStatus=1
one_last_contact_a_patient
  fails  dateOfLastContact=20220101 / dateOfLastContact=20220102
  holds  dateOfLastContact=20220101 / dateOfLastContact=20220101
record_number_unique
  fails  tumorRecordNumber=01 primarySite=C509 / tumorRecordNumber=01 primarySite=C504
  holds  tumorRecordNumber=01 primarySite=C509 / tumorRecordNumber=02 primarySite=C509
`;
