import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { readMetricFolders } from '../../warehouse/metric/read-metrics.ts';
import { readChecks } from '../../warehouse/check/read-checks.ts';
import type { CsvDialect } from '../read/dialect.ts';
import { refuseUnknownChecks } from './check-settings.ts';
import { checkTargets } from './check-targets.ts';
import { parseConfig } from './config.ts';
import type {
  Config,
  CsvConfig,
  ExtractKind,
  PrivacyMode,
  SourceConfig,
  SourceFormat,
  TargetConfig,
} from './config.ts';
import { formatOfName, formats } from './format.ts';
import { metricFolders, sqlFolders } from './folders.ts';
import { pulledFiles } from '../pull/pull-folder.ts';
import { refuseOverlap } from './refuse-overlap.ts';

/** A folder of the user's: himsight.yaml, and the data folder it names. */
export interface Workspace {
  /** Absolute. */
  readonly folder: string;
  /** Absolute; holds raw rows, quarantine, ledger, releases and temporary files. */
  readonly dataFolder: string;
  readonly sources: readonly Source[];
  /** Those of the configuration, each naming its metric by id. */
  readonly targets: readonly TargetConfig[];
  readonly config: Config;
}

/** One source with every default filled in. */
export interface Source {
  readonly id: string;
  /** Absolute path or glob; of a database source that of what was pulled. */
  readonly path: string;
  /** The database its rows are pulled from, where no files arrive. */
  readonly database?: DatabaseSource;
  readonly format: SourceFormat;
  /** The contract its rows belong to, where the mapping does not say. */
  readonly contract: string | null;
  /** Sheet of a workbook, where the source names one. */
  readonly sheet?: string;
  /** Id of a ready-made mapping, or the absolute path of a .yaml. */
  readonly mapping: string;
  /** Name of a lookup of the mapping → absolute path or glob of its files. */
  readonly lookups?: Readonly<Record<string, string>>;
  /** IANA zone. */
  readonly timezone: string;
  /** Five cron fields, or null: only when somebody runs it. */
  readonly schedule: string | null;
  readonly privacy: PrivacyMode;
  readonly hold: { readonly rows?: number; readonly share?: number };
  /** What the source says of its CSV dialect, if anything. */
  readonly csv?: Partial<CsvDialect>;
  /** Of fixed width: absolute path of the layout. */
  readonly layout?: string;
  /** Seconds since its last change before a file counts as whole; none where left out. */
  readonly settleSeconds?: number;
  /** What a delivery means for those before it; null: what its manifest says, else `parts`. */
  readonly extract: ExtractKind | null;
  /** Whether a file without a manifest is held. */
  readonly manifest: 'required' | 'optional';
  /** When it is late; left out: never. */
  readonly freshness?: { readonly days: number };
  readonly retry?: { readonly times?: number; readonly minutes?: number };
}

/** Where and how a source's rows are pulled. */
export interface DatabaseSource {
  /** Key of `databases`. */
  readonly id: string;
  /** Absolute path of a .sql file. */
  readonly query: string;
  readonly months: number | null;
}

/** The file that makes a folder a workspace. */
export const configName = 'himsight.yaml';

/** Folder of the demo workspace, made by `himsight start` beside whatever it is started in. */
export const demoFolder = '.himsight';

/**
 * The folder of the workspace meant: `--workspace`, else HIMSIGHT_WORKSPACE, else the nearest himsight.yaml upward, in
 * the folder itself or in its demo workspace.
 *
 * @throws UserError when the folder named holds none, or none is found up to the root
 */
export const findWorkspace = (
  argument: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string => {
  const named = argument ?? namedInEnvironment(env);
  const found = named === undefined ? nearestWorkspace(cwd) : existingWorkspace(resolve(cwd, named));
  if (found !== null) return found;
  if (named !== undefined)
    throw new UserError(`${named} holds no ${configName}.`, { mend: `Write one with \`himsight init ${named}\`.` });
  throw new UserError(`No ${configName} here or in any folder above.`, {
    mend: 'Name one with --workspace DIR, write one with `himsight init`, or make a demo with `himsight demo`.',
  });
};

/** HIMSIGHT_WORKSPACE; set to nothing is not set. */
export const namedInEnvironment = (env: Readonly<Record<string, string | undefined>>): string | undefined =>
  env.HIMSIGHT_WORKSPACE === '' ? undefined : env.HIMSIGHT_WORKSPACE;

/** The folder itself where it holds a himsight.yaml, the folder of the file where it is one; else null. */
export const existingWorkspace = (path: string): string | null => {
  if (existsSync(join(path, configName))) return path;
  return basename(path) === configName && existsSync(path) ? dirname(path) : null;
};

/** The nearest workspace from a folder upward; null where there is none up to the root. */
export const nearestWorkspace = (from: string): string | null => {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = existingWorkspace(folder) ?? existingWorkspace(join(folder, demoFolder));
    if (found !== null || folder === dirname(folder)) return found;
  }
};

/**
 * The workspace in a folder, checked, with absolute paths and every default filled in.
 *
 * @throws UserError naming line, key and what would be right
 */
export const readWorkspace = (folder: string): Workspace => {
  const root = resolve(folder);
  const text = readConfigText(root);
  const config = parseConfig(text);
  const dataFolder = resolve(root, config.data ?? 'data');
  const sources = config.sources.map((source, i) =>
    completeSource({ root, dataFolder, config }, source, `sources[${i}]`),
  );
  refuseTwins(config.sources);
  const { score_weights: weights = [], blended_rates: rates = [] } = config.metric_settings ?? {};
  refuseOverlap('metric_settings.score_weights', weights, ({ part }) => part);
  refuseOverlap('metric_settings.blended_rates', rates, () => '');
  // Files of checks are read only where one is set anew, as those of metrics are where a target names one.
  if (config.checks !== undefined)
    refuseUnknownChecks(config.checks, readChecks(sqlFolders({ folder: root, config })), { name: configName, text });
  const targets = targetsOf({ folder: root, config }, text);
  return { folder: root, dataFolder, sources, targets, config };
};

/** Metric files are read only where a target names a metric: a workspace without targets opens whatever they hold. */
const targetsOf = (workspace: Pick<Workspace, 'folder' | 'config'>, text: string): readonly TargetConfig[] => {
  const { targets = [] } = workspace.config;
  if (targets.length === 0) return [];
  return checkTargets(targets, readMetricFolders(metricFolders(workspace)), { name: configName, text });
};

const readConfigText = (folder: string): string => {
  try {
    return readFileSync(join(folder, configName), 'utf8');
  } catch (cause) {
    throw new UserError(`${configName} cannot be read in ${folder}.`, {
      cause,
      mend: 'Write one with `himsight init`.',
    });
  }
};

interface Surroundings {
  readonly root: string;
  readonly dataFolder: string;
  readonly config: Config;
}

const completeSource = ({ root, dataFolder, config }: Surroundings, source: SourceConfig, key: string): Source => ({
  id: source.id,
  ...(source.database === undefined
    ? arriving(root, source, key)
    : pulled({ root, dataFolder, config }, source, source.database, key)),
  contract: source.contract ?? null,
  ...(source.sheet === undefined ? {} : { sheet: source.sheet }),
  mapping: /\.ya?ml$/.test(source.mapping ?? '')
    ? resolve(root, source.mapping ?? '')
    : (source.mapping ?? 'canonical'),
  ...(source.lookups === undefined ? {} : { lookups: absolute(root, source.lookups) }),
  timezone: knownTimezone(source.timezone ?? 'UTC', key),
  schedule: source.schedule ?? null,
  // The mode that promises least: dates are there, and the data is still protected health information.
  privacy: source.privacy ?? 'limited_data_set',
  hold: source.hold ?? {},
  extract: tellsDeliveriesApart(source, key),
  manifest: source.manifest ?? 'optional',
  ...(source.freshness === undefined ? {} : { freshness: source.freshness }),
  ...(source.retry === undefined ? {} : { retry: source.retry }),
});

/** @throws UserError for deltas that would take each other's place, since all of them have one name */
const tellsDeliveriesApart = ({ extract, path, manifest }: SourceConfig, key: string): ExtractKind | null => {
  if (extract === 'delta' && manifest !== 'required' && path !== undefined && !/[*?[{]/.test(path))
    throw new UserError(
      `${configName} \`${key}.extract\`: a delta under one name takes the place of the delta before it, whose rows would be lost; give \`path\` as a glob and each delivery a name of its own, or say \`manifest: required\`, whose extract_as_of_ts tells them apart`,
    );
  return extract ?? null;
};
const absolute = (root: string, paths: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, resolve(root, path)]));

type Origin = Pick<Source, 'path' | 'format' | 'database' | 'csv' | 'layout' | 'settleSeconds'>;

const arriving = (root: string, source: SourceConfig, key: string): Origin => {
  const { path = '' } = source;
  const format = source.format ?? formatOf(path, key);
  return { path: resolve(root, path), format, ...inputSettings(root, source, format, key) };
};

const pulled = (
  { root, dataFolder, config }: Surroundings,
  { id: source, query = '', months }: SourceConfig,
  id: string,
  key: string,
): Origin => {
  const known = Object.keys(config.databases ?? {});
  if (!known.includes(id))
    throw new UserError(`${configName} \`${key}.database\`: there is no \`${id}\` under \`databases\``, {
      mend: known.length > 0 ? `There are ${known.join(', ')}.` : 'Describe it there: dialect, host, database, user.',
    });
  return {
    path: pulledFiles(dataFolder, source),
    format: 'csv',
    database: { id, query: resolve(root, query), months: months ?? null },
  };
};

/** What a source says of how its files are to be read. */
const inputSettings = (
  root: string,
  { csv, layout, settle_seconds: settleSeconds }: SourceConfig,
  format: SourceFormat,
  key: string,
): Pick<Source, 'csv' | 'layout' | 'settleSeconds'> => {
  const misplaced =
    csv !== undefined && format !== 'csv' ? 'csv' : layout !== undefined && format !== 'fixed-width' ? 'layout' : null;
  if (misplaced !== null)
    throw new UserError(
      `${configName} \`${key}.${misplaced}\`: is of no use to a source of format ${format}; take it out or mend \`format\``,
    );
  if (format === 'fixed-width' && layout === undefined)
    throw new UserError(
      `${configName} \`${key}\`: fixed width needs \`layout\`, a file that says where the columns stand`,
    );
  return {
    ...(csv === undefined ? {} : { csv: dialectSaid(csv) }),
    ...(layout === undefined ? {} : { layout: resolve(root, layout) }),
    ...(settleSeconds === undefined ? {} : { settleSeconds }),
  };
};

const dialectSaid = ({ delimiter, quote, encoding }: CsvConfig): Partial<CsvDialect> => ({
  ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
  ...(quote === undefined ? {} : { quote }),
  ...(encoding === undefined ? {} : { encoding: encoding === 'latin-1' ? 'windows-1252' : encoding }),
});

const formatOf = (path: string, key: string): SourceFormat => {
  const format = formatOfName(path);
  if (format) return format;
  throw new UserError(
    `${configName} \`${key}.format\`: cannot be read off the path's ending; say ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`,
  );
};

const knownTimezone = (timezone: string, key: string): string => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
    return timezone;
  } catch (cause) {
    throw new UserError(
      `${configName} \`${key}.timezone\`: \`${timezone}\` is no time zone; write one such as America/New_York`,
      { cause },
    );
  }
};

const refuseTwins = (sources: readonly SourceConfig[]): void => {
  const seen = new Map<string, number>();
  for (const [i, { id }] of sources.entries()) {
    const first = seen.get(id);
    if (first !== undefined)
      throw new UserError(
        `${configName} \`sources[${i}].id\`: \`${id}\` is sources[${first}] already; give each source a name of its own`,
      );
    seen.set(id, i);
  }
};
