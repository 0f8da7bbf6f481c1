import { fileURLToPath } from 'node:url';
import { readContracts, sqlType } from '../../etl/contract/contract.ts';
import { codeTableColumns } from '../../etl/raw/code-table-columns.ts';
import { compile } from '../../warehouse/model/compile.ts';
import type { Column, Compiled, RawTable } from '../../warehouse/model/compiled.ts';
import { keptFindings } from '../../warehouse/model/kept-findings.ts';
import { readProject } from '../../warehouse/project.ts';
import { identifier } from '../../warehouse/quote.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Columns that landing adds to every row of a contract. */
const LANDED: readonly Column[] = [
  { name: 'source_id', type: 'VARCHAR' },
  { name: 'batch_id', type: 'VARCHAR' },
  { name: 'record', type: 'BIGINT' },
];

const columns = (declared: Readonly<Record<string, string>>): Column[] =>
  Object.entries(declared).map(([name, type]) => ({ name, type }));

/** Raw tables filled from configuration. */
const SYSTEM: Readonly<Record<string, readonly Column[]>> = {
  source: columns({
    source_id: 'VARCHAR',
    timezone: 'VARCHAR',
    privacy_mode: 'VARCHAR',
    is_instant: 'BOOLEAN',
    as_of_ts: 'TIMESTAMP',
  }),
  completion_policy: columns({
    ...{
      facility_id: 'VARCHAR',
      doc_type: 'VARCHAR',
      action_type: 'VARCHAR',
      patient_class: 'VARCHAR',
      clock_start: 'VARCHAR',
    },
    ...{
      due_hours: 'DECIMAL(18,4)',
      delinquent_days: 'BIGINT',
      suspend_days: 'BIGINT',
      counts_toward_delinquency: 'BOOLEAN',
    },
    ...{ holds_stop_clock: 'BOOLEAN', valid_from: 'DATE', valid_to: 'DATE', citation: 'VARCHAR' },
  }),
  target: columns({
    ...{ metric_id: 'VARCHAR', scope: 'VARCHAR', value: 'DOUBLE', direction: 'VARCHAR', label: 'VARCHAR' },
    ...{ citation: 'VARCHAR', policy_window: 'VARCHAR', valid_from: 'DATE', valid_to: 'DATE' },
  }),
  metric_setting: columns({ name: 'VARCHAR', value: 'VARCHAR' }),
  work_unit: columns({ patient_class: 'VARCHAR', units: 'DOUBLE' }),
  reason_map: columns({ kind: 'VARCHAR', code: 'VARCHAR', category: 'VARCHAR', owner: 'VARCHAR' }),
  score_weight: columns({
    ...{ facility_id: 'VARCHAR', part: 'VARCHAR', weight: 'DOUBLE', valid_from: 'DATE', valid_to: 'DATE' },
  }),
  blended_rate: columns({ facility_id: 'VARCHAR', dollars: 'DOUBLE', valid_from: 'DATE', valid_to: 'DATE' }),
  ...codeTableColumns,
};

let known: ReadonlyMap<string, readonly Column[]> | undefined;

/** Every raw table by name, with its columns as landing makes them; read once a test file. */
export const rawColumns = (): ReadonlyMap<string, readonly Column[]> =>
  (known ??= new Map([
    ...[...readContracts().values()].map((contract): [string, readonly Column[]] => [
      contract.id,
      [...contract.columns.map((column) => ({ name: column.name, type: sqlType(column) })), ...LANDED],
    ]),
    ...Object.entries(SYSTEM),
  ]));

let shipped: Promise<Compiled> | undefined;

/** The shipped project, compiled once a test file. */
export const compileShipped = (): Promise<Compiled> =>
  (shipped ??= compile({
    project: readProject([at('sql')]),
    kept: keptFindings(),
    raw: [...rawColumns()].map(([name, declared]): RawTable => ({
      ...{ name, columns: declared, fingerprint: '' },
      query: `from input.main.${identifier(name)}`,
    })),
  }));
