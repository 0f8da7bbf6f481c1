import type { DuckDBConnection } from '@duckdb/node-api';
import { countViolations } from './assert.ts';
import { Changes, other, type Found } from './change.ts';
import { findDirty } from './dirty.ts';
import type { CompiledAssert } from './model/compile-asserts.ts';
import type { Compiled, CompiledModel } from './model/compile.ts';
import type { LineageEdge } from './model/lineage.ts';
import type { Previous } from './plan.ts';
import { identifier, literal, relationName } from './quote.ts';
import { Scratch } from './scratch.ts';
import { inTransaction } from './transaction.ts';

/** The release that a build starts from. */
export interface Base {
  readonly file: string;
  readonly previous: Previous;
}

/** What reads relations: a model, an assert. */
interface Reading {
  readonly parents: readonly string[];
  readonly lineage: readonly LineageEdge[];
  /** Why rows of units that changed are not enough to tell what it comes to; null where they are. */
  readonly mixes: string | null;
}

/** What an incremental build stands on; or why there is nothing to stand on. */
type Beginning = { readonly increment: Increment } | { readonly increment: null; readonly why: string };

const SAME: Found = { standing: 'same', why: null };
const UNITS: Found = { standing: 'units', why: null };

/**
 * Replaces in a release only what the day's rows change.
 *
 * Which units (encounters, accounts) those rows are of is found once. A model that keeps units apart runs over the changed
 * units alone; one that sums over them runs over them as they were and as they are, and the difference is added. Whatever
 * cannot be narrowed so is built whole by the caller, and compared with what it was: what it feeds may stay.
 */
export class Increment {
  readonly changes: Changes;
  readonly #scratch: Scratch;
  readonly #connection: DuckDBConnection;
  readonly #previous: Previous;

  private constructor(connection: DuckDBConnection, scratch: Scratch, changes: Changes, previous: Previous) {
    this.#previous = previous;
    this.#connection = connection;
    this.#scratch = scratch;
    this.changes = changes;
  }

  /** Finds the units that changed, and the catalogs to run models over them. */
  static async begin(connection: DuckDBConnection, compiled: Compiled, { file, previous }: Base): Promise<Beginning> {
    await connection.run(`attach ${literal(file)} as previous (read_only)`);
    const changes = new Changes(connection, compiled, previous);
    const scratch = new Scratch(connection, compiled, previous);
    const why = await findDirty(scratch, compiled, changes, previous);
    if (why !== null) return { increment: null, why };
    await scratch.open();
    return { increment: new Increment(connection, scratch, changes, previous) };
  }

  /** Lets go of the release before and of the scratch catalogs; the file being built is not touched. */
  static async end(connection: DuckDBConnection): Promise<void> {
    await connection.run('use wh');
    for (const name of ['was', 'now', 'dirty', 'previous']) await connection.run(`detach database if exists ${name}`);
  }

  /**
   * Brings one kept table up to date, if that can be done by units.
   *
   * @returns `same` where not a row differed, `units` where some were replaced, `other` where it must be built whole, and why
   */
  async apply(model: CompiledModel): Promise<Found> {
    const { apart, parents, lineage } = model;
    const mixes = apart.mode === 'whole' ? apart.why : null;
    const found = await this.#standing({ parents, lineage, mixes });
    if (found.standing !== 'units' || model.model.kind === 'view') return found;
    if (model.model.kind === 'period') return other('it is replaced by month');
    return apart.mode === 'keyed' ? this.#replace(model) : this.#addUp(model);
  }

  /**
   * Rows that break a promise: those of the release before, less what the changed units broke then, and what they break
   * now. Null where it must be counted over everything.
   */
  async violations({ assert, parents, lineage, isByUnit, definition }: CompiledAssert): Promise<number | null> {
    const before = this.#previous.asserts?.get(definition);
    if (before === undefined) return null;
    const { standing } = await this.#standing({ parents, lineage, mixes: isByUnit ? null : 'it mixes units' });
    if (standing !== 'units') return standing === 'same' ? before : null;
    const [was, now] = [
      await this.#scratch.within('was', parents, () => countViolations(this.#connection, assert)),
      await this.#scratch.within('now', parents, () => countViolations(this.#connection, assert)),
    ];
    return before - was + now;
  }

  /** How what reads these relations must stand: `other` where it cannot be narrowed to units. */
  async #standing(reading: Reading): Promise<Found> {
    let worst: 'same' | 'units' = 'same';
    for (const parent of reading.parents) {
      if (this.#scratch.keyOf(parent) !== null) {
        const standing = await this.changes.standing(parent);
        if (standing === 'other') return other(`any row of ${parent} may have changed`);
        if (standing === 'units' && reading.mixes !== null) return other(reading.mixes);
        if (standing === 'units') worst = 'units';
      } else if (await this.changes.differs(parent, reading)) return other(`${parent} changed`);
    }
    return { standing: worst, why: null };
  }

  /** Runs a model over the changed units and puts its rows in the place of theirs. */
  async #replace(model: CompiledModel): Promise<Found> {
    const { name } = model.model;
    const { column, kind } = this.#scratch.keyOf(name)!;
    const key = identifier(column);
    const [now, was, whole] = ['now', 'was', 'wh'].map((era) => `${era}.${relationName(name)}`);
    await this.#scratch.slice('now', model);
    const strays = await this.#scratch.count(
      `from ${now} as each where not exists (select 1 from dirty.main.${identifier(kind)} as dirty where dirty.key is not distinct from each.${key})`,
    );
    // Rows of units that did not change: the model mixes units after all, whatever its text seems to say.
    if (strays > 0) return other('its rows of some units depend on others');
    await this.#scratch.lay('was', name);
    await this.#connection.run(`create or replace table now.main.touched as select distinct ${key} as key from (
      (from ${now} except all from ${was}) union all (from ${was} except all from ${now}))`);
    if ((await this.#scratch.count('from now.main.touched')) === 0) return SAME;
    await inTransaction(this.#connection, async () => {
      await this.#connection.run(
        `delete from ${whole} where ${key} in (select key from now.main.touched where key is not null)
          or (${key} is null and exists (select 1 from now.main.touched where key is null))`,
      );
      await this.#connection.run(`insert into ${whole} select each.* from ${now} as each
        where exists (select 1 from now.main.touched as touched where touched.key is not distinct from each.${key})`);
    });
    return UNITS;
  }

  /** Runs a model of sums over the changed units as they were and as they are, and adds the difference. */
  async #addUp(model: CompiledModel): Promise<Found> {
    const { apart, columns, model: written } = model;
    if (apart.mode !== 'sums' || !written.key.every((name) => apart.groups.includes(name)))
      return other('its sums are not told apart by its key');
    await this.#scratch.slice('was', model, 'main.part');
    await this.#scratch.slice('now', model, 'main.part');
    const groups = apart.groups.map(identifier);
    const sums = apart.sums.map(identifier);
    const signed = (sign: string): string => sums.map((name) => `${sign}${name} as ${name}`).join(', ');
    const added = sums.map((name) => `sum(${name}) as ${name}`).join(', ');
    const list = groups.join(', ');
    await this.#connection.run(`create or replace table now.main.change as select ${list}, ${added} from (
        select ${list}, ${signed('+')} from now.main.part union all select ${list}, ${signed('-')} from was.main.part)
      group by ${list} having ${sums.map((name) => `sum(${name}) <> 0`).join(' or ')}`);
    if ((await this.#scratch.count('from now.main.change')) === 0) return SAME;
    const whole = `wh.${relationName(written.name)}`;
    const same = groups.map((name) => `each.${name} is not distinct from change.${name}`).join(' and ');
    const typed = columns.map(({ name, type }) => `cast(${identifier(name)} as ${type}) as ${identifier(name)}`);
    await this.#connection.run(`create or replace table now.main.merged as select ${typed.join(', ')} from (
      select ${list}, ${added} from (
        select ${list}, ${sums.join(', ')} from ${whole} as each where exists (select 1 from now.main.change as change where ${same})
        union all select ${list}, ${sums.join(', ')} from now.main.change)
      group by ${list}) where ${identifier(apart.rows)} <> 0`);
    if ((await this.#scratch.count(`from now.main.merged where ${identifier(apart.rows)} < 0`)) > 0)
      return other('its sums do not add up to what they were');
    await inTransaction(this.#connection, async () => {
      await this.#connection.run(
        `delete from ${whole} as each where exists (select 1 from now.main.change as change where ${same})`,
      );
      await this.#connection.run(`insert into ${whole} from now.main.merged`);
    });
    return UNITS;
  }
}
