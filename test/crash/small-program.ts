import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Of the shipped models those that make and count encounters: a run of them takes a second. */
const shipped = [
  'function/duckdb.sql',
  'staging/clock.sql',
  'staging/source.sql',
  'staging/facility.sql',
  'staging/encounter.sql',
  'core/facility.sql',
  'core/chart_teller.sql',
  'core/encounter.sql',
  'mart/encounter_day.sql',
];

const metric = 'metric/encounter.yaml';
const dimension = 'metric/dimension.yaml';

/** The dimensions, without those that take their labels from a table that is not here. */
const dimensionsOfShipped = (text: string): string => {
  const tables = new Set(shipped.map((path) => path.replace('/', '.').replace(/\.sql$/, '')));
  const { dimensions } = parse(text) as { dimensions: readonly { label_from?: { table: string } }[] };
  return stringify({ dimensions: dimensions.filter(({ label_from: from }) => !from || tables.has(from.table)) });
};

/**
 * Lays the program itself, with a handful of its models, into a folder: what a fault does to a run does not hang on how
 * many models there are, and a thousand runs are over in minutes.
 *
 * @returns path of its entry, to be started by Node
 */
export const laySmallProgram = (folder: string): string => {
  for (const part of ['etl', 'warehouse', 'dashboard', 'package.json', 'package-lock.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const lay = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, 'sql', path)), { recursive: true });
    writeFileSync(join(folder, 'sql', path), text);
  };
  for (const path of shipped) lay(path, readFileSync(join(root, 'sql', path), 'utf8'));
  lay(dimension, dimensionsOfShipped(readFileSync(join(root, 'sql', dimension), 'utf8')));
  // Without the promises about models that are not here.
  lay(metric, readFileSync(join(root, 'sql', metric), 'utf8').replace(/^ *gated_by: .*$/m, ''));
  return join(folder, 'etl', 'himsight.mjs');
};
