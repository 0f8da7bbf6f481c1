import type { DuckDBConnection } from '@duckdb/node-api';
import type { Compiled, CompiledModel, RawTable } from './model/compiled.ts';
import { installFunctions } from './model/function.ts';
import { KEPT_LAYERS } from './model/model.ts';
import type { Previous } from './plan.ts';
import { identifier, relationName } from './quote.ts';
import { rawQuery } from './raw-part.ts';
import { readRows } from './rows.ts';

/** The two states that a build stands between: the release before, and the one being built. */
export type Era = 'was' | 'now';

const isKept = ({ model }: CompiledModel): boolean => (KEPT_LAYERS as readonly string[]).includes(model.layer);

/** Columns of a raw table in their declared types, whatever its query yields. */
export const typedQuery = ({ columns, query }: Pick<RawTable, 'columns' | 'query'>): string =>
  `select ${columns
    .map(({ name, type }) => `cast(${identifier(name)} as ${type}) as ${identifier(name)}`)
    .join(', ')} from (\n${query}\n)`;

/** SQL of a raw table as the release before read it; null where that is not known. */
export const queryBefore = (table: RawTable, previous: Previous): string | null => {
  const before = previous.inputs.get(`raw.${table.name}`);
  if (before?.query !== undefined) return before.query;
  return before?.parts === undefined || table.parts === undefined
    ? null
    : rawQuery({ columns: table.columns, key: table.key ?? [], period: table.period ?? null, parts: before.parts });
};

/**
 * Two catalogs, `was` and `now`, in which every relation stands under its own name, narrowed to the units that changed
 * where its rows belong to units: so a model's text runs unaltered over those units alone.
 *
 * Relations are laid when asked for. The release before is attached as `previous`; the one being built is `wh`.
 */
export class Scratch {
  readonly #laid = new Set<string>();
  readonly #models: ReadonlyMap<string, CompiledModel>;
  readonly #raw: ReadonlyMap<string, RawTable>;
  readonly connection: DuckDBConnection;
  readonly #compiled: Compiled;
  readonly #previous: Previous;

  constructor(connection: DuckDBConnection, compiled: Compiled, previous: Previous) {
    this.connection = connection;
    this.#compiled = compiled;
    this.#previous = previous;
    this.#models = new Map(compiled.models.map((each) => [each.model.name, each]));
    this.#raw = new Map(compiled.raw.map((table) => [`raw.${table.name}`, table]));
  }

  /** Makes the catalogs anew, empty. */
  async open(): Promise<void> {
    for (const era of ['was', 'now'] as const) {
      await this.connection.run(`attach ':memory:' as ${era}`);
      await this.connection.run(`use ${era}`);
      for (const schema of ['raw', 'staging', 'reference', ...KEPT_LAYERS])
        await this.connection.run(`create schema ${schema}`);
      await installFunctions(this.connection, this.#compiled.project.functions);
    }
    await this.connection.run('use wh');
    this.#laid.clear();
  }

  async close(): Promise<void> {
    await this.connection.run('use wh');
    for (const era of ['was', 'now']) await this.connection.run(`detach ${era}`);
  }

  /** The key column that a relation is narrowed by, and its kind; null where its rows belong to no unit. */
  keyOf(relation: string): { readonly column: string; readonly kind: string } | null {
    const keys = this.#compiled.keys.get(relation) ?? null;
    if (keys === null) return null;
    const own = this.#models.get(relation)?.model.key ?? [];
    const [column, kind] = [...keys].find(([name]) => own.includes(name)) ?? [...keys][0]!;
    return { column, kind };
  }

  /** SQL of the rows of `from` (aliased `each`) that belong to changed units. */
  narrowed(from: string, relation: string): string {
    const key = this.keyOf(relation);
    if (key === null) return `select * from ${from}`;
    const [column, dirty] = [identifier(key.column), `dirty.main.${identifier(key.kind)}`];
    return `select each.* from ${from} as each semi join ${dirty} as dirty on each.${column} = dirty.key
      union all select each.* from ${from} as each
      where each.${column} is null and exists (select 1 from ${dirty} where key is null)`;
  }

  /**
   * Lays a relation and all it reads.
   *
   * @param isFresh work models out from raw even where the release being built has them: it does not have them yet
   */
  async lay(era: Era, relation: string, isFresh = false): Promise<void> {
    const name = `${era}.${relation}`;
    if (this.#laid.has(name)) return;
    this.#laid.add(name);
    const target = `${era}.${relationName(relation)}`;
    const model = this.#models.get(relation);
    if (model === undefined) return this.#layGiven(era, relation, target);
    if (model.apart.mode === 'keyed') {
      const isStored = isKept(model) && model.model.kind !== 'view';
      if (isStored && !isFresh)
        await this.connection.run(
          `create table ${target} as ${this.narrowed(`${era === 'was' ? 'previous' : 'wh'}.${relationName(relation)}`, relation)}`,
        );
      else await this.slice(era, model, model.model.name, isFresh);
      return;
    }
    const from = era === 'was' && isKept(model) ? 'previous' : 'wh';
    await this.connection.run(`create view ${target} as from ${from}.${relationName(relation)}`);
  }

  /** Runs a model over the changed units, its result standing under its name, or under another one. */
  async slice(era: Era, { model, parents }: CompiledModel, as = model.name, isFresh = false): Promise<void> {
    for (const parent of parents) await this.lay(era, parent, isFresh);
    this.#laid.add(`${era}.${as}`);
    await this.within(era, [], () =>
      this.connection.run(`create or replace table ${relationName(as)} as\n${model.sql}`),
    );
  }

  /** Does something where the given relations stand as they are over the changed units. */
  async within<T>(era: Era, relations: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const relation of relations) await this.lay(era, relation);
    await this.connection.run(`use ${era}`);
    try {
      return await work();
    } finally {
      await this.connection.run('use wh');
    }
  }

  async #layGiven(era: Era, relation: string, target: string): Promise<void> {
    const table = this.#raw.get(relation);
    if (table === undefined || (era === 'now' && this.keyOf(relation) === null)) {
      await this.connection.run(`create view ${target} as from wh.${relationName(relation)}`);
      return;
    }
    const before = era === 'now' ? table.query : queryBefore(table, this.#previous);
    if (before === null) throw new Error(`${relation} is not known as it was`);
    const rows = `(${typedQuery({ columns: table.columns, query: before })})`;
    await this.connection.run(`create table ${target} as ${this.narrowed(rows, relation)}`);
  }

  async count(sql: string): Promise<number> {
    const [row] = await readRows(this.connection, `select count(*) as n from (${sql})`);
    return Number(row?.n);
  }
}
