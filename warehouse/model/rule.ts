import { UserError } from '../error.ts';
import type { Layer } from './model.ts';
import type { Query } from './query.ts';

/** Who may read whom: `raw → staging → core → mart`, `core → submission`; reference is open to all but staging. */
export const MAY_READ: Readonly<Record<Layer, readonly string[]>> = {
  staging: ['raw', 'staging'],
  core: ['staging', 'core', 'reference'],
  mart: ['core', 'mart', 'reference'],
  submission: ['core', 'submission', 'reference'],
};

/** Functions whose answer is not a matter of their arguments: "as of" is data, and the same inputs give the same rows. */
const CHANGING = new Set([
  ...['now', 'today', 'current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'],
  ...['current_localtime', 'current_localtimestamp', 'get_current_time', 'get_current_timestamp'],
  ...['transaction_timestamp', 'txid_current'],
  ...['random', 'setseed', 'uuid', 'uuidv4', 'uuidv7', 'gen_random_uuid', 'nextval', 'currval'],
  ...['getvariable', 'current_setting', 'getenv', 'version', 'current_user', 'current_database'],
]);

const TABLE_FUNCTIONS = new Set(['unnest', 'range', 'generate_series']);

/**
 * Refuses what would make a query's answer depend on when, where or with what luck it runs.
 *
 * @param macros names of the functions of `sql/function`, allowed as table functions too
 * @throws UserError naming the file and the function
 */
export const checkRepeatable = (query: Query, file: string, macros: ReadonlySet<string>): void => {
  const changing = query.functions.find((name) => CHANGING.has(name));
  if (changing !== undefined)
    throw new UserError(`${file}: calls ${changing}; a model may not ask for the time, chance or the machine.`, {
      mend: 'Take the moment from the data: raw.source.as_of_ts carries what each source is as of.',
    });
  if (query.samples) throw new UserError(`${file}: samples rows; a model gives the same rows every time.`);
  const reading = query.tableFunctions.find((name) => !TABLE_FUNCTIONS.has(name) && !macros.has(name));
  if (reading !== undefined)
    throw new UserError(`${file}: calls ${reading}; a model reads relations only, files are read in etl.`);
};

/**
 * Holds a model to the layer rules.
 *
 * @throws UserError naming the file, the relation and the layers that may be read
 */
export const checkLayers = (name: string, layer: Layer, relations: readonly string[], file: string): void => {
  for (const relation of relations) {
    const parts = relation.split('.');
    if (parts.length !== 2)
      throw new UserError(
        `${file}: ${name} reads \`${relation}\`; write every relation with its schema alone, as core.encounter.`,
      );
    if (!MAY_READ[layer].includes(parts[0]!))
      throw new UserError(
        `${file}: ${name} reads ${relation}; a ${layer} model may read ${MAY_READ[layer].join(', ')} only.`,
      );
  }
};
