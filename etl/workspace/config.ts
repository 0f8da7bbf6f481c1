import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { checkedYaml } from './checked-yaml.ts';

/** `himsight.yaml` as it is written, its shape held by himsight.schema.json beside this file. */
export interface Config {
  readonly version?: 1;
  readonly data?: string;
  readonly sources: readonly SourceConfig[];
  readonly targets?: readonly TargetConfig[];
  readonly completion_policies?: readonly CompletionPolicyConfig[];
  readonly metric_settings?: Readonly<Record<string, string | number | boolean>>;
  readonly registry?: {
    readonly kind?: 'hospital' | 'central';
    readonly dictionaries?: readonly string[];
    readonly profiles?: Readonly<Record<string, unknown>>;
  };
  readonly code_tables?: Readonly<Record<string, string>>;
  readonly sql?: readonly string[];
  readonly server?: ServerConfig;
  readonly notify?: Readonly<Record<string, unknown>>;
}

/** One entry of `sources`. */
export interface SourceConfig {
  readonly id: string;
  readonly path: string;
  readonly format?: SourceFormat;
  readonly contract?: string;
  /** Of a workbook: the sheet to read. */
  readonly sheet?: string;
  readonly mapping?: string;
  readonly timezone?: string;
  readonly schedule?: string;
  readonly privacy?: PrivacyMode;
  readonly hold?: { readonly rows?: number; readonly share?: number };
}

/** How the files of a source are written; a further `.gz` is understood everywhere. */
export type SourceFormat = 'csv' | 'parquet' | 'ndjson' | 'xlsx' | 'naaccr-xml';

/** What was done to a source's data before it came here (45 CFR 164.514). */
export type PrivacyMode = 'safe_harbor' | 'limited_data_set' | 'expert_determination' | 'synthetic';

/** One row of raw.target. */
export interface TargetConfig {
  readonly metric_id: string;
  readonly scope?: string;
  /** In the metric's own unit; shares are 0 to 1. */
  readonly value: number;
  readonly direction?: 'at_least' | 'at_most';
  readonly label?: string;
  readonly citation?: string;
  readonly valid_from?: string;
  readonly valid_to?: string;
}

/** One row of raw.completion_policy; a part left out stands for any. */
export interface CompletionPolicyConfig {
  readonly facility_id?: string;
  readonly doc_type?: string;
  readonly action_type?: string;
  readonly patient_class?: string;
  readonly clock_start?: string;
  readonly due_hours?: number;
  readonly delinquent_days?: number;
  readonly suspend_days?: number;
  readonly counts_toward_delinquency?: boolean;
  readonly holds_stop_clock?: boolean;
  readonly valid_from?: string;
  readonly valid_to?: string;
  readonly citation?: string;
}

/** Settings of the machine the warehouse runs on. */
export interface ServerConfig {
  readonly host?: string;
  readonly port?: number;
  readonly keep_releases?: number;
  readonly memory?: string;
  readonly threads?: number;
}

/** The JSON Schema of himsight.yaml, for editors and for ourselves. */
export const configSchemaFile = new URL('himsight.schema.json', import.meta.url);

const schema = JSON.parse(readFileSync(configSchemaFile, 'utf8')) as object;
const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<Config>(schema);

/**
 * The configuration a text of himsight.yaml holds.
 *
 * @throws UserError naming line, key and what would be right, every mistake at once
 */
export const parseConfig = (text: string): Config => checkedYaml({ name: 'himsight.yaml', text }, validate);
