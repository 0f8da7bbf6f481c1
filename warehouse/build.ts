import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError, kindOf, withoutValues } from './error.ts';
import { other } from './change.ts';
import { Increment, type Base } from './increment.ts';
import type { Compiled, CompiledModel } from './model/compiled.ts';
import { installFunctions } from './model/function.ts';
import { KEPT_LAYERS, type Layer, type Model } from './model/model.ts';
import { joinedSpans, layPeriodLedger, notePeriods, replacePeriods, spansOf, type Span } from './period.ts';
import type { Work } from './plan.ts';
import { identifier, literal, relationName } from './quote.ts';
import { loadReference } from './reference.ts';
import { readRows } from './rows.ts';
import { typedQuery } from './scratch.ts';
import { dropAll, standing } from './standing.ts';
import { inTransaction } from './transaction.ts';

/** What became of one model. */
export interface BuiltModel {
  readonly name: string;
  readonly action: 'keep' | 'build';
  /** What of it was built: the rows of changed units, the months that changed, or all; null where it was kept. */
  readonly by: 'units' | 'months' | 'whole' | null;
  /** Why it was built whole, where there was a release to build on: `core.extract_as_of changed`; null otherwise. */
  readonly why: string | null;
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
  for (const table of raw)
    await connection.run(`create or replace view raw.${identifier(table.name)} as ${typedQuery(table)}`);
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

const describe = async (connection: DuckDBConnection, model: Model): Promise<number | null> => {
  const comment = `comment on ${whatIs(model)} ${relationName(model.name)} is ${literal(model.header.summary)}`;
  await connection.run(comment);
  return model.kind === 'view' ? null : countRows(connection, model.name);
};

/**
 * Builds one model whole in place of what stands under its name, within the transaction of the caller.
 *
 * @returns rows it has now; null for a view
 * @throws UserError naming the model whose query failed on the data, without any value of it
 */
export const buildAlone = async (
  connection: DuckDBConnection,
  model: Model,
  stands: string | undefined,
): Promise<number | null> => {
  try {
    await buildWhole(connection, model, stands);
  } catch (cause) {
    throw buildError(model, cause);
  }
  return describe(connection, model);
};

/** Builds the models of a release one by one, by units where there is a release to start from. */
class Build {
  readonly built: BuiltModel[] = [];
  #increment: Increment | null = null;
  /** Why nothing goes by units; null where it does, or there is no release to build on. */
  #whyWhole: string | null = null;
  readonly #connection: DuckDBConnection;
  readonly #compiled: Compiled;
  readonly #base: Base | null;
  readonly #todo: ReadonlyMap<string, Work>;

  constructor(connection: DuckDBConnection, compiled: Compiled, work: readonly Work[], base: Base | null) {
    this.#connection = connection;
    this.#compiled = compiled;
    this.#base = base;
    this.#todo = new Map(work.map((each) => [each.name, each]));
  }

  /** Finds out what changed; where that cannot be told, or is a large share, everything is built whole. */
  async begin(): Promise<void> {
    if (
      this.#base === null ||
      ![...this.#todo.values()].some(({ byUnit, byMonth }) => byUnit === true || byMonth === true)
    )
      return;
    try {
      const begun = await Increment.begin(this.#connection, this.#compiled, this.#base);
      this.#increment = begun.increment;
      if (begun.increment === null) this.#whyWhole = begun.why;
    } catch (cause) {
      // A file of the release before that is gone, a relation it does not have: then it is no base to build on.
      this.#whyWhole = `units that changed could not be looked for: ${kindOf(cause)}`;
    }
    if (this.#increment === null) await Increment.end(this.#connection);
  }

  /** What tells the audit which units changed; null where everything was built whole. */
  get increment(): Increment | null {
    return this.#increment;
  }

  async layer(name: Layer, onModel: Watch): Promise<void> {
    const members = this.#compiled.models.filter(({ model }) => model.layer === name);
    await dropAll(this.#connection, name, new Set(members.map(({ model }) => model.name)));
    const stands = await standing(this.#connection, name);
    for (const each of members) {
      const done = await this.#model(each, stands.get(each.model.name));
      if (name === 'staging') continue;
      this.built.push(done);
      await onModel(done);
    }
  }

  async #model(each: CompiledModel, stands: string | undefined): Promise<BuiltModel> {
    const { model } = each;
    const start = performance.now();
    let made: Pick<BuiltModel, 'by' | 'why'>;
    try {
      made = await this.#make(each, stands);
    } catch (cause) {
      throw buildError(model, cause);
    }
    const rows = await describe(this.#connection, model);
    return {
      name: model.name,
      action: made.by === null ? 'keep' : 'build',
      ...made,
      rows,
      seconds: (performance.now() - start) / 1000,
    };
  }

  async #make(each: CompiledModel, stands: string | undefined): Promise<Pick<BuiltModel, 'by' | 'why'>> {
    const { model, definition } = each;
    const work = this.#todo.get(model.name);
    if (work?.action === 'keep' && stands !== undefined) {
      this.#increment?.changes.note(model.name, 'same');
      return { by: null, why: null };
    }
    const isKnown = this.#base?.previous.models.get(model.name)?.definition === definition && stands !== undefined;
    const increment = isKnown ? this.#increment : null;
    if (model.kind === 'period' && stands === 'table' && work !== undefined) {
      const spans = await this.#spans(each, work, increment);
      if (spans !== null) return { by: await this.#months(model, spans), why: null };
    }
    const { standing, why } = (await increment?.apply(each)) ?? other(isKnown ? this.#whyWhole : null);
    if (model.kind === 'view' || standing === 'other') await this.#whole(model, stands);
    this.#increment?.changes.note(model.name, standing);
    if (standing === 'other') return { by: 'whole', why };
    return { by: standing === 'same' ? null : 'units', why: null };
  }

  /** Months of a period model that are to be replaced; null where it is to be built whole. */
  async #spans(
    each: CompiledModel,
    { periods, byMonth }: Work,
    increment: Increment | null,
  ): Promise<readonly Span[] | null> {
    if (byMonth !== true) return periods === null ? null : spansOf(periods);
    const found = (await increment?.spans(each)) ?? null;
    return found === null ? null : joinedSpans([...found, ...spansOf(periods ?? [])]);
  }

  async #months(model: Model, spans: readonly Span[]): Promise<'months' | null> {
    if (spans.length === 0) {
      this.#increment?.changes.note(model.name, 'same');
      return null;
    }
    await inTransaction(this.#connection, () => replacePeriods(this.#connection, model, spans));
    this.#increment?.noteReplaced(model, spans);
    return 'months';
  }

  async #whole(model: Model, stands: string | undefined): Promise<void> {
    if (model.layer === 'staging') return buildWhole(this.#connection, model, stands);
    return inTransaction(this.#connection, () => buildWhole(this.#connection, model, stands));
  }
}

/**
 * Builds the models that the work list says to build, on a connection whose default database is the new release.
 *
 * A transaction for functions and reference, one for inputs, then one a model. Raw and staging relations are views of
 * this connection's database and stay until `dropInputs`, so that asserts can read them. Relations that no model builds
 * any more are dropped.
 *
 * @param onModel told of each model once it stands; awaited
 * @returns `increment` stays open, for the audit; end it with `Increment.end`
 * @param base the release that the file started from; null where it starts from nothing, or everything is to be built whole
 * @throws UserError naming the model whose query failed on the data, without any value of it
 */
export const buildOnto = async (
  connection: DuckDBConnection,
  compiled: Compiled,
  work: readonly Work[],
  onModel: Watch = () => {},
  base: Base | null = null,
): Promise<{ readonly models: BuiltModel[]; readonly increment: Increment | null }> => {
  const build = new Build(connection, compiled, work, base);
  await inTransaction(connection, () => layGround(connection, compiled));
  await inTransaction(connection, async () => {
    await layInputs(connection, compiled);
    await build.layer('staging', onModel);
  });
  await build.begin();
  for (const name of KEPT_LAYERS) await build.layer(name, onModel);
  return { models: build.built, increment: build.increment };
};

/** Builds every model of the work list whole, on a connection whose default database is the new release. */
export const buildModels = async (
  connection: DuckDBConnection,
  compiled: Compiled,
  work: readonly Work[],
  onModel?: Watch,
): Promise<BuiltModel[]> => (await buildOnto(connection, compiled, work, onModel)).models;

/** Takes raw and staging away: a release keeps core, mart, submission, reference and meta alone. */
export const dropInputs = (connection: DuckDBConnection): Promise<void> =>
  inTransaction(connection, async () => {
    for (const schema of ['staging', 'raw']) {
      await dropAll(connection, schema);
      await connection.run(`drop schema ${schema}`);
    }
  });
