import { existsSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Compiled, CompiledModel, RawTable } from './model/compiled.ts';
import type { Previous } from './plan.ts';
import { identifier, relationName } from './quote.ts';
import { filesNeeded, type PartedTable } from './raw-part.ts';
import { readRows } from './rows.ts';
import { queryBefore, typedQuery } from './scratch.ts';

/**
 * How a relation compares with the release before: `same` rows, rows of changed `units` alone differ, or it may be
 * `other` in any row.
 */
export type Standing = 'same' | 'units' | 'other';

/** Relations of more rows than this are not compared with what they were: they count as changed. */
const COMPARED_ROWS = 300_000;

/** A raw table as its parts made it up before; null where that is not known, or a file is gone. */
export const partedBefore = (table: RawTable, previous: Previous): { before: PartedTable; now: PartedTable } | null => {
  const parts = previous.inputs.get(`raw.${table.name}`)?.parts;
  if (parts === undefined || table.parts === undefined) return null;
  const shape = { columns: table.columns, key: table.key ?? [], period: table.period ?? null };
  const [before, now] = [
    { ...shape, parts },
    { ...shape, parts: table.parts },
  ];
  return filesNeeded(before, now).every((file) => existsSync(file)) ? { before, now } : null;
};

/** SQL of the rows that stand in one of two relations alone, as often as they do. */
export const differenceOf = (was: string, now: string): string =>
  `(from ${was} except all from ${now}) union all (from ${now} except all from ${was})`;

/** First day of the month of a date as ISO text, `''` for none. */
const monthOf = (column: string): string =>
  `coalesce(strftime(date_trunc('month', ${identifier(column)}), '%Y-%m-%d'), '')`;

/** Makes ready, when asked, the rows of a relation that came, went or changed, and yields SQL of them. */
export type Differing = () => Promise<string>;
/** How a relation stands, and what made it so where it may differ in any row. */
export interface Found {
  readonly standing: Standing;
  /** `core.extract_as_of changed`; null unless `other`. */
  readonly why: string | null;
}

export const other = (why: string | null): Found => ({ standing: 'other', why });

/** Tells what differs from the release before, relation by relation, as a build goes on. */
export class Changes {
  readonly #standing = new Map<string, Standing>();
  readonly #compared = new Map<string, boolean>();
  readonly #differing = new Map<string, Differing>();
  readonly #months = new Map<string, Promise<readonly string[] | null>>();
  readonly #models: ReadonlyMap<string, CompiledModel>;
  readonly #raw: ReadonlyMap<string, RawTable>;
  readonly #connection: DuckDBConnection;
  readonly #compiled: Compiled;
  readonly #previous: Previous;

  constructor(connection: DuckDBConnection, compiled: Compiled, previous: Previous) {
    this.#connection = connection;
    this.#compiled = compiled;
    this.#previous = previous;
    this.#models = new Map(compiled.models.map((each) => [each.model.name, each]));
    this.#raw = new Map(compiled.raw.map((table) => [`raw.${table.name}`, table]));
  }

  /** Notes how a model of a kept layer came out. */
  note(relation: string, standing: Standing): void {
    this.#standing.set(relation, standing);
  }

  /** Notes where the rows stand, old and new, in which a model that was brought up to date differs. */
  noteRows(relation: string, differing: Differing): void {
    this.#differing.set(relation, differing);
  }

  /** SQL of the rows, old and new, in which a model that was brought up to date differs; null where it was built whole. */
  async differing(relation: string): Promise<string | null> {
    return (await this.#differing.get(relation)?.()) ?? null;
  }

  /**
   * Months in which a relation of a kept layer differs from the release before: what adds up by month need be counted
   * again for these alone. Ask for it once the relation stands in the release being built; it may be asked until
   * `Increment.end`. The rows of the release before stand in `previous`, those of now in `wh`.
   *
   * It costs what changed, not what stands: of a model that was brought up to date by units or by months the rows that
   * were touched are known; one that was built whole is compared, row by row up to 300,000 rows and by a digest of each
   * month beyond.
   *
   * @param column a date or timestamp column of it; the months are those of old rows that went or changed and of the rows
   *   that came in their place. Of a row that changed in another column alone its month is among them too
   * @returns first days (`2025-03-01`) in order, `''` for rows without a date; empty where the relation is as it was; null
   *   where it is not known, so that it must be taken as changed in every month. It may name a month too many, never one
   *   too few
   */
  months(relation: string, column: string): Promise<readonly string[] | null> {
    const name = `${relation} ${column}`;
    const found = this.#months.get(name) ?? this.#findMonths(relation, column);
    this.#months.set(name, found);
    return found;
  }

  async #findMonths(relation: string, column: string): Promise<readonly string[] | null> {
    if ((await this.standing(relation)) === 'same') return [];
    const touched = await this.differing(relation);
    try {
      const query = touched ?? (await this.#monthsCompared(relation, column));
      if (query === null) return null;
      const rows = await readRows(
        this.#connection,
        `select distinct ${monthOf(column)} as month from (${query}) order by 1`,
      );
      return rows.map((row) => String(row.month));
    } catch {
      // A relation or a column that the release before did not have.
      return null;
    }
  }

  /** SQL of a date of every month in which a model that was built whole differs; null for what is no model of a kept layer. */
  async #monthsCompared(relation: string, column: string): Promise<string | null> {
    const model = this.#models.get(relation);
    if (model === undefined || model.model.layer === 'staging') return null;
    const [now, was] = [`wh.${relationName(relation)}`, `previous.${relationName(relation)}`];
    const [sizes] = await readRows(
      this.#connection,
      `select greatest((select count(*) from ${now}), (select count(*) from ${was})) as n`,
    );
    if (Number(sizes?.n) <= COMPARED_ROWS) return differenceOf(was, now);
    // The sums of 64-bit hashes of two different sets of rows are equal once in 10^19.
    const names = model.columns.map(({ name }) => identifier(name)).join(', ');
    const digest = (from: string): string =>
      `select ${monthOf(column)} as month, count(*) as n, sum(cast(hash(${names}) as hugeint)) as h from ${from} group by 1`;
    return `select try_cast(nullif(month, '') as date) as ${identifier(column)} from (${digest(was)} union all ${digest(now)})
      group by month having count(*) = 1 or min(n) <> max(n) or min(h) <> max(h)`;
  }

  /** How a relation stands; models of kept layers must have been noted. */
  async standing(relation: string): Promise<Standing> {
    const known = this.#standing.get(relation);
    if (known !== undefined) return known;
    const found = await this.#find(relation);
    this.#standing.set(relation, found);
    return found;
  }

  async #find(relation: string): Promise<Standing> {
    if (relation.startsWith('reference.')) return 'same';
    const table = this.#raw.get(relation);
    if (table !== undefined) {
      if (this.#previous.inputs.get(relation)?.fingerprint === table.fingerprint) return 'same';
      return (this.#compiled.keys.get(relation) ?? null) !== null && partedBefore(table, this.#previous) !== null
        ? 'units'
        : 'other';
    }
    const model = this.#models.get(relation);
    return model?.model.layer === 'staging' ? this.derived(model) : 'other';
  }

  /** How a model must stand, as far as its parents tell. */
  async derived(model: CompiledModel): Promise<Standing> {
    let worst: Standing = 'same';
    for (const parent of model.parents) {
      const isKeyed = (this.#compiled.keys.get(parent) ?? null) !== null;
      if (isKeyed) {
        const standing = await this.standing(parent);
        if (standing === 'other' || (standing === 'units' && model.apart.mode !== 'keyed')) return 'other';
        if (standing === 'units') worst = 'units';
      } else if (await this.differs(parent, model)) return 'other';
    }
    return worst;
  }

  /** Whether a relation that belongs to no units differs in a column that is used. */
  async differs(relation: string, { lineage }: Pick<CompiledModel, 'lineage'>): Promise<boolean> {
    if ((await this.standing(relation)) === 'same') return false;
    const edges = lineage.filter(({ sourceRelation }) => sourceRelation === relation);
    // With the relation alone in the lineage, it is not known which columns are used.
    const known = lineage.some(({ kind }) => kind !== 'RELATION');
    const used = new Set(edges.flatMap(({ sourceColumn }) => sourceColumn ?? []));
    return this.#rowsDiffer(relation, known && used.size > 0 ? [...used].sort() : null);
  }

  /** @param columns null: all */
  async #rowsDiffer(relation: string, columns: readonly string[] | null): Promise<boolean> {
    const name = `${relation} ${columns?.join(' ') ?? '*'}`;
    const known = this.#compared.get(name);
    if (known !== undefined) return known;
    const found = await this.#compare(relation, columns);
    this.#compared.set(name, found);
    return found;
  }

  async #compare(relation: string, columns: readonly string[] | null): Promise<boolean> {
    const table = this.#raw.get(relation);
    const model = this.#models.get(relation);
    if (model?.model.layer === 'staging') return this.#stagingDiffers(model, columns);
    const before = table === undefined ? `previous.${relationName(relation)}` : null;
    const was = before ?? (table === undefined ? null : this.#rowsBefore(table));
    if (was === null) return true;
    const list = columns === null ? '*' : columns.map(identifier).join(', ');
    const now = `select ${list} from wh.${relationName(relation)}`;
    const old = `select ${list} from ${was}`;
    try {
      const sizes = await readRows(
        this.#connection,
        `select (select count(*) from (${now})) as now, (select count(*) from (${old})) as was`,
      );
      const [now_, was_] = [Number(sizes[0]?.now), Number(sizes[0]?.was)];
      if (now_ !== was_) return true;
      if (now_ > COMPARED_ROWS) return true;
      const rows = await readRows(this.#connection, `select 1 from ((${now}) except all (${old})) limit 1`);
      return rows.length > 0;
    } catch {
      // A file that is gone, a column that came: not known, so it counts as changed.
      return true;
    }
  }

  #rowsBefore(table: RawTable): string | null {
    const query = queryBefore(table, this.#previous);
    return query === null ? null : `(${typedQuery({ columns: table.columns, query })})`;
  }

  /** A staging relation is not kept: it is the same where all that makes up the columns asked for is. */
  async #stagingDiffers(model: CompiledModel, columns: readonly string[] | null): Promise<boolean> {
    const shaping = model.lineage.filter(
      ({ column }) => column === null || columns === null || columns.includes(column),
    );
    const known = model.lineage.some(({ kind }) => kind !== 'RELATION');
    for (const parent of model.parents) {
      if ((this.#compiled.keys.get(parent) ?? null) !== null) {
        if ((await this.standing(parent)) !== 'same') return true;
        continue;
      }
      if ((await this.standing(parent)) === 'same') continue;
      const used = new Set(
        shaping
          .filter(({ sourceRelation }) => sourceRelation === parent)
          .flatMap(({ sourceColumn }) => sourceColumn ?? []),
      );
      if (await this.#rowsDiffer(parent, known && used.size > 0 ? [...used].sort() : null)) return true;
    }
    return false;
  }
}
