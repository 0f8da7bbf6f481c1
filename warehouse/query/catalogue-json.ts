import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import { dimensionOf, type Catalogue } from '../metric/catalogue.ts';
import { definitionVersion } from '../metric/definition-version.ts';
import type { Dimension, Metric, Target } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import { unmetNeeds } from './needs.ts';
import { cell } from './column-table.ts';
import { readTargets, targetInForce } from './dated-target.ts';
import { releaseFacts } from './release-facts.ts';
import { undatedMetrics, undatedSentence } from './undated.ts';
import { column, relation, runStatement, statementOf, type Sql } from './sql-text.ts';

/** What may be asked, for the page, `himsight metrics` and whoever writes a client. */
export interface CatalogueJson {
  readonly release: string;
  readonly metrics: readonly CatalogueMetric[];
  readonly dimensions: readonly CatalogueDimension[];
}

export interface CatalogueMetric extends Omit<
  Metric,
  'measure' | 'dimensions' | 'gatedBy' | 'where' | 'target' | 'needs'
> {
  readonly kind: Metric['measure']['kind'];
  /** `last`: a stock, read at the last date of each period; null: a flow, summed over it. */
  readonly take: 'last' | null;
  /** The one for all facilities in force on the release's day; a facility's own is told by its standing. */
  readonly target: Target | null;
  /** Ids of the dimensions it may be split and filtered by. */
  readonly dimensions: readonly string[];
  /** Which definition it is, see definition-version.ts. */
  readonly version: string;
  /** Why it is not known in this release: what it needs and the release has not. */
  readonly notKnown?: string;
  /** Why it is known in no period, only in total: none of its rows tells a day. */
  readonly undated?: string;
}

export interface CatalogueDimension {
  readonly id: string;
  readonly label: string;
  /** Values the release holds, by label; at most 5,000. Unknown is not among them: ask for it by the empty text. */
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

const mostValues = 5000;

/** The catalogue with the values each dimension takes in this release. Reads the release: keep the outcome with it. */
export const toCatalogueJson = async (reader: Reader, catalogue: Catalogue): Promise<CatalogueJson> => {
  const connection = await reader.connect();
  try {
    const dimensions: CatalogueDimension[] = [];
    for (const id of new Set([
      ...catalogue.dimensions.map((dimension) => dimension.id),
      ...usedDimensions(catalogue),
    ])) {
      const dimension = dimensionOf(catalogue, id);
      dimensions.push({ id, label: dimension.label, values: await valuesOf(connection, catalogue, dimension) });
    }
    const targets = await readTargets(connection);
    const unmet = await unmetNeeds(connection, catalogue.metrics);
    const undated = await undatedMetrics(connection, catalogue.metrics);
    const { asOf } = await releaseFacts(reader);
    const metrics = catalogue.metrics.map((metric) => {
      const says = unmet.get(metric)?.join(' ') ?? '';
      const entry = shown(metric, targetInForce(targets, metric, null, asOf?.slice(0, 10) ?? null));
      const isUndated = undated.has(metric);
      return {
        ...entry,
        ...(says === '' ? {} : { notKnown: says }),
        ...(isUndated ? { undated: undatedSentence } : {}),
      };
    });
    return { release: reader.release, metrics, dimensions };
  } finally {
    connection.closeSync();
  }
};

const usedDimensions = ({ metrics }: Catalogue): string[] =>
  metrics.flatMap(({ dimensions }) => Object.keys(dimensions));

const shown = (whole: Metric, target: Target | null): CatalogueMetric => {
  const { measure, dimensions, gatedBy: _gatedBy, where: _where, needs: _needs, ...metric } = whole;
  return {
    ...metric,
    version: definitionVersion(whole),
    target: target && {
      value: target.value,
      label: target.label,
      citation: target.citation,
      direction: target.direction,
    },

    kind: measure.kind,
    take: 'take' in measure ? (measure.take ?? null) : null,
    dimensions: Object.keys(dimensions),
  };
};

const valuesOf = async (
  connection: DuckDBConnection,
  catalogue: Catalogue,
  dimension: Dimension,
): Promise<CatalogueDimension['values']> => {
  const places = new Map<string, Sql>();
  for (const { measure, dimensions } of catalogue.metrics) {
    const name = dimensions[dimension.id];
    if (name === undefined) continue;
    places.set(
      `${measure.from}\0${name}`,
      sql`select distinct cast(${column(name)} as varchar) as value from ${relation(measure.from)}`,
    );
  }
  if (places.size === 0) return [];
  const { rows, columns } = await runStatement(connection, statementOf(valuesQuery([...places.values()], dimension)));
  const [values, labels] = columns;
  return Array.from({ length: rows }, (_, row) => {
    const value = String(cell(values!, row));
    return { value, label: dimension.labels[value] ?? String(cell(labels!, row) ?? value) };
  }).sort((a, b) => a.label.localeCompare(b.label, 'en'));
};

const valuesQuery = (places: readonly Sql[], { labelFrom }: Dimension): Sql => {
  const found = sql.join(places, sql` union `);
  const limit = sql`order by value limit ${sql.lit(mostValues)}`;
  if (labelFrom === null)
    return sql`select value, null::varchar as label from (${found}) as found where value is not null ${limit}`;
  return sql`select value, label
from (${found}) as found
left join (
  select cast(${column(labelFrom.value)} as varchar) as value, any_value(cast(${column(labelFrom.label)} as varchar)) as label
  from ${relation(labelFrom.table)}
  group by 1
) as labels using (value)
where value is not null ${limit}`;
};
