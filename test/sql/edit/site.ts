/** Site, histology, behavior, confirmation and laterality. */
export const siteExamples = `
site_fits_sex
  fails  primarySite=C510 sexAssignedAtBirth=1
  fails  primarySite=C589 sex=1
  fails  primarySite=C600 sexAssignedAtBirth=2
  fails  primarySite=C639 sexAssignedAtBirth=2
  holds  primarySite=C509 sexAssignedAtBirth=1
  holds  primarySite=C510 sexAssignedAtBirth=2
  holds  primarySite=C600 sexAssignedAtBirth=1
  holds  primarySite=C649 sexAssignedAtBirth=2
two_items_of_sex_agree
  fails  sexAssignedAtBirth=1 sex=2
  holds  sexAssignedAtBirth=1 sex=1
leukemia_in_bone_marrow
  fails  primarySite=C420 histologicTypeIcdO3=9861
  fails  primarySite=C509 histologicTypeIcdO3=9865
  fails  primarySite=C509 histologicTypeIcdO3=9876
  fails  primarySite=C809 histologicTypeIcdO3=9897
  holds  primarySite=C421 histologicTypeIcdO3=9861
  holds  primarySite=C420 histologicTypeIcdO3=9861 overRideSiteType=1
myeloma_in_bone_marrow
  fails  primarySite=C412 histologicTypeIcdO3=9732
  holds  primarySite=C421 histologicTypeIcdO3=9732
  holds  primarySite=C412 histologicTypeIcdO3=9732 overRideSiteType=1
meningioma_in_meninges
  fails  primarySite=C719 histologicTypeIcdO3=9530
  fails  primarySite=C719 histologicTypeIcdO3=9539
  holds  primarySite=C709 histologicTypeIcdO3=9530
  holds  primarySite=C719 histologicTypeIcdO3=9539 overRideSiteType=1
glioma_in_nervous_system
  fails  primarySite=C349 histologicTypeIcdO3=9380
  fails  primarySite=C649 histologicTypeIcdO3=9480
  holds  primarySite=C719 histologicTypeIcdO3=9440
  holds  primarySite=C753 histologicTypeIcdO3=9380
  holds  primarySite=C349 histologicTypeIcdO3=9380 overRideSiteType=1
retinoblastoma_in_eye
  fails  primarySite=C719 histologicTypeIcdO3=9510
  fails  primarySite=C719 histologicTypeIcdO3=9514
  holds  primarySite=C692 histologicTypeIcdO3=9510
  holds  primarySite=C719 histologicTypeIcdO3=9510 overRideSiteType=1
renal_tumor_in_kidney
  fails  primarySite=C659 histologicTypeIcdO3=8312
  fails  primarySite=C569 histologicTypeIcdO3=8960
  fails  primarySite=C569 histologicTypeIcdO3=8319
  holds  primarySite=C649 histologicTypeIcdO3=8312
  holds  primarySite=C659 histologicTypeIcdO3=8312 overRideSiteType=1
hepatocellular_in_liver
  fails  primarySite=C221 histologicTypeIcdO3=8170
  fails  primarySite=C259 histologicTypeIcdO3=8175
  holds  primarySite=C220 histologicTypeIcdO3=8170
  holds  primarySite=C259 histologicTypeIcdO3=8175 overRideSiteType=1
thyroid_carcinoma_in_thyroid
  fails  primarySite=C779 histologicTypeIcdO3=8330
  fails  primarySite=C779 histologicTypeIcdO3=8347
  holds  primarySite=C739 histologicTypeIcdO3=8340
  holds  primarySite=C779 histologicTypeIcdO3=8347 overRideSiteType=1
lobular_carcinoma_in_breast
  fails  primarySite=C619 histologicTypeIcdO3=8520
  holds  primarySite=C504 histologicTypeIcdO3=8520
  holds  primarySite=C619 histologicTypeIcdO3=8520 overRideSiteType=1
mycosis_fungoides_in_skin
  fails  primarySite=C779 histologicTypeIcdO3=9700
  holds  primarySite=C445 histologicTypeIcdO3=9701
  holds  primarySite=C779 histologicTypeIcdO3=9700 overRideSiteType=1
ill_defined_site_not_in_situ
  fails  primarySite=C809 behaviorCodeIcdO3=2
  fails  primarySite=C760 behaviorCodeIcdO3=2
  fails  primarySite=C269 behaviorCodeIcdO3=2
  holds  primarySite=C509 behaviorCodeIcdO3=2
  holds  primarySite=C809 behaviorCodeIcdO3=2 overRideSiteBehavior=1
hematopoietic_not_in_situ
  fails  histologicTypeIcdO3=9590 behaviorCodeIcdO3=2
  fails  histologicTypeIcdO3=9993 behaviorCodeIcdO3=2
  holds  histologicTypeIcdO3=9590 behaviorCodeIcdO3=3
  holds  histologicTypeIcdO3=9590 behaviorCodeIcdO3=1
  holds  histologicTypeIcdO3=9590 behaviorCodeIcdO3=2 overRideHistology=1
in_situ_is_confirmed
  fails  behaviorCodeIcdO3=2 diagnosticConfirmation=5
  fails  behaviorCodeIcdO3=2 diagnosticConfirmation=9
  holds  behaviorCodeIcdO3=2 diagnosticConfirmation=4
  holds  behaviorCodeIcdO3=2 diagnosticConfirmation=8 overRideHistology=2
confirmation_of_lymphoma
  fails  histologicTypeIcdO3=9590 diagnosticConfirmation=6
  fails  histologicTypeIcdO3=9590 diagnosticConfirmation=8
  fails  histologicTypeIcdO3=9861 diagnosticConfirmation=6
  holds  histologicTypeIcdO3=9861 diagnosticConfirmation=8
  holds  histologicTypeIcdO3=9590 diagnosticConfirmation=7
  holds  histologicTypeIcdO3=9590 diagnosticConfirmation=6 overRideLeukLymphoma=1
immunophenotyping_of_hematopoietic
  fails  histologicTypeIcdO3=8140 diagnosticConfirmation=3
  fails  histologicTypeIcdO3=9590 diagnosticConfirmation=3 dateOfDiagnosis=2009
  holds  histologicTypeIcdO3=9590 diagnosticConfirmation=3 dateOfDiagnosis=2010
benign_outside_nervous_system
  fails  behaviorCodeIcdO3=0 primarySite=C509
  fails  behaviorCodeIcdO3=1 primarySite=C750
  fails  behaviorCodeIcdO3=0 primarySite=C700 dateOfDiagnosis=20031231
  holds  behaviorCodeIcdO3=0 primarySite=C700 dateOfDiagnosis=20040101
  holds  behaviorCodeIcdO3=1 primarySite=C751
  holds  behaviorCodeIcdO3=0 primarySite=C729
skin_carcinoma_is_not_reportable
  fails  primarySite=C449 histologicTypeIcdO3=8000
  fails  primarySite=C440 histologicTypeIcdO3=8110
  holds  primarySite=C449 histologicTypeIcdO3=8120
  holds  primarySite=C449 histologicTypeIcdO3=8720 classOfCase=14
cervix_in_situ_is_not_reportable
  fails  primarySite=C539 behaviorCodeIcdO3=2 histologicTypeIcdO3=8070 dateOfDiagnosis=19960101
  holds  primarySite=C539 behaviorCodeIcdO3=2 histologicTypeIcdO3=8070 dateOfDiagnosis=19951231
  holds  primarySite=C539 behaviorCodeIcdO3=3 histologicTypeIcdO3=8070
prostate_in_situ_is_not_reportable
  fails  primarySite=C619 histologicTypeIcdO3=8148 behaviorCodeIcdO3=2
  holds  primarySite=C619 histologicTypeIcdO3=8148 behaviorCodeIcdO3=3
  holds  primarySite=C619 histologicTypeIcdO3=8140 behaviorCodeIcdO3=2
laterality_of_paired_site
  fails  primarySite=C509 laterality=0
  fails  primarySite=C710 laterality=0 dateOfDiagnosis=20040101
  fails  primarySite=C445 laterality=0
  holds  primarySite=C509 laterality=9
  holds  primarySite=C710 laterality=1
laterality_of_unpaired_site
  fails  primarySite=C619 laterality=3
  fails  primarySite=C444 laterality=9
  fails  primarySite=C710 laterality=9 dateOfDiagnosis=20031231
  holds  primarySite=C739 laterality=2
  holds  primarySite=C619 laterality=0
  holds  primarySite=C710 laterality=0 dateOfDiagnosis=20031231
middle_lobe_is_right
  fails  primarySite=C342 laterality=2
  holds  primarySite=C342 laterality=1
unknown_primary_has_no_side
  fails  primarySite=C809 laterality=9
  holds  primarySite=C809 laterality=0
laterality_of_in_situ
  fails  primarySite=C509 behaviorCodeIcdO3=2 histologicTypeIcdO3=8500 laterality=9
  fails  primarySite=C509 behaviorCodeIcdO3=2 histologicTypeIcdO3=8500 laterality=4
  holds  primarySite=C509 behaviorCodeIcdO3=2 histologicTypeIcdO3=8500 laterality=3
  holds  primarySite=C509 behaviorCodeIcdO3=2 histologicTypeIcdO3=8500 laterality=9 overRideSiteLatMorph=1
midline_where_sides_meet
  fails  primarySite=C509 laterality=5
  fails  primarySite=C445 laterality=5 dateOfDiagnosis=20091231
  fails  primarySite=C715 laterality=5
  holds  primarySite=C445 laterality=5 dateOfDiagnosis=20100101
  holds  primarySite=C714 laterality=5
both_sides_are_rare
  fails  primarySite=C509 histologicTypeIcdO3=8500 laterality=4
  holds  primarySite=C509 histologicTypeIcdO3=8530 laterality=4
  holds  primarySite=C569 histologicTypeIcdO3=8441 laterality=4
  holds  primarySite=C649 histologicTypeIcdO3=8960 laterality=4
  holds  primarySite=C692 histologicTypeIcdO3=9510 laterality=4
receptors_of_breast
  fails  primarySite=C569 estrogenReceptorSummary=1
  fails  primarySite=C169 her2OverallSummary=0
  holds  primarySite=C501 estrogenReceptorSummary=1 progesteroneRecepSummary=0
`;
