import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Row = Readonly<Record<string, string | number>>;

/** How the demo's measures count: everything that stands under `metric_settings`, in one place. */
const settings: Readonly<Record<string, string | number | Row | readonly Row[]>> = {
  pairing: 'category',
  pdx_double_count: 'yes',
  query_policy_hours: 72,
  work_units: { inpatient: 1, outpatient_surgery: 0.75, observation: 0.5, ed: 0.5, outpatient: 0.25 },
  score_weights: [
    { part: 'drg', weight: 30 },
    { part: 'pdx', weight: 20 },
    { part: 'mcc', weight: 12 },
    { part: 'cc', weight: 10 },
    { part: 'other_dx', weight: 10 },
    { part: 'poa', weight: 5 },
    { part: 'pcs', weight: 8 },
    { part: 'disposition', weight: 5 },
    // Lakeview's committee puts more on present on admission since it was penalised for it.
    { facility_id: 'lakeview', part: 'poa', weight: 15, valid_from: '2025-10-01' },
  ],
  blended_rates: [
    { dollars: 6800, valid_to: '2025-10-01' },
    { dollars: 6950, valid_from: '2025-10-01' },
    { facility_id: 'st-anne', dollars: 7900 },
  ],
  reason_map: [
    { kind: 'carc', code: 'CO-11', category: 'coding', owner: 'HIM' },
    { kind: 'carc', code: 'CO-236', category: 'modifier_ncci', owner: 'HIM' },
    { kind: 'carc', code: 'CO-150', category: 'drg_validation', owner: 'HIM' },
    { kind: 'carc', code: 'CO-252', category: 'clinical_validation', owner: 'HIM' },
    { kind: 'carc', code: 'CO-233', category: 'poa_hac', owner: 'HIM' },
    { kind: 'carc', code: 'CO-197', category: 'authorization', owner: 'registration' },
    { kind: 'carc', code: 'CO-27', category: 'eligibility', owner: 'registration' },
    { kind: 'hold', code: 'CODING', category: 'coding', owner: 'HIM' },
    { kind: 'hold', code: 'CODING_QUERY', category: 'query', owner: 'provider' },
    { kind: 'hold', code: 'CHART_ASSEMBLY', category: 'documents', owner: 'HIM' },
    { kind: 'hold', code: 'MISSING_DOCUMENT', category: 'documents', owner: 'provider' },
  ],
};

interface SettingSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: boolean | object;
}

/** Settings the workspace's schema knows: a table waits until the engine can read one. */
const isAccepted = ({ properties = {}, additionalProperties }: SettingSchema, name: string, value: unknown): boolean =>
  name in properties || (typeof value !== 'object' && additionalProperties !== false);

const isList = (value: unknown): value is readonly Row[] => Array.isArray(value);

const yaml = (name: string, value: (typeof settings)[string]): string =>
  isList(value)
    ? `  ${name}:\n${value.map((row) => `    - ${flow(row)}\n`).join('')}`
    : `  ${name}: ${typeof value === 'object' ? flow(value) : String(value)}\n`;

const flow = (row: Row): string =>
  `{ ${Object.entries(row)
    .map(([key, value]) => `${key}: ${key.startsWith('valid_') ? `'${value}'` : value}`)
    .join(', ')} }`;

/** The `metric_settings` of the demo's himsight.yaml. */
export const settingsYaml = (): string => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../workspace/himsight.schema.json'), 'utf8')) as {
    properties: { metric_settings: SettingSchema };
  }; // our own file
  return Object.entries(settings)
    .filter(([name, value]) => isAccepted(schema.properties.metric_settings, name, value))
    .map(([name, value]) => yaml(name, value))
    .join('');
};
