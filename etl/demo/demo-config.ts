import { extracts, type Extract } from './extract.ts';

const formats: Readonly<Record<Extract['ending'], string>> = {
  csv: 'csv',
  'csv.gz': 'csv',
  ndjson: 'ndjson',
  parquet: 'parquet',
  'xml.gz': 'naaccr-xml',
};

const sourceYaml = ({ id, ending, monthly, says }: Extract, folder: string): string => {
  // The NAACCR XML mapping writes its contract itself.
  const shape = ending === 'xml.gz' ? '    mapping: naaccr-xml' : `    contract: ${id}`;
  return `  # ${says}
  - id: ${id}
    path: ${folder}/${id}${monthly ? '-*' : ''}.${ending}
    format: ${formats[ending]}
${shape}
    timezone: America/New_York
    privacy: synthetic
`;
};

/** Text of the demo's himsight.yaml, its extracts in `folder`. */
export const demoConfig = (
  folder: string,
): string => `# The demo hospital: four invented facilities, no real patient. README.md beside this file tells its stories.
version: 1

# Raw rows, quarantine, ledger and releases.
data: data

# One entry per source. Those of a hospital look the same, with its own paths, \`privacy: limited_data_set\` and a schedule.
sources:
${extracts.map((extract) => sourceYaml(extract, folder)).join('')}
# What a metric should reach, in its own unit: a share is 0 to 1.
targets:
  - { metric_id: code_accuracy_auditor, value: 0.95, direction: at_least, label: customary 95 %, citation: Customary; no source derives it }
  - { metric_id: delinquency_rate, value: 0.15, direction: at_most, label: house target 15 %, citation: Demo medical staff rules }
  - { metric_id: abstracted_in_6_months, value: 0.9, direction: at_least, label: 90 % in six months, citation: 'CoC Program Standards 2016, standard 5.2' }

# When a record is delinquent, as the medical staff decided. A part left out (facility, document, class) stands for any.
completion_policies:
  - { clock_start: discharge, delinquent_days: 30, suspend_days: 45, counts_toward_delinquency: true, citation: '30 days: customary; 42 CFR 482.24(c)(4)(viii) asks for complete records by then' }

# A hospital's own cancer registry, not a central one.
registry:
  kind: hospital

server:
  host: 127.0.0.1
  port: 4180
`;
