import { capital, type Unit } from './format.ts';

/** One number the warehouse can answer, as `GET /api/catalogue` lists it. */
export interface Metric {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  readonly help: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly subject: string;
  readonly page: string;
  readonly order: number;
  readonly scorecard: boolean;
  /** The metric this one is another way of counting; null for the first of its kind. */
  readonly variantOf: string | null;
  readonly dimensions: readonly string[];
  readonly grains: readonly string[];
  readonly target: Target | null;
  readonly definition: string;
  readonly excludes: string | null;
  readonly method: string;
  readonly source: string | null;
  /** How it is measured; `km_…` has a curve. */
  readonly kind: string;
  /** `last`: a stock, counted on the last day of a period. */
  readonly take: 'last' | null;
  /** The version of its definition; absent of a server that does not say. */
  readonly version?: string;
  /** Why nothing is known of it in this release: what it needs and the release has not; absent where it can be known. */
  readonly notKnown?: string;
  /** Why it is known in no period, only in total; absent where its rows tell their days. */
  readonly undated?: string;
}

export interface Target {
  /** In the unit of the metric. */
  readonly value: number;
  readonly label: string;
  readonly citation: string | null;
  /** The side that meets it; null where neither does. */
  readonly direction: 'at_least' | 'at_most' | null;
}

export interface Dimension {
  readonly id: string;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

export interface Catalogue {
  readonly release: string;
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly Dimension[];
}

/** Dimensions whose codes have an order of their own, which people know and look for: Monday first, local before distant. */
const ordered = new Set([
  ...['weekday', 'age_bucket', 'case_age'],
  ...['stage', 'ajcc_stage_group', 'behavior', 'behavior_recode', 'class_of_case', 'diagnosis_year', 'sex'],
]);

/** Whether the values of a dimension stand in the order of their codes rather than of what is counted. */
export const isOrdered = (dimension: string): boolean => ordered.has(dimension);

/** Compares two codes of an ordered dimension; what is not known comes last. */
export const byCode = (a: string | null, b: string | null): number =>
  a === null || b === null
    ? Number(a === null) - Number(b === null)
    : a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' });

/**
 * `medicare_advantage` → `Medicare advantage`, `CHARGE_REVIEW` → `Charge review`. A capital word alone may be a name such
 * as EHR, and ids with figures in them are names already: both stay as they are.
 */
export const worded = (code: string): string =>
  /^[a-z]+(_[a-z]+)*$/.test(code) || /^[A-Z]+(_[A-Z]+)+$/.test(code)
    ? capital(code.replaceAll('_', ' ').toLowerCase())
    : code;

/** The catalogue as people read it: bare codes as words, and the values of ordered dimensions in their order. */
export const readable = (catalogue: Catalogue): Catalogue => ({
  ...catalogue,
  dimensions: catalogue.dimensions.map((dimension) => {
    const values = dimension.values.map(({ value, label }) => ({
      value,
      label: label === value ? worded(value) : label,
    }));
    return {
      ...dimension,
      values: isOrdered(dimension.id) ? values.toSorted((a, b) => byCode(a.value, b.value)) : values,
    };
  }),
});

/** `code_accuracy_auditor 1a2b3c4d, …`: by which definitions metrics are counted, for files. */
export const definitionsOf = (metrics: readonly Metric[]): string =>
  metrics.map(({ id, version }) => `${id} ${version ?? 'not known'}`).join(', ');

/** The metric with this id, or null. */
export const findMetric = (catalogue: Catalogue, id: string | null): Metric | null =>
  catalogue.metrics.find((metric) => metric.id === id) ?? null;

/** The first of these ids that the catalogue has: pages ask for what they would show best and take what there is. */
export const firstMetric = (catalogue: Catalogue, ids: readonly string[]): Metric | null =>
  ids.map((id) => findMetric(catalogue, id)).find((metric) => metric !== null) ?? null;

/** The metric and its variants, the first of the kind leading, the others in catalogue order. */
export const variantsOf = (catalogue: Catalogue, metric: Metric): readonly Metric[] => {
  const root = metric.variantOf ?? metric.id;
  const kin = catalogue.metrics.filter((one) => one.id === root || one.variantOf === root);
  return kin.toSorted((a, b) => Number(b.id === root) - Number(a.id === root));
};

/** What tells a variant from the first of its kind: `all codes` of `Code accuracy, all codes`. */
export const variantName = (kin: readonly Metric[], metric: Metric): string => {
  const prefix = `${kin[0]?.label ?? ''}, `;
  return metric.label.startsWith(prefix) ? metric.label.slice(prefix.length) : metric.label;
};

export const dimensionLabel = (catalogue: Catalogue, id: string): string =>
  catalogue.dimensions.find((dimension) => dimension.id === id)?.label ?? id;

/** How a person names a dimension's value; null and, in filters, the empty text stand for a value that is not known. */
export const valueLabel = (catalogue: Catalogue, dimension: string, value: string | null): string => {
  if (value === null || value === '') return 'not recorded';
  const known = catalogue.dimensions.find((one) => one.id === dimension)?.values.find((one) => one.value === value);
  return known?.label ?? value;
};

/** The filters that this metric does not keep apart, and so cannot obey. */
export const unfit = (metric: Metric, where: Readonly<Record<string, readonly string[]>>): readonly string[] =>
  Object.keys(where).filter((dimension) => !metric.dimensions.includes(dimension));

/** Why a metric cannot be shown in this release, or under these filters, as a sentence; null when it can. */
export const unfitSentence = (
  catalogue: Catalogue,
  metric: Metric,
  where: Readonly<Record<string, readonly string[]>>,
): string | null => {
  const says = metric.notKnown ?? metric.undated;
  if (says !== undefined) return says;
  const names = unfit(metric, where).map((id) => dimensionLabel(catalogue, id).toLowerCase());
  return names.length === 0
    ? null
    : `${metric.label} is not kept by ${names.join(' and ')}; take that filter off to see it.`;
};
