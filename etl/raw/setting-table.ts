import { createHash } from 'node:crypto';
import type { RawTable } from '../../warehouse/model/compiled.ts';
import { identifier, literal } from '../../warehouse/quote.ts';
import type { BatchReport } from '../land/batch-report.ts';
import type { RawColumn } from './raw-rows.ts';
import { reasonRows } from './reason-row.ts';
import type { MetricSettings } from '../workspace/config.ts';
import type { Workspace } from '../workspace/workspace.ts';

type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Raw tables that himsight.yaml fills: those of the sources, policies, targets and metric settings. */
export const settingTables = (
  batches: readonly BatchReport[],
  { sources, targets, config }: Workspace,
): readonly RawTable[] => [
  settingTable(
    'source',
    [
      { name: 'source_id', type: 'VARCHAR', describes: 'Id of the source in himsight.yaml' },
      { name: 'timezone', type: 'VARCHAR', describes: 'IANA zone of its facilities that name none' },
      { name: 'privacy_mode', type: 'VARCHAR' },
      {
        name: 'is_instant',
        type: 'BOOLEAN',
        describes: "Whether its timestamps are UTC, else the facility's wall clock",
      },
      {
        name: 'as_of_ts',
        type: 'TIMESTAMP',
        describes: "The extract's as-of, else the latest timestamp landed; its rows' clock",
      },
    ],
    sources.map(({ id, timezone, privacy }) => {
      const own = batches.filter(({ source }) => source === id);
      return {
        source_id: id,
        timezone,
        privacy_mode: privacy,
        is_instant: own.some(({ isInstant }) => isInstant),
        as_of_ts: own
          .flatMap(({ asOf }) => asOf ?? [])
          .sort()
          .at(-1),
      };
    }),
  ),
  settingTable(
    'completion_policy',
    [
      ...texts('facility_id', 'doc_type', 'action_type', 'patient_class', 'clock_start'),
      { name: 'due_hours', type: 'DECIMAL(18,4)' },
      { name: 'delinquent_days', type: 'BIGINT' },
      { name: 'suspend_days', type: 'BIGINT' },
      { name: 'counts_toward_delinquency', type: 'BOOLEAN' },
      { name: 'holds_stop_clock', type: 'BOOLEAN' },
      { name: 'valid_from', type: 'DATE' },
      { name: 'valid_to', type: 'DATE' },
      ...texts('citation'),
    ],
    (config.completion_policies ?? []).map((policy) => ({ ...policy })),
  ),
  settingTable(
    'target',
    [
      ...texts('metric_id', 'scope'),
      { name: 'value', type: 'DOUBLE' },
      ...texts('direction', 'label', 'citation', 'policy_window'),
      { name: 'valid_from', type: 'DATE' },
      { name: 'valid_to', type: 'DATE' },
    ],
    targets.map(({ window, ...target }) => ({ ...target, policy_window: window })),
  ),
  settingTable('metric_setting', texts('name', 'value'), plainSettings(config.metric_settings ?? {})),
  settingTable(
    'work_unit',
    [...texts('patient_class'), { name: 'units', type: 'DOUBLE' }],
    Object.entries(config.metric_settings?.work_units ?? {}).map(([patient_class, units]) => ({
      patient_class,
      units,
    })),
  ),
  settingTable(
    'reason_map',
    texts('kind', 'code', 'category', 'owner'),
    reasonRows(config.metric_settings?.reason_map ?? []).map((reason) => ({ ...reason })),
  ),
  settingTable(
    'score_weight',
    [...texts('facility_id', 'part'), { name: 'weight', type: 'DOUBLE' }, ...days('valid_from', 'valid_to')],
    (config.metric_settings?.score_weights ?? []).map((weight) => ({ ...weight })),
  ),
  settingTable(
    'blended_rate',
    [...texts('facility_id'), { name: 'dollars', type: 'DOUBLE' }, ...days('valid_from', 'valid_to')],
    blendedRates(config.metric_settings),
  ),
];

const blendedRates = ({ blended_rate: everywhere, blended_rates: rates = [] }: MetricSettings = {}): readonly Row[] => [
  ...(everywhere === undefined ? [] : [{ dollars: everywhere }]),
  ...rates.map((rate) => ({ ...rate })),
];

const days = (...names: readonly string[]): readonly RawColumn[] => names.map((name) => ({ name, type: 'DATE' }));

/** Settings by name; of `roi_policy_days`, one of its own for each kind of requestor. The other tables fill others. */
const plainSettings = ({ roi_policy_days: policyDays = {}, ...settings }: MetricSettings): readonly Row[] =>
  [
    ...Object.entries(settings).filter(([, value]) => typeof value !== 'object'),
    ...Object.entries(policyDays).map(([kind, days]) => [`roi_policy_days.${kind}`, days] as const),
  ].map(([name, value]) => ({ name, value: String(value as string | number | boolean) }));

const texts = (...names: readonly string[]): readonly RawColumn[] => names.map((name) => ({ name, type: 'VARCHAR' }));

const settingTable = (name: string, columns: readonly RawColumn[], rows: readonly Row[]): RawTable => {
  const select = (row: Row): string =>
    `select ${columns.map((column) => `${valueOf(row[column.name])}::${column.type} as ${identifier(column.name)}`).join(', ')}`;
  const query = rows.length > 0 ? rows.map(select).join('\nunion all ') : `${select({})} where false`;
  return { name, columns, query, fingerprint: createHash('sha256').update(query).digest('hex') };
};

const valueOf = (value: Row[string]): string =>
  value === null || value === undefined ? 'null' : typeof value === 'string' ? literal(value) : String(value);
