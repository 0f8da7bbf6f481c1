import type { AssertCounts } from './assert.ts';
import type { Compiled, CompiledModel, RawTable } from './model/compiled.ts';
import { KEPT_LAYERS, type Layer } from './model/model.ts';

/** What is to be done with one model of the kept layers. */
export interface Work {
  readonly name: string;
  readonly action: 'keep' | 'build';
  /** Why, as a few words for a person: `unchanged`, `new model`, `raw.encounter changed` … */
  readonly reason: string;
  /** First days of the months to replace; null: the whole relation; empty: none. `''` stands for rows without a date. */
  readonly periods: readonly string[] | null;
  /**
   * True where only rows of units (encounters, accounts) that changed need to be replaced, in whatever months: `periods`
   * are then the months of the raw rows that changed, null where those are not known.
   */
  readonly byUnit?: boolean;
  /**
   * True where months are replaced that only the build finds out: those in which rows of the relations it follows differ.
   * `periods` are then the months that were asked for besides, null where none were.
   */
  readonly byMonth?: boolean;
}

/** What the current release says of how it was made; read from its meta schema. */
export interface Previous {
  readonly release: string;
  readonly models: ReadonlyMap<
    string,
    { readonly definition: string; readonly fingerprint: string; /** Null for a view. */ readonly rows: number | null }
  >;
  /** Raw tables by name (`raw.encounter`). */
  readonly inputs: ReadonlyMap<string, PreviousInput>;
  /** What was counted of each promise, by the hash of what was asked. */
  readonly asserts?: ReadonlyMap<string, AssertCounts>;
}

/** What a release says of a raw table it was made of. */
export interface PreviousInput extends Pick<RawTable, 'fingerprint' | 'months' | 'parts'> {
  /** SQL of its rows, where they stand in no files. */
  readonly query?: string;
}

/** What a person asked for beyond what changed. */
export interface PlanOptions {
  /** Build everything anew. */
  readonly full?: boolean;
  /** Replace these months of period models: ISO dates, first inclusive, second exclusive. */
  readonly months?: { readonly from: string; readonly to: string };
}

/** First days of the months that meet [from, to), both ISO dates. */
const monthsBetween = (from: string, to: string): string[] => {
  const months: string[] = [];
  for (
    let at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
    at.toISOString().slice(0, 10) < to;
    at.setUTCMonth(at.getUTCMonth() + 1)
  )
    months.push(at.toISOString().slice(0, 10));
  return months;
};

/** Months whose rows differ between two states of a table; null when either state does not know its months. */
const changedMonths = (now: RawTable, before: Pick<RawTable, 'months'> | undefined): string[] | null => {
  const [new_, old] = [now.months, before?.months];
  if (new_ === undefined || old === undefined) return null;
  return [...new Set([...Object.keys(new_), ...Object.keys(old)])].filter((month) => new_[month] !== old[month]);
};

/** Months a period model must replace; null when it must be built whole. */
const dirtyMonths = ({ model }: CompiledModel, changed: readonly RawTable[], previous: Previous): string[] | null => {
  const months = new Set<string>();
  for (const table of changed) {
    const name = `raw.${table.name}`;
    const dirty = model.follows.includes(name) ? changedMonths(table, previous.inputs.get(name)) : null;
    if (dirty === null) return null;
    for (const month of dirty) months.add(month);
  }
  return [...months].sort();
};

/** Whether it may do to replace the rows of some units: it depends on units, and files tell which of them changed. */
const isByUnit = ({ model, apart }: CompiledModel, changed: readonly RawTable[], previous: Previous): boolean =>
  model.kind === 'table' &&
  (apart.mode === 'keyed' || apart.mode === 'sums') &&
  changed.every(
    ({ name, parts }) =>
      (parts !== undefined && previous.inputs.get(`raw.${name}`)?.parts !== undefined) ||
      (parts === undefined && previous.inputs.get(`raw.${name}`)?.query !== undefined),
  );

/** Months of the raw rows that changed; null where a table does not know them. */
const monthsOf = (changed: readonly RawTable[], previous: Previous): readonly string[] | null => {
  const months = changed
    .filter(({ parts }) => parts !== undefined)
    .map((table) => changedMonths(table, previous.inputs.get(`raw.${table.name}`)));
  return months.includes(null) ? null : [...new Set(months.flatMap((each) => each ?? []))].sort();
};

const workOn = (
  compiled: CompiledModel,
  raw: ReadonlyMap<string, RawTable>,
  previous: Previous | null,
  options: PlanOptions,
): Work => {
  const { model, inputs, definition, fingerprint } = compiled;
  const build = (reason: string, periods: readonly string[] | null = null): Work => ({
    name: model.name,
    action: 'build',
    reason,
    periods,
  });
  if (previous === null) return build('no release to build on');
  if (options.full) return build('asked for in full');
  const before = previous.models.get(model.name);
  if (before === undefined) return build('new model');
  if (before.definition !== definition) return build('its definition, or that of what it reads, changed');
  const asked =
    options.months !== undefined && model.kind === 'period'
      ? monthsBetween(options.months.from, options.months.to)
      : [];
  if (before.fingerprint === fingerprint)
    return asked.length > 0
      ? build('asked for', asked)
      : { name: model.name, action: 'keep', reason: 'unchanged', periods: [] };
  const changed = inputs
    .map((name) => raw.get(name)!)
    .filter((table) => previous.inputs.get(`raw.${table.name}`)?.fingerprint !== table.fingerprint);
  const reason = `${changed.map((table) => `raw.${table.name}`).join(', ')} changed`;
  const dirty =
    model.kind === 'period' && model.followed.length === 0 ? dirtyMonths(compiled, changed, previous) : null;
  if (dirty !== null) return build(reason, [...new Set([...dirty, ...asked])].sort());
  if (model.followed.length > 0) {
    const followed = model.followed.map(({ relation }) => relation).join(', ');
    const found = build(
      `${reason}; months as ${followed} tell${model.followed.length === 1 ? 's' : ''}`,
      asked.length > 0 ? asked : null,
    );
    return { ...found, byMonth: true };
  }
  return isByUnit(compiled, changed, previous)
    ? { ...build(reason, monthsOf(changed, previous)), byUnit: true }
    : build(reason);
};

/**
 * Decides what of the current release is kept and what is built, in build order. Nothing is read or written.
 *
 * @param previous the current release; null when there is none
 */
export const plan = (compiled: Compiled, previous: Previous | null, options: PlanOptions = {}): Work[] => {
  const raw = new Map(compiled.raw.map((table) => [`raw.${table.name}`, table]));
  return compiled.models
    .filter(({ model }) => (KEPT_LAYERS as readonly Layer[]).includes(model.layer))
    .map((each) => workOn(each, raw, previous, options));
};
