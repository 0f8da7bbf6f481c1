/** One source of the demo: which contract it feeds, how its files are written and how often they are drawn. */
export interface Extract {
  /** Contract id, source id and stem of the file names, all the same word; the SQL is in extract/<id>.sql. */
  readonly id: string;
  readonly ending: 'csv' | 'csv.gz' | 'ndjson' | 'parquet' | 'xml.gz';
  /** One file per month of discharge instead of one file. */
  readonly monthly?: boolean;
  /** What the source stands for, as himsight.yaml says it. */
  readonly says: string;
}

/** Every extract of the demo, one of each contract, in the order of himsight.yaml. */
export const extracts: readonly Extract[] = [
  { id: 'facility', ending: 'csv', says: 'the four hospitals, their beds and time zones' },
  { id: 'provider', ending: 'csv.gz', says: 'physicians and other providers, as surrogates' },
  { id: 'encounter', ending: 'csv', monthly: true, says: 'stays and visits, a file a month' },
  { id: 'encounter_code', ending: 'csv', says: 'diagnosis and procedure codes' },
  { id: 'encounter_drg', ending: 'csv', says: 'MS-DRGs from baseline to audited' },
  { id: 'coding_event', ending: 'csv', says: "the coders' work, event by event" },
  { id: 'audit_review', ending: 'csv', says: 'audits of coding; St. Anne sends counts only' },
  { id: 'audit_code', ending: 'csv', says: "what the auditor made of the coder's codes" },
  { id: 'deficiency', ending: 'csv', says: 'what charts lacked, and until when' },
  { id: 'document', ending: 'csv', says: 'documents: authored, transcribed, signed' },
  { id: 'procedure_case', ending: 'ndjson', says: 'surgical cases' },
  { id: 'billing', ending: 'csv', says: 'bills, original and late' },
  { id: 'charge_event', ending: 'parquet', says: 'charges as they were posted' },
  { id: 'billing_hold', ending: 'csv', says: 'why a bill waited, and for whom' },
  { id: 'period_stat', ending: 'csv.gz', says: "each facility's totals and coder hours by month" },
  { id: 'query', ending: 'csv', says: 'queries to providers, of CDI specialists and coders' },
  { id: 'cdi_review', ending: 'csv', says: 'looks of CDI specialists at records' },
  { id: 'denial', ending: 'csv', says: 'denials of claims, level by level' },
  { id: 'roi_request', ending: 'ndjson', says: 'requests for release of information' },
  { id: 'mpi_stat', ending: 'csv', says: 'monthly counts of two patient indexes' },
  { id: 'provider_interval', ending: 'csv', says: 'providers away or suspended' },
  { id: 'tumor', ending: 'xml.gz', says: 'the cancer registry, NAACCR XML record type I' },
];
