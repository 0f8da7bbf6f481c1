import { findMetric, type Catalogue } from '../metric/catalogue.ts';
import { measureColumns } from '../metric/measure-columns.ts';
import { methodNotes } from '../metric/method-notes.ts';
import type { Metric } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import { readRows, type PlainRow } from '../rows.ts';
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

export interface ExplainedCheck {
  readonly id: string;
  readonly severity: string | null;
  readonly says: string | null;
  readonly examined: number | null;
  readonly violated: number | null;
  readonly status: 'passed' | 'failed' | 'not run';
}

/**
 * Explains a metric (id, or a code no other shares): definition, SQL, lineage to the extracts, checks, variants.
 *
 * The SQL is that of `view` where one is given, else of the whole range without a split.
 * @throws UserError where there is no such metric or several of that code
 */
export const explain = async (
  reader: Reader,
  catalogue: Catalogue,
  metricId: string,
  view?: ViewState,
): Promise<Explanation> => {
  const metric = findMetric(catalogue, metricId);
  const asked = { ...(view ?? readViewState({ metrics: [metric.id] })), metrics: [metric.id] };
  const [unit] = planUnits(resolveMetrics(catalogue, asked), asked);
  const facts = await releaseFacts(reader);
  const hops = hopsToExtracts(facts, metric.measure.from, dependsOn(metric, asked));
  const connection = await reader.connect();
  try {
    const models = await readRows(connection, 'select name, summary, sql from meta.model');
    const gate = await readRows(
      connection,
      `select check_id as id, any_value(severity) as severity, any_value(says) as says,
        cast(sum(examined) as double) as examined, cast(sum(violated) as double) as violated
      from meta.gate_check group by check_id
      union all select name, severity, summary, null, cast(violations as double) from meta.assert`,
    );
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
      checks: metric.gatedBy.map((id) =>
        checkOf(
          id,
          gate.find((row) => row.id === id),
        ),
      ),
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

const checkOf = (id: string, row: PlainRow | undefined): ExplainedCheck => {
  if (row === undefined) return { id, severity: null, says: null, examined: null, violated: null, status: 'not run' };
  const number = (key: string): number | null => (typeof row[key] === 'number' ? row[key] : null);
  const violated = number('violated');
  return {
    id,
    severity: String(row.severity),
    says: String(row.says),
    examined: number('examined'),
    violated,
    status: (violated ?? 0) > 0 ? 'failed' : 'passed',
  };
};

const variantsOf = (catalogue: Catalogue, metric: Metric): Explanation['variants'] =>
  catalogue.metrics
    .filter((other) => other !== metric && metric.variantOf !== null && other.variantOf === metric.variantOf)
    .map(({ id, code, label, help }) => ({ id, code, label, help }));
