import { UserError } from '../error.ts';
import { grains, type Grain } from '../metric/metric.ts';
import { nearest } from '../metric/nearest.ts';

/** One question: what the page shows, the address bar holds and the command line asks. */
export interface ViewState {
  /** Metric ids or codes (`CA1`), in the order wanted; a code that several metrics share asks for all of them. */
  readonly metrics: readonly string[];
  /** Dimension ids to split by. */
  readonly by: readonly string[];
  /** null: one period, the whole range. */
  readonly grain: Grain | null;
  /** First day, ISO, inclusive; null = from the beginning. */
  readonly from: string | null;
  /** Day after the last, ISO, exclusive; null = to the end. */
  readonly to: string | null;
  /**
   * Dimension id → values kept; several values of one dimension are alternatives, several dimensions must all hold.
   * The empty string stands for unknown (null); an empty list keeps everything.
   */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** `previous`: the period just before; `year`: the same period a year earlier (52 weeks for weeks). */
  readonly compare: 'previous' | 'year' | null;
  /** ISO date: the answer as it was known at the end of that day (UTC); null = as the release knows it. */
  readonly asOf: string | null;
}

const empty: ViewState = {
  metrics: [],
  by: [],
  grain: null,
  from: null,
  to: null,
  where: {},
  compare: null,
  asOf: null,
};

const keys = Object.keys(empty);

/**
 * A view state from untyped JSON (a request body, an address): absent keys take their empty value.
 *
 * @throws UserError naming the key and what it may hold. Ids are checked later, against the catalogue.
 */
export const readViewState = (value: unknown): ViewState => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError('The view must be an object with `metrics`.', {
      mend: `Keys it may have: ${keys.join(', ')}.`,
    });
  }
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) throw new UserError(`\`${key}\`: unknown key of a view.`, { mend: nearest(key, keys) });
  }
  const given = { ...empty, ...value } as Record<keyof ViewState, unknown>;
  const view: ViewState = {
    metrics: texts('metrics', given.metrics),
    by: texts('by', given.by),
    grain: oneOf('grain', given.grain, grains),
    from: day('from', given.from),
    to: day('to', given.to),
    where: filters(given.where),
    compare: oneOf('compare', given.compare, ['previous', 'year'] as const),
    asOf: day('asOf', given.asOf),
  };
  if (view.metrics.length === 0) throw new UserError('`metrics`: name at least one metric.');
  if (view.from !== null && view.to !== null && view.from >= view.to) {
    throw new UserError('`to` must be later than `from`: `from` is the first day, `to` the day after the last.');
  }
  return view;
};

const texts = (key: string, value: unknown): string[] => {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw new UserError(`\`${key}\` must be a list of texts.`);
  }
  return [...new Set(value as string[])];
};

/** One of the words allowed, or null. @throws UserError naming the key and them */
export const oneOf = <T extends string>(key: string, value: unknown, allowed: readonly T[]): T | null => {
  if (value === null) return null;
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new UserError(`\`${key}\` must be one of ${allowed.join(', ')}.`);
  return found;
};

const day = (key: string, value: unknown): string | null => {
  if (value === null) return null;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) {
    const time = Date.parse(`${value}T00:00:00Z`);
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value;
  }
  throw new UserError(`\`${key}\` must be a date of the calendar, written YYYY-MM-DD.`);
};

/** Filters as a view has them. @throws UserError naming the key */
export const filters = (value: unknown): Record<string, string[]> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError('`where` must be an object: dimension → list of values.');
  }
  return Object.fromEntries(Object.entries(value).map(([id, list]) => [id, texts(`where.${id}`, list)]));
};
