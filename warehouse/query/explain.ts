import type { CheckSettings } from '../check/check.ts';
import { checkStatuses } from '../check/status.ts';
import { findMetric, type Catalogue } from '../metric/catalogue.ts';
import { measureColumns } from '../metric/measure-columns.ts';
import { methodNotes } from '../metric/method-notes.ts';
import type { Metric } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import { readRows, type PlainRow } from '../rows.ts';
import { checksOf, type Check } from './checks.ts';
import { unitStatement } from './metric-query.ts';
import { unmetNeeds } from './needs.ts';
import { planUnits } from './plan.ts';
import { extractsOf, hopsToExtracts, releaseFacts, type Hop } from './release-facts.ts';
import { resolveMetrics } from './resolve.ts';
import type { Parameter } from './sql-text.ts';
import { readViewState, type ViewState } from './view-state.ts';

/** Where a number comes from and what stands behind it. */
export interface Explanation {
  readonly release: string;
  readonly metric: Metric;
  /** What the engine does beyond what the metric's own `method` says, one sentence each. */
  readonly methodNotes: readonly string[];
  /** The statement that is run, with `$1` … for `parameters`. */
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  readonly lineage: {
    /** From the metric's own relation back to the extracts. */
    readonly relations: readonly ExplainedRelation[];
    /** Columns as `mart.coding.correct` (`mart.coding.*`: its rows); `to` is made from `from`. */
    readonly edges: readonly { readonly from: string; readonly to: string }[];
    readonly extracts: readonly string[];
  };
  readonly checks: readonly ExplainedCheck[];
  /** Why the number is not known in this release: a sentence for each thing it needs and the release has not. */
  readonly unmet: readonly string[];
  /** Other metrics of the same group: other definitions of the same thing. */
  readonly variants: readonly Pick<Metric, 'id' | 'code' | 'label' | 'help'>[];
}

export interface ExplainedRelation {
  readonly name: string;
  /** null for an extract. */
  readonly summary: string | null;
  readonly sql: string | null;
  /** Only those the number rests on. */
  readonly columns: readonly string[];
}

/** A check that guards the number; one of the gate is summed over its sources. */
export interface ExplainedCheck extends Pick<Check, 'id' | 'status'> {
  /** null, as what follows, for a check the release does not know. */
  readonly severity: string | null;
  readonly says: string | null;
  readonly examined: number | null;
  readonly violated: number | null;
  /** Share allowed, 0 to 1. */
  readonly threshold: number | null;
}

/**
 * Explains a metric (id, or a code no other shares): definition, SQL, lineage to the extracts, checks, variants.
 *
 * The SQL is that of `view` where one is given, else of the whole range without a split.
 * @param settings thresholds of now, for the checks; those the release was built under unless told
 * @throws UserError where there is no such metric or several of that code
 */
export const explain = async (
  reader: Reader,
  catalogue: Catalogue,
  metricId: string,
  { settings = new Map(), view }: { readonly settings?: CheckSettings; readonly view?: ViewState } = {},
): Promise<Explanation> => {
  const metric = findMetric(catalogue, metricId);
  const asked = { ...(view ?? readViewState({ metrics: [metric.id] })), metrics: [metric.id] };
  const [unit] = planUnits(resolveMetrics(catalogue, asked), asked);
  const facts = await releaseFacts(reader);
  const hops = hopsToExtracts(facts, metric.measure.from, dependsOn(metric, asked));
  const checks = await checksOf(reader, catalogue, settings);
  const connection = await reader.connect();
  try {
    const models = await readRows(connection, 'select name, summary, sql from meta.model');
    return {
      release: facts.release,
      metric,
      methodNotes: methodNotes(metric),
      ...unitStatement(unit!, asked),
      lineage: {
        relations: relationsOf(metric, hops, models),
        edges: hops.map((hop) => ({
          from: `${hop.sourceRelation}.${hop.sourceColumn}`,
          to: `${hop.relation}.${hop.column}`,
        })),
        extracts: extractsOf(facts, metric),
      },
      unmet: (await unmetNeeds(connection, [metric])).get(metric) ?? [],
      checks: checksFor(metric, checks),
      variants: variantsOf(catalogue, metric),
    };
  } finally {
    connection.closeSync();
  }
};

/** Columns the number rests on, those split and filtered by included. */
const dependsOn = (metric: Metric, view: ViewState): string[] => {
  const own = Object.values(measureColumns(metric.measure));
  const asked = [...view.by, ...Object.keys(view.where)].flatMap((id) => metric.dimensions[id] ?? []);
  return [...new Set([...own, ...asked])];
};

const relationsOf = (metric: Metric, hops: readonly Hop[], models: readonly PlainRow[]): ExplainedRelation[] => {
  const columns = new Map<string, Set<string>>([[metric.measure.from, new Set()]]);
  const add = (relation: string, column: string): void => {
    columns.set(relation, (columns.get(relation) ?? new Set()).add(column));
  };
  for (const hop of hops) {
    add(hop.relation, hop.column);
    add(hop.sourceRelation, hop.sourceColumn);
  }
  return [...columns].map(([name, names]) => {
    const model = models.find((row) => row.name === name);
    const text = (key: string): string | null => (typeof model?.[key] === 'string' ? model[key] : null);
    return { name, summary: text('summary'), sql: text('sql'), columns: [...names].sort() };
  });
};

/** Those that guard a metric, the worst first, then those it names and the release does not know. */
const checksFor = ({ id, gatedBy }: Metric, checks: readonly Check[]): ExplainedCheck[] => {
  const guarding = Map.groupBy(
    checks.filter(({ metrics }) => metrics.includes(id)),
    (check) => check.id,
  );
  const unknown = {
    severity: null,
    says: null,
    examined: null,
    violated: null,
    threshold: null,
    status: 'na',
  } as const;
  return [
    ...[...guarding.values()].map(summed),
    ...gatedBy.filter((name) => !guarding.has(name)).map((name) => ({ id: name, ...unknown })),
  ];
};

/** One check put to several sources: all its rows, and the worst it came to. */
const summed = (same: readonly Check[]): ExplainedCheck => {
  const { id, severity, says, threshold } = same[0]!;
  const sum = (values: readonly (number | null)[]): number | null =>
    values.includes(null) ? null : values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const status = checkStatuses.find((each) => same.some((check) => check.status === each)) ?? 'na';
  const examined = sum(same.map((check) => check.examined));
  const violated = sum(same.map((check) => check.violated));
  return { id, severity, says, threshold, examined, violated, status };
};

const variantsOf = (catalogue: Catalogue, metric: Metric): Explanation['variants'] =>
  catalogue.metrics
    .filter((other) => other !== metric && metric.variantOf !== null && other.variantOf === metric.variantOf)
    .map(({ id, code, label, help }) => ({ id, code, label, help }));
