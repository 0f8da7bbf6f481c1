import type { DuckDBConnection } from '@duckdb/node-api';
import { countExamined, countViolations, type Assert, type AssertCounts } from './assert.ts';
import { Changes, differenceOf, other, type Found } from './change.ts';
import { findDirty } from './dirty.ts';
import type { CompiledAssert, Counted } from './model/compile-asserts.ts';
import type { Compiled, CompiledModel } from './model/compiled.ts';
import type { LineageEdge } from './model/lineage.ts';
import type { Model } from './model/model.ts';
import { inSpans, joinedSpans, onwardFrom, spansOf, type Span } from './period.ts';
import type { Previous } from './plan.ts';
import { identifier, literal, relationName } from './quote.ts';
import { Scratch, type Era } from './scratch.ts';
import { inTransaction } from './transaction.ts';

/** The release that a build starts from. */
export interface Base {
  readonly file: string;
  readonly previous: Previous;
}

/** What reads relations: a model, an assert, a scan of checks. */
export interface Reading {
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

  private constructor(connection: DuckDBConnection, scratch: Scratch, changes: Changes) {
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
    return { increment: new Increment(connection, scratch, changes) };
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
    const found = await this.standing({ parents, lineage, mixes });
    if (found.standing !== 'units' || model.model.kind === 'view') return found;
    if (model.model.kind === 'period') return other('it is replaced by month');
    return apart.mode === 'keyed' ? this.#replace(model) : this.#addUp(model);
  }

  /**
   * Months of a period model that come out otherwise, since rows of the relations it follows do.
   *
   * @returns none where it is as it was; null where anything else that it reads changed, or the months are not known
   */
  async spans({ model, parents, lineage }: CompiledModel): Promise<readonly Span[] | null> {
    const followed = new Set(model.followed.map(({ relation }) => relation));
    const others = parents.filter((name) => !followed.has(name));
    const { standing } = await this.standing({ parents: others, lineage, mixes: 'it is replaced by month' });
    if (standing !== 'same') return null;
    const spans: Span[] = [];
    for (const { relation, column, isOnward } of model.followed) {
      const months = await this.changes.months(relation, column);
      if (months === null) return null;
      spans.push(...(isOnward ? onwardFrom(months) : spansOf(months)));
    }
    return joinedSpans(spans);
  }

  /** Notes that months of a period model were replaced; in the others it is as it was. */
  noteReplaced({ name, periodColumn }: Model, spans: readonly Span[]): void {
    const rows = inSpans(identifier(periodColumn!), spans);
    const [was, now] = ['previous', 'wh'].map((era) => `(from ${era}.${relationName(name)} where ${rows})`);
    this.changes.note(name, 'other');
    this.changes.noteRows(name, () => Promise.resolve(differenceOf(was!, now!)));
  }

  /**
   * Rows that break a promise: those of the release before, less what the changed units broke then, and what they break
   * now. Null where it must be counted over everything.
   *
   * @param before what was counted of it in the release before
   */
  async violations(
    { assert, parents, lineage, isByUnit }: CompiledAssert,
    before: AssertCounts | undefined,
  ): Promise<number | null> {
    if (before === undefined) return null;
    const counted = await this.#carried({ parents, lineage, isByUnit }, before.violations, () =>
      countViolations(this.#connection, assert),
    );
    if (counted !== null || assert.unique === undefined || before.violations > 0) return counted;
    return this.#sharedKeys(assert.unique);
  }

  /** Rows a promise is about, in the same way. */
  async examined({ assert, examined }: CompiledAssert, before: AssertCounts | undefined): Promise<number | null> {
    if (examined === null || (before?.examined ?? null) === null) return null;
    return this.#carried(examined, before!.examined!, async () => (await countExamined(this.#connection, assert))!);
  }

  async #carried(
    { parents, lineage, isByUnit }: Counted,
    before: number,
    count: () => Promise<number>,
  ): Promise<number | null> {
    const { standing } = await this.standing({ parents, lineage, mixes: isByUnit ? null : 'it mixes units' });
    if (standing !== 'units') return standing === 'same' ? before : null;
    const [was, now] = await this.inBothEras(parents, count);
    return before - was + now;
  }

  /** Keys that rows share where none did before: one of those rows has come. Null where it is not known which came. */
  async #sharedKeys({ relation, key }: NonNullable<Assert['unique']>): Promise<number | null> {
    const touched = await this.changes.differing(relation);
    if (touched === null) return null;
    const names = key.map(identifier);
    const isSame = names.map((name) => `each.${name} is not distinct from came.${name}`).join(' and ');
    return this.#scratch.count(`select 1 from wh.${relationName(relation)} as each
      where exists (select 1 from (${touched}) as came where ${isSame})
      group by ${names.map((name) => `each.${name}`).join(', ')} having count(*) > 1`);
  }

  /** How what reads these relations must stand: `other` where it cannot be narrowed to units. */
  async standing(reading: Reading): Promise<Found> {
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

  /** Does something over the changed units as they were, then as they are; the relations it reads stand under their names. */
  async inBothEras<T>(relations: readonly string[], work: (era: Era) => Promise<T>): Promise<[was: T, now: T]> {
    const was = await this.#scratch.within('was', relations, () => work('was'));
    return [was, await this.#scratch.within('now', relations, () => work('now'))];
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
    const differing = differenceOf(was!, now!);
    await this.#connection.run(
      `create or replace table now.main.touched as select distinct ${key} as key from (${differing})`,
    );
    if ((await this.#scratch.count('from now.main.touched')) === 0) return SAME;
    this.changes.noteRows(name, () => Promise.resolve(differing));
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
    const changed = `now.main.${identifier(written.name)}`;
    await this.#connection.run(`create or replace table ${changed} as select ${list}, ${added} from (
        select ${list}, ${signed('+')} from now.main.part union all select ${list}, ${signed('-')} from was.main.part)
      group by ${list} having ${sums.map((name) => `sum(${name}) <> 0`).join(' or ')}`);
    if ((await this.#scratch.count(`from ${changed}`)) === 0) return SAME;
    const whole = `wh.${relationName(written.name)}`;
    const same = groups.map((name) => `each.${name} is not distinct from change.${name}`).join(' and ');
    const typed = columns.map(({ name, type }) => `cast(${identifier(name)} as ${type}) as ${identifier(name)}`);
    await this.#connection.run(`create or replace table now.main.merged as select ${typed.join(', ')} from (
      select ${list}, ${added} from (
        select ${list}, ${sums.join(', ')} from ${whole} as each where exists (select 1 from ${changed} as change where ${same})
        union all select ${list}, ${sums.join(', ')} from ${changed})
      group by ${list}) where ${identifier(apart.rows)} <> 0`);
    if ((await this.#scratch.count(`from now.main.merged where ${identifier(apart.rows)} < 0`)) > 0)
      return other('its sums do not add up to what they were');
    await inTransaction(this.#connection, async () => {
      await this.#connection.run(
        `delete from ${whole} as each where exists (select 1 from ${changed} as change where ${same})`,
      );
      await this.#connection.run(`insert into ${whole} from now.main.merged`);
    });
    this.changes.noteRows(written.name, () => Promise.resolve(`from ${changed}`));
    return UNITS;
  }
}
