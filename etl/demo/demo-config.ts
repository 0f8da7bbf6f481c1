import { settingsYaml } from './demo-setting.ts';
import { extracts, type Extract } from './extract.ts';
import type { DemoArguments } from './setting.ts';
import { stories } from './story.ts';

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

/** What happened in this hospital; rows spoilt on purpose are a story of their own. */
const told = ({ without = [], bad }: DemoArguments): readonly string[] => [
  ...stories.map(({ id }) => id).filter((id) => !without.includes(id)),
  ...(bad > 0 ? ['bad-rows'] : []),
];

/** Text of the demo's himsight.yaml, its extracts in `folder`. */
export const demoConfig = (
  folder: string,
  demo: DemoArguments,
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
  # Riverside had a year to come down to the others.
  - { metric_id: delinquency_rate, scope: riverside, value: 0.25, direction: at_most, label: house target 25 %, citation: Demo medical staff rules, valid_to: 2025-09-01 }
  - { metric_id: delinquency_rate, scope: riverside, value: 0.15, direction: at_most, label: house target 15 %, citation: Demo medical staff rules, valid_from: 2025-09-01 }
  - { metric_id: abstracted_in_6_months, value: 0.9, direction: at_least, label: 90 % in six months, citation: 'CoC Program Standards 2016, standard 5.2' }

# When a document is due and a record delinquent, as the medical staff decided. A part left out (facility, document,
# class) stands for any.
completion_policies:
  - { doc_type: HP, clock_start: admit, due_hours: 24, citation: '42 CFR 482.22(c)(5)' }
  - { doc_type: OP, clock_start: surgery_end, due_hours: 24, citation: Demo medical staff rules; 42 CFR 482.51(b)(6) says immediately }
  - { doc_type: DS, clock_start: discharge, due_hours: 72, citation: Demo medical staff rules }
  - { doc_type: VERBAL_ORDER, clock_start: order, due_hours: 48, citation: Demo medical staff rules; 42 CFR 482.24(c)(2) says promptly }
  - { clock_start: discharge, delinquent_days: 30, suspend_days: 45, counts_toward_delinquency: true, holds_stop_clock: true, citation: '30 days: customary; 42 CFR 482.24(c)(4)(viii) asks for complete records by then' }

# How measures count.
metric_settings:
${settingsYaml()}
# A hospital's own cancer registry, not a central one.
registry:
  kind: hospital

# What happened here: the pages offer a tour of it.
demo:
  stories: [${told(demo).join(', ')}]

server:
  host: 127.0.0.1
  port: 4180
`;
