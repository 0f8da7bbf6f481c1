import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError, kindOf, withoutValues } from './error.ts';
import type { Compiled } from './model/compile.ts';
import { installFunctions } from './model/function.ts';
import { KEPT_LAYERS, type Layer, type Model } from './model/model.ts';
import { layPeriodLedger, notePeriods, replacePeriods } from './period.ts';
import type { Work } from './plan.ts';
import { identifier, literal, relationName } from './quote.ts';
import { loadReference } from './reference.ts';
import { readRows } from './rows.ts';
import { dropAll, standing } from './standing.ts';
import { inTransaction } from './transaction.ts';

/** What became of one model. */
export interface BuiltModel {
  readonly name: string;
  readonly action: 'keep' | 'build';
  /** Rows it has now; null for a view. */
  readonly rows: number | null;
  readonly seconds: number;
}

type Watch = (model: BuiltModel) => void | Promise<void>;

const layGround = async (connection: DuckDBConnection, { project }: Compiled): Promise<void> => {
  for (const schema of ['raw', 'staging', 'reference', 'meta', ...KEPT_LAYERS])
    await connection.run(`create schema if not exists ${schema}`);
  await layPeriodLedger(connection, project.models);
  await installFunctions(connection, project.functions);
  await dropAll(connection, 'reference', new Set(project.references.map((reference) => reference.name)));
  for (const reference of project.references) await loadReference(connection, reference);
};

/** Raw tables as views that hold each to its declared columns and types, whatever the query yields beyond. */
const layInputs = async (connection: DuckDBConnection, { raw }: Compiled): Promise<void> => {
  for (const { name, columns, query } of raw) {
    const typed = columns.map(
      (column) => `cast(${identifier(column.name)} as ${column.type}) as ${identifier(column.name)}`,
    );
    await connection.run(
      `create or replace view raw.${identifier(name)} as select ${typed.join(', ')} from (\n${query}\n)`,
    );
  }
};

const countRows = async (connection: DuckDBConnection, name: string): Promise<number> => {
  const [row] = await readRows(connection, `select count(*) as n from ${relationName(name)}`);
  return Number(row?.n);
};

const whatIs = (model: Model): 'view' | 'table' => (model.kind === 'view' ? 'view' : 'table');

const buildWhole = async (connection: DuckDBConnection, model: Model, stands: string | undefined): Promise<void> => {
  if (stands !== undefined) await connection.run(`drop ${stands} ${relationName(model.name)}`);
  await connection.run(`create ${whatIs(model)} ${relationName(model.name)} as\n${model.sql}`);
  if (model.kind === 'period') await notePeriods(connection, model);
};

const MENDS: Readonly<Record<string, string>> = {
  'Out of Memory Error': 'Give the build more memory, or a folder with more free space to spill into.',
  'IO Error': 'Look at free space and permissions of the data folder.',
};

/** The full message may quote a row ("Could not convert string '…'"), so only its kind is passed on. */
const buildError = (model: Model, cause: unknown): UserError => {
  const kind = kindOf(cause);
  return new UserError(`${model.file}: ${model.name} failed while it was built: ${kind}.`, {
    mend:
      MENDS[kind] ?? 'A value in the data does not fit the model: use try_cast, or a check that quarantines such rows.',
    exitCode: 1,
    cause: withoutValues(cause),
  });
};

const buildModel = async (
  connection: DuckDBConnection,
  model: Model,
  { action, periods }: Pick<Work, 'action' | 'periods'>,
  stands: string | undefined,
): Promise<BuiltModel> => {
  const start = performance.now();
  try {
    const isKept = action === 'keep' && stands !== undefined;
    if (!isKept && periods !== null && stands === 'table') await replacePeriods(connection, model, periods);
    else if (!isKept) await buildWhole(connection, model, stands);
  } catch (cause) {
    throw buildError(model, cause);
  }
  const comment = `comment on ${whatIs(model)} ${relationName(model.name)} is ${literal(model.header.summary)}`;
  await connection.run(comment);
  const rows = model.kind === 'view' ? null : await countRows(connection, model.name);
  return { name: model.name, action, rows, seconds: (performance.now() - start) / 1000 };
};

/**
 * Builds the models that the work list says to build, on a connection whose default database is the new release.
 *
 * One transaction a layer: functions and reference, inputs, core, mart, submission. Raw and staging relations
 * are views of this connection's database and stay until `dropInputs`, so that asserts can read them.
 * Relations that no model builds any more are dropped.
 *
 * @param onModel told of each model once it stands; awaited
 * @throws UserError naming the model whose query failed on the data, without any value of it
 */
export const buildModels = async (
  connection: DuckDBConnection,
  compiled: Compiled,
  work: readonly Work[],
  onModel: Watch = () => {},
): Promise<BuiltModel[]> => {
  const built: BuiltModel[] = [];
  const todo = new Map(work.map((each) => [each.name, each]));
  const layer = async (name: Layer): Promise<void> => {
    const members = compiled.models.map(({ model }) => model).filter((model) => model.layer === name);
    await dropAll(connection, name, new Set(members.map((model) => model.name)));
    const stands = await standing(connection, name);
    for (const model of members) {
      const task = todo.get(model.name) ?? { action: 'build', periods: null };
      const done = await buildModel(connection, model, task, stands.get(model.name));
      if (name === 'staging') continue;
      built.push(done);
      await onModel(done);
    }
  };
  await inTransaction(connection, () => layGround(connection, compiled));
  await inTransaction(connection, async () => {
    await layInputs(connection, compiled);
    await layer('staging');
  });
  for (const name of KEPT_LAYERS) await inTransaction(connection, () => layer(name));
  return built;
};

/** Takes raw and staging away: a release keeps core, mart, submission, reference and meta alone. */
export const dropInputs = (connection: DuckDBConnection): Promise<void> =>
  inTransaction(connection, async () => {
    for (const schema of ['staging', 'raw']) {
      await dropAll(connection, schema);
      await connection.run(`drop schema ${schema}`);
    }
  });
