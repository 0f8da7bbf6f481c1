import type { Catalogue, Metric } from '../../../dashboard/data/catalogue.ts';

const metric = (one: Pick<Metric, 'id' | 'code' | 'label' | 'help'> & Partial<Metric>): Metric => ({
  unit: 'share',
  better: 'higher',
  subject: 'Coding accuracy',
  page: 'coding',
  order: 10,
  scorecard: false,
  variantOf: null,
  dimensions: ['facility', 'service', 'patient_class'],
  grains: ['day', 'week', 'month', 'quarter', 'year'],
  target: null,
  definition: `${one.help}.`,
  excludes: null,
  method: 'Ratio of sums',
  source: null,
  ...one,
});

const coding = { dimensions: ['facility', 'service', 'coder', 'code_class'], method: 'Ratio of sums; 95 % interval over audited records as clusters, t with k − 1 degrees of freedom' } as const;
const completion = { subject: 'Record completion', page: 'completion', order: 20 } as const;
const delinquent = { ...completion, variantOf: 'delinquency_rate', better: 'lower', dimensions: ['facility', 'service', 'patient_class', 'provider'] } as const;
const flow = { subject: 'Coding turnaround', page: 'coding', order: 30, unit: 'days', better: 'lower' } as const;
const registry = { subject: 'Registry', page: 'registry', order: 40, dimensions: ['facility', 'site', 'stage', 'class_of_case'] } as const;

/** The metrics of product.md, as a release would list them. */
export const stubCatalogue: Catalogue = {
  release: '20260902T041012Z-5e1f09ab',
  metrics: [
    metric({
      ...coding,
      id: 'code_accuracy_auditor', code: 'CA1', label: 'Code accuracy', help: 'Correct ÷ auditor’s codes', scorecard: true, variantOf: 'code_accuracy_auditor',
      target: { value: 0.95, label: 'customary 95 %', citation: 'AHIMA 2009' },
      definition: 'Codes on which coder and auditor agree, divided by the codes the auditor found right, over all final audits of the period.',
      excludes: 'Audits not final; findings a rebuttal overturned.',
      source: 'Code-over-code method',
    }),
    metric({ ...coding, id: 'code_accuracy_coder', code: 'CA2', label: 'Code accuracy, coder’s codes', help: '1 − errors ÷ coder’s codes', variantOf: 'code_accuracy_auditor', target: { value: 0.95, label: 'customary 95 %', citation: null } }),
    metric({ ...coding, id: 'code_accuracy_all', code: 'CA3', label: 'Code accuracy, all codes', help: 'Correct ÷ codes on either side', variantOf: 'code_accuracy_auditor' }),
    metric({ ...coding, id: 'error_free_records', code: 'CA5', label: 'Error-free records', help: 'Record over record', scorecard: true, dimensions: ['facility', 'service', 'coder'], method: 'Share of records; Wilson 95 % interval' }),
    metric({
      ...delinquent,
      id: 'delinquency_rate', code: 'RC3', label: 'Delinquency rate', help: 'Delinquent ÷ average monthly discharges', scorecard: true,
      target: { value: 0.15, label: 'customary 15 %', citation: 'own policy since Jul 2024' },
      definition: 'Records delinquent at the end of the month, divided by the mean monthly discharges of the 12 full months before.',
      excludes: 'Charts awaiting analysis.',
      method: 'Stock at month end',
      source: 'Joint Commission practice',
    }),
    metric({ ...delinquent, id: 'delinquency_rate_previous_month', code: 'RC3b', label: 'Delinquency rate, on the month before', help: 'Delinquent ÷ last month’s discharges', method: 'Stock at month end' }),
    metric({ ...delinquent, id: 'delinquency_rate_cohort', code: 'RC3c', label: 'Ever delinquent', help: 'Of the records discharged then', method: 'Share of the month’s discharges; Wilson 95 % interval' }),
    metric({ ...completion, id: 'complete_in_30_days', code: 'RC4', label: 'Complete in 30 days', help: 'From discharge', scorecard: true, target: { value: 1, label: 'condition of participation', citation: '42 CFR 482.24(c)(4)(viii)' }, method: 'Kaplan–Meier at 30 days; open records counted' }),
    metric({ ...completion, id: 'deficiency_turnaround_p50', code: 'RC10', label: 'Deficiency turnaround', help: 'Median days', unit: 'days', better: 'lower', scorecard: true, variantOf: 'deficiency_turnaround_p50', dimensions: ['facility', 'service', 'doc_type', 'provider'], target: { value: 7, label: 'medical-staff rules', citation: null }, method: 'Exact quantile' }),
    metric({ ...completion, id: 'deficiency_turnaround_p90', code: 'RC10', label: 'Deficiency turnaround, 90th percentile', help: 'Days', unit: 'days', better: 'lower', variantOf: 'deficiency_turnaround_p50', dimensions: ['facility', 'service', 'doc_type', 'provider'], method: 'Exact quantile' }),
    metric({ ...completion, id: 'discharge_to_complete_km', code: 'RC5', label: 'Discharge to complete', help: 'Median days; open records included', unit: 'days', better: 'lower', scorecard: true, method: 'Kaplan–Meier median' }),
    metric({ ...completion, id: 'open_deficiencies', code: 'RC1', label: 'Open deficiencies', help: 'Still to be done', unit: 'count', better: 'lower', dimensions: ['facility', 'service', 'doc_type', 'action_type'], method: 'Stock at month end' }),
    metric({ ...completion, id: 'awaiting_analysis', code: 'RC0', label: 'Awaiting analysis', help: 'Charts nobody has analysed', unit: 'count', better: 'lower' }),
    metric({ ...flow, id: 'discharge_to_coded_km', code: 'RC15', label: 'Discharge to coded', help: 'Median days; uncoded records included', scorecard: true, target: { value: 4, label: 'customary 4 days', citation: null }, method: 'Kaplan–Meier median' }),
    metric({ ...flow, id: 'dnfc_count', code: 'FB2', label: 'DNFC', help: 'Discharged, not final coded', unit: 'count', scorecard: true, method: 'Stock at month end' }),
    metric({ ...registry, id: 'abstracted_in_6_months', code: 'RG4', label: 'Abstracted in 6 months', help: 'Analytic cases, from first contact', scorecard: true, target: { value: 0.9, label: 'Commission on Cancer', citation: 'Standard 5.2 of 2016' }, method: 'Share of cases; Wilson 95 % interval' }),
    metric({ ...registry, id: 'registry_cases', code: 'RG1', label: 'Registry cases', help: 'Abstracts by date of diagnosis', unit: 'count', better: 'neither', method: 'Count' }),
  ],
  dimensions: [
    { id: 'facility', label: 'Facility', values: [{ value: 'lakeview', label: 'Lakeview' }, { value: 'pine-creek', label: 'Pine Creek' }, { value: 'riverside', label: 'Riverside' }, { value: 'st-anne', label: 'St. Anne' }] },
    { id: 'service', label: 'Service', values: ['Cardiology', 'General surgery', 'Medicine', 'Obstetrics', 'Oncology', 'Orthopedics'].map((label) => ({ value: label.toLowerCase(), label })) },
    { id: 'patient_class', label: 'Patient class', values: ['Emergency', 'Inpatient', 'Observation', 'Outpatient surgery'].map((label) => ({ value: label.toLowerCase(), label })) },
    { id: 'coder', label: 'Coder', values: Array.from({ length: 9 }, (_, i) => ({ value: `coder-${i + 1}`, label: `Coder ${i + 1}` })) },
    { id: 'code_class', label: 'Code class', values: ['Diagnosis', 'Principal diagnosis', 'Procedure'].map((label) => ({ value: label.toLowerCase(), label })) },
    { id: 'provider', label: 'Provider', values: Array.from({ length: 30 }, (_, i) => ({ value: `provider-${i + 1}`, label: `Provider ${i + 1}` })) },
    { id: 'doc_type', label: 'Document', values: ['Consult', 'Discharge summary', 'History and physical', 'Operative report', 'Signature', 'Verbal order'].map((label) => ({ value: label.toLowerCase(), label })) },
    { id: 'action_type', label: 'Action', values: ['Dictate', 'Sign'].map((label) => ({ value: label.toLowerCase(), label })) },
    { id: 'site', label: 'Site', values: ['Breast', 'Colon', 'Lung', 'Melanoma', 'Prostate', 'Rectum', 'Thyroid', 'Urinary bladder'].map((label) => ({ value: label.toLowerCase(), label })) },
    { id: 'stage', label: 'Summary stage', values: ['In situ', 'Local', 'Regional', 'Distant', 'Unknown'].map((label, i) => ({ value: String(i === 4 ? 9 : i), label })) },
    { id: 'class_of_case', label: 'Class of case', values: ['00', '10', '14', '22'].map((value) => ({ value, label: `Class ${value}` })) },
  ],
};
