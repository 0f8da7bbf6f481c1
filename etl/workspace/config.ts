import { readFileSync } from 'node:fs';
import type { CheckOverrides } from '../../warehouse/check/check.ts';
import { shapeOf } from '../../warehouse/json-schema.ts';
import { checkNotify } from './check-notify.ts';
import { checkPolicies } from './check-policies.ts';
import type { CsvDialect } from '../read/dialect.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkedYaml } from './checked-yaml.ts';

/** `himsight.yaml` as it is written, its shape held by himsight.schema.json beside this file. */
export interface Config {
  readonly version?: 1;
  readonly data?: string;
  readonly databases?: Readonly<Record<string, DatabaseConfig>>;
  readonly sources: readonly SourceConfig[];
  readonly targets?: readonly TargetConfig[];
  readonly completion_policies?: readonly CompletionPolicyConfig[];
  readonly metric_settings?: MetricSettings;
  readonly registry?: {
    readonly kind?: 'hospital' | 'central';
    readonly dictionaries?: readonly string[];
    /** Zip archive or folder of NAACCR code lists. */
    readonly code_lists?: string;
    /** Registry database kept apart: a DuckDB database or NAACCR XML; only `himsight submit` opens it. */
    readonly full_abstracts?: string;
    readonly profiles?: Readonly<Record<string, unknown>>;
    /** What completeness is taken of. */
    readonly expected_cases?: CodeTablesConfig;
  };
  /** Only in a workspace that `himsight demo` wrote. */
  readonly demo?: {
    /** What happened in its hospital, by ids: the pages lead through it. */
    readonly stories?: readonly string[];
  };
  readonly code_tables?: Readonly<Record<string, CodeTablesConfig | undefined>>;
  readonly sql?: readonly string[];
  readonly server?: ServerConfig;
  /** Thresholds and severities other than those of sql/check, by id of the check. */
  readonly checks?: CheckOverrides;
  readonly notify?: NotifyConfig;
}

/** One entry of `sources`. */
export interface SourceConfig {
  readonly id: string;
  /** Where files arrive; or else a database is asked. */
  readonly path?: string;
  /** Key of `databases`. */
  readonly database?: string;
  /** A .sql file, relative to himsight.yaml. */
  readonly query?: string;
  /** Months that a query with `:from` and `:to` asks for, the current one among them. */
  readonly months?: number;
  readonly format?: SourceFormat;
  readonly contract?: string;
  /** Of a workbook: the sheet to read. */
  readonly sheet?: string;
  readonly mapping?: string;
  /** Name of a lookup of the mapping → path of its file, or glob. */
  readonly lookups?: Readonly<Record<string, string>>;
  readonly timezone?: string;
  readonly schedule?: string;
  readonly privacy?: PrivacyMode;
  readonly hold?: { readonly rows?: number; readonly share?: number };
  /** Of CSV: its dialect, where files are not to be asked. */
  readonly csv?: CsvConfig;
  /** Of fixed width: file that says where the columns stand. */
  readonly layout?: string;
  /** Seconds since its last change before a file counts as whole. */
  readonly settle_seconds?: number;
  readonly extract?: ExtractKind;
  readonly manifest?: 'required' | 'optional';
  /** Late when complete through more than this many whole days before today. */
  readonly freshness?: { readonly days: number };
  /** Tries after the first, and minutes before the second; both only for faults that pass. */
  readonly retry?: { readonly times?: number; readonly minutes?: number };
}

/** What is said of a CSV dialect; `tab` is a delimiter's name, `latin-1` another one of windows-1252. */
export interface CsvConfig {
  readonly delimiter?: CsvDialect['delimiter'] | 'tab';
  readonly quote?: CsvDialect['quote'];
  readonly encoding?: CsvDialect['encoding'] | 'latin-1';
}
/**
 * What a delivery of a source means for those before it. parts: a part of the whole, in the place of the file of its
 * name. full: the whole. delta: rows that were added or changed. snapshot: all rows of its period.
 */
export type ExtractKind = 'parts' | 'full' | 'delta' | 'snapshot';

/** A database that sources pull their rows from. */
export interface DatabaseConfig {
  readonly dialect: 'postgres' | 'mssql';
  readonly host: string;
  readonly port?: number;
  readonly database: string;
  readonly user: string;
  /** Environment variable that holds the password. */
  readonly password_env?: string;
  /** File that holds the password alone, relative to himsight.yaml. */
  readonly password_file?: string;
  /** verify (default): TLS with a trusted certificate; trust: TLS with any; none. */
  readonly encryption?: 'verify' | 'trust' | 'none';
}

/** How the files of a source are written; a further `.gz` or `.zip` is understood everywhere. */
export type SourceFormat = 'csv' | 'parquet' | 'ndjson' | 'xlsx' | 'naaccr-xml' | 'fixed-width' | 'fhir-ndjson';

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
  /** Full periods it is judged over, such as `4 quarters`. */
  readonly window?: string;
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

/** Settings that change how measures count: plain ones become rows of raw.metric_setting, the others tables of their own. */
export interface MetricSettings {
  readonly [name: string]: string | number | boolean | object | undefined;
  /** Kind of requestor to days: rows `roi_policy_days.<kind>` of raw.metric_setting. */
  readonly roi_policy_days?: Readonly<Record<string, number>>;
  /** Patient class to units of work a record: rows of raw.work_unit. */
  readonly work_units?: Readonly<Record<string, number>>;
  /** Rows of raw.reason_map. */
  readonly reason_map?: readonly ReasonConfig[];
  readonly score_weights?: readonly ScoreWeightConfig[];
  /** Short for one row of `blended_rates` without facility and days. */
  readonly blended_rate?: number;
  readonly blended_rates?: readonly BlendedRateConfig[];
}

/** What one reason code of a denial or a bill hold means. */
export interface ReasonConfig {
  readonly kind: 'carc' | 'rarc' | 'hold';
  readonly code: string | number;
  readonly category?: string;
  readonly owner?: string;
}

/** One row of raw.score_weight. */
export interface ScoreWeightConfig {
  readonly facility_id?: string;
  readonly part: string;
  readonly weight: number;
  readonly valid_from?: string;
  /** First day it no longer holds. */
  readonly valid_to?: string;
}

/** One row of raw.blended_rate. */
export interface BlendedRateConfig {
  readonly facility_id?: string;
  readonly dollars: number;
  readonly valid_from?: string;
  /** First day it no longer holds. */
  readonly valid_to?: string;
}

/** What stands under one kind of `code_tables`: a file, several, or files with the days they hold. */
export type CodeTablesConfig = string | CodeTableEntry | readonly (string | CodeTableEntry)[];

/** A published code table, with what its file does not say itself. */
export interface CodeTableEntry {
  readonly file: string;
  /** First day it holds; left out: read off the file. */
  readonly valid_from?: string;
  /** First day on which it no longer holds; left out: the end of its fiscal year, or the start of the next file. */
  readonly valid_to?: string;
  /** Version of grouper or code editor, as `42` or `41.1`; left out: read off the file. */
  readonly version?: string;
}

/** Settings of the machine the warehouse runs on. */
export interface ServerConfig {
  readonly host?: string;
  readonly port?: number;
  /** Address people open the dashboard at; for links in messages. */
  readonly url?: string;
  readonly keep_releases?: number;
  readonly memory?: string;
  readonly threads?: number;
  readonly labels?: { readonly file: string; readonly link?: string };
  /** True or false, or how much one query of it may take. Open where only this machine reaches the server. */
  readonly workbench?: boolean | { readonly rows?: number; readonly seconds?: number; readonly memory?: string };
}

/** Who hears of what. Secrets stand in environment variables and files, never here. */
export interface NotifyConfig {
  readonly on?: readonly NotifyKind[];
  readonly remind_days?: number;
  readonly webhook?: WebhookConfig;
  readonly smtp?: SmtpConfig;
}

export type NotifyKind = 'failure' | 'held' | 'late' | 'check' | 'alert' | 'report' | 'recovery';

/** An address that is sent JSON; `url` or `url_env`. */
export interface WebhookConfig {
  readonly url?: string;
  readonly url_env?: string;
  /** Header to environment variable. */
  readonly headers_env?: Readonly<Record<string, string>>;
  readonly timeout_seconds?: number;
}

/** A mail server; with `user` one of the two passwords. */
export interface SmtpConfig {
  readonly host: string;
  readonly port?: number;
  readonly security?: 'none' | 'starttls' | 'tls';
  readonly user?: string;
  readonly password_env?: string;
  readonly password_file?: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly timeout_seconds?: number;
}

/** The JSON Schema of himsight.yaml, for editors and for ourselves. */
export const configSchemaFile = new URL('himsight.schema.json', import.meta.url);

const schema = JSON.parse(readFileSync(configSchemaFile, 'utf8')) as object;
const shape = shapeOf<Config>(schema);

/**
 * The configuration a text of himsight.yaml holds.
 *
 * @throws UserError naming line, key and what would be right, every mistake at once
 */
export const parseConfig = (text: string): Config => {
  const file = { name: 'himsight.yaml', text };
  const config = checkedYaml(file, shape);
  checkPolicies(config.completion_policies ?? [], file);
  checkSchedules(config.sources, file);
  checkNotify(config.notify, file);
  return config;
};
