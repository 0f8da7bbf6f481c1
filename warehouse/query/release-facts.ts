import type { DuckDBConnection } from '@duckdb/node-api';
import { metricColumns } from '../metric/measure-columns.ts';
import type { Metric } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import { readRows, type PlainRow } from '../rows.ts';

/** One hop of where a column comes from; column `*`: of what decides which rows there are (filters, joins, groups). */
export interface Hop {
  readonly relation: string;
  readonly column: string;
  readonly sourceRelation: string;
  readonly sourceColumn: string;
}

/** What a release says of itself: small, and the same as long as it is read. */
export interface ReleaseFacts {
  readonly release: string;
  /** Moment its data speak of, ISO 8601; null = not known. */
  readonly asOf: string | null;
  /** Last complete day of the release as a whole, ISO; null = not known. */
  readonly completeThrough: string | null;
  /** Extract → last complete day over all its sources. */
  readonly coverage: ReadonlyMap<string, string>;
  /** Column (`mart.coding.correct`; `mart.coding.*` for its rows) → the hops that lead to it. */
  readonly lineage: ReadonlyMap<string, readonly Hop[]>;
  /** Relation → columns that decide, as conditions on its rows, which of them it has. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
  /** Relation → relations it reads. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
  /** Counts below this are withheld in answers of this release, as its `meta.withholding` (`below`) says; null: none are. */
  readonly withholdsBelow: number | null;
}

/** Raw tables made from the workspace's settings: nothing that arrives or is late. */
const settings = new Set([
  ...[
    'source',
    'completion_policy',
    'target',
    'metric_setting',
    'work_unit',
    'reason_map',
    'score_weight',
    'blended_rate',
  ],
  ...['icd10cm_code', 'icd10pcs_code', 'poa_exempt', 'ms_drg', 'cc_code', 'mce_code', 'ccsr_code'],
  ...['site_recode', 'standard_population', 'population', 'life_table', 'expected_cases'],
]);

const known = new WeakMap<Reader, Promise<ReleaseFacts>>();

/** Read once for each reader, then remembered. */
export const releaseFacts = (reader: Reader): Promise<ReleaseFacts> => {
  let facts = known.get(reader);
  if (facts === undefined) {
    facts = readFacts(reader);
    known.set(reader, facts);
    facts.catch(() => known.delete(reader));
  }
  return facts;
};

const readFacts = async (reader: Reader): Promise<ReleaseFacts> => {
  const connection = await reader.connect();
  try {
    const [release] = await readRows(
      connection,
      `select strftime(as_of, '%Y-%m-%dT%H:%M:%S') as as_of, cast(complete_through as varchar) as through from meta.release`,
    );
    const coverage = await readRows(
      connection,
      'select contract, cast(min(through) as varchar) as through from meta.coverage where through is not null group by contract',
    );
    const lineage = await readRows(
      connection,
      `select distinct model, coalesce(column_name, '*') as column_name, source_relation, source_column from meta.lineage
      where source_column is not null order by all`,
    );
    const filters = await readRows(
      connection,
      `select distinct model, source_relation || '.' || source_column as source from meta.lineage
      where column_name is null and source_column is not null and kind = 'FILTER' order by all`,
    );
    const reads = await readRows(
      connection,
      'select model, list(distinct source_relation order by source_relation) as sources from meta.lineage group by model',
    );
    return {
      release: reader.release,
      withholdsBelow: await withholdsBelow(connection),
      asOf: text(release?.as_of),
      completeThrough: text(release?.through),
      coverage: new Map(coverage.map((row) => [String(row.contract), String(row.through)])),
      lineage: Map.groupBy(lineage.map(hopOf), (hop) => `${hop.relation}.${hop.column}`),
      filters: new Map(
        [...Map.groupBy(filters, (row) => String(row.model))].map(([model, rows]) => [
          model,
          rows.map((row) => String(row.source)),
        ]),
      ),
      reads: new Map(reads.map((row) => [String(row.model), row.sources as readonly string[]])),
    };
  } finally {
    connection.closeSync();
  }
};

const withholdsBelow = async (connection: DuckDBConnection): Promise<number | null> => {
  const said = await readRows(
    connection,
    `select 1 from information_schema.tables where table_schema = 'meta' and table_name = 'withholding'`,
  );
  if (said.length === 0) return null;
  const [row] = await readRows(connection, 'select cast(max(below) as double) as below from meta.withholding');
  // A release that says it withholds, and not from where on, withholds.
  return typeof row?.below === 'number' ? row.below : Infinity;
};

const hopOf = (row: PlainRow): Hop => ({
  relation: String(row.model),
  column: String(row.column_name),
  sourceRelation: String(row.source_relation),
  sourceColumn: String(row.source_column),
});

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Every hop between columns of a relation and the extracts: what their values are made of. */
export const hopsOf = (facts: ReleaseFacts, relation: string, columns: readonly string[]): readonly Hop[] => {
  const found = new Set<Hop>();
  const seen = new Set(columns.map((column) => `${relation}.${column}`));
  for (const column of seen) {
    for (const hop of facts.lineage.get(column) ?? []) {
      found.add(hop);
      seen.add(`${hop.sourceRelation}.${hop.sourceColumn}`);
    }
  }
  return [...found];
};

/**
 * The same down to an extract: where no column leads there (a count of rows), also by what decides which rows there are, of
 * the relation itself first, then of those it rests on.
 */
export const hopsToExtracts = (facts: ReleaseFacts, relation: string, columns: readonly string[]): readonly Hop[] => {
  let hops = hopsOf(facts, relation, columns);
  const whole = new Set<string>();
  while (!hops.some(({ sourceRelation }) => isExtract(sourceRelation))) {
    const reached = [relation, ...hops.map(({ sourceRelation }) => sourceRelation)];
    const more = reached.filter((each) => !whole.has(each));
    if (more.length === 0) break;
    for (const each of more) whole.add(each);
    hops = [...new Set([...hops, ...[...whole].flatMap((each) => hopsOf(facts, each, ['*']))])];
  }
  return hops;
};

/**
 * Names of the extracts whose values a metric and its dimensions are made of. Where no column can be followed back (a
 * bare count, an operator lineage does not know), those its relation reads in any way.
 */
export const extractsOf = (facts: ReleaseFacts, metric: Metric): readonly string[] => {
  const { from } = metric.measure;
  const followed = hopsOf(facts, from, metricColumns(metric)).map((hop) => hop.sourceRelation);
  const relations = followed.some(isExtract) ? followed : ancestorsOf(facts, from);
  return [...new Set(relations.filter(isExtract).map((relation) => relation.slice('raw.'.length)))].sort();
};

const isExtract = (relation: string): boolean =>
  relation.startsWith('raw.') && !settings.has(relation.slice('raw.'.length));

const ancestorsOf = ({ reads }: ReleaseFacts, relation: string): string[] => {
  const found = new Set<string>([relation]);
  for (const each of found) for (const source of reads.get(each) ?? []) found.add(source);
  return [...found];
};

/** Last complete days of the extracts behind these metrics, of those that have one. */
const endsOf = (facts: ReleaseFacts, metrics: readonly Metric[]): readonly string[] => {
  const extracts = new Set(metrics.flatMap((metric) => extractsOf(facts, metric)));
  return [...extracts].flatMap((extract) => facts.coverage.get(extract) ?? []);
};

/** Last complete day by a metric's own extracts alone; null where none of them says. */
export const ownThrough = (facts: ReleaseFacts, metric: Metric): string | null =>
  endsOf(facts, [metric]).toSorted()[0] ?? null;

/**
 * Last day for which every extract behind all these metrics is complete, never later than `asOf`; null = not known.
 * Extracts without a known end (reference lists, say) do not hold it back.
 */
export const completeThrough = (
  facts: ReleaseFacts,
  metrics: readonly Metric[],
  asOf: string | null,
): string | null => {
  const ends = [...endsOf(facts, metrics)];
  if (ends.length === 0 && facts.completeThrough !== null) ends.push(facts.completeThrough);
  if (ends.length > 0 && asOf !== null) ends.push(asOf);
  return ends.sort()[0] ?? null;
};

/**
 * Last day whose rows have both arrived and settled, for one metric: what is counted within six months of its date is
 * not settled before those are over. null = not known.
 */
export const settledThrough = (facts: ReleaseFacts, metric: Metric, asOf: string | null): string | null => {
  const through = completeThrough(facts, [metric], asOf);
  if (through === null || metric.maturesAfterMonths === 0) return through;
  const [year = 0, month = 0, day = 0] = through.split('-').map(Number);
  // The last day whose own day so many months later (the month's last where it has none) is not after `through`.
  const endOf = (months: number): number => new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  const isEnd = day === endOf(0);
  const target = endOf(metric.maturesAfterMonths);
  const settled = new Date(
    Date.UTC(year, month - 1 - metric.maturesAfterMonths, isEnd ? target : Math.min(day, target)),
  );
  return settled.toISOString().slice(0, 10);
};
