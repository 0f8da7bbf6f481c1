import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import type { Catalogue } from '../metric/catalogue.ts';
import { definitionVersion } from '../metric/definition-version.ts';
import type { Metric, Unit as UnitOfMeasure } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import { assemble } from './assemble.ts';
import type { Block } from './block.ts';
import type { ColumnTable } from './column-table.ts';
import { comparedView, comparison } from './compare.ts';
import { scopeDimension } from './dated-target.ts';
import { finishUnit } from './finish.ts';
import { keptBlocks, type KeptBlocks } from './kept-blocks.ts';
import { unitStatement } from './metric-query.ts';
import { notKnown, unmetNeeds } from './needs.ts';
import { planUnits, type Unit } from './plan.ts';
import { completeThrough, releaseFacts, settledThrough } from './release-facts.ts';
import { resolveMetrics } from './resolve.ts';
import { knownRows } from './selected-rows.ts';
import { runStatement, statementOf } from './sql-text.ts';
import type { ViewState } from './view-state.ts';

/** What a view state was answered with. Screen, export, report and command line all show this one thing. */
export interface Answer {
  /** Id of the release every number comes from. */
  readonly release: string;
  /** What the answer speaks of, ISO 8601: the end of the day asked for, else the moment of the release. */
  readonly asOf: string;
  /** Last day for which every extract these metrics rest on has arrived, ISO; null = not known. */
  readonly completeThrough: string | null;
  readonly metrics: readonly AnsweredMetric[];
  /**
   * One row per metric, period and group, in the order metric asked, period, dimension values (unknown last). Columns:
   * metric (text), period (date: its first day; null without grain), one per dimension asked (text), value, numerator,
   * denominator, lower, upper, n (numbers), suppressed (boolean); with a comparison also comparePeriod (date),
   * compareValue and change (value − compareValue, in the metric's unit).
   *
   * n is what the value rests on: the denominator of a ratio, its clusters where it has an interval over clusters, the
   * count itself, the values of a quantile, the subjects watched of a survival figure.
   */
  readonly table: ColumnTable;
}

export interface AnsweredMetric {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  /** How these very numbers were computed: the metric's method, and where it gave way to another one. */
  readonly method: string;
  readonly unit: UnitOfMeasure;
  /** Which definition that is, see definition-version.ts. */
  readonly version: string;
  /**
   * Last day whose rows have arrived from this metric's own extracts, and settled where that takes months: a late
   * registry does not make coding look unfinished. ISO; null = not known.
   */
  readonly completeThrough: string | null;
  /** Why its value is not known, where the release lacks something it needs. */
  readonly notKnown?: string;
}

/**
 * Answers a view state from one release, in as few statements as the metrics have relations.
 *
 * @throws UserError for an unknown metric, dimension or grain; the signal's reason once it is aborted (the running
 * statement is interrupted)
 */
export const answer = async (
  reader: Reader,
  catalogue: Catalogue,
  view: ViewState,
  signal?: AbortSignal,
): Promise<Answer> => {
  const metrics = resolveMetrics(catalogue, view);
  const compared = view.compare === null ? null : comparedView(view);
  const facts = await releaseFacts(reader);
  const source = { connection: await reader.connect(), kept: keptBlocks(reader) };
  source.kept?.note(view);
  try {
    const blocks = await blocksOf(source, metrics, view, signal);
    const earlier = compared === null ? null : await blocksOf(source, metrics, compared, signal);
    const comparisons = earlier?.map((block, i) => comparison(blocks[i]!, block, view)) ?? null;
    return {
      release: facts.release,
      asOf: view.asOf ?? facts.asOf ?? '',
      completeThrough: completeThrough(facts, metrics, view.asOf),
      metrics: blocks.map((block) => ({
        ...describe(block),
        completeThrough: settledThrough(facts, block.metric, view.asOf),
        ...(block.notKnown === undefined ? {} : { notKnown: block.notKnown }),
      })),
      table: assemble(blocks, view.by, comparisons),
    };
  } finally {
    source.connection.closeSync();
  }
};

/** Where numbers are taken from: a connection, and what was taken of the same release before, where that is kept. */
export interface BlockSource {
  readonly connection: DuckDBConnection;
  readonly kept: KeptBlocks | null;
}

/** The numbers of metrics that can answer the view: one block each, in their order. */
export const blocksOf = async (
  { connection, kept }: BlockSource,
  metrics: readonly Metric[],
  view: ViewState,
  signal?: AbortSignal,
): Promise<Block[]> => {
  const unmet = await unmetNeeds(connection, metrics);
  const blocks = new Map<Metric, Block>();
  for (const unit of planUnits(metrics, view)) {
    for (const block of kept?.of(unit, view) ?? (await taken(connection, unit, view, signal))) {
      kept?.keep(unit, view, block);
      blocks.set(block.metric, block);
    }
  }
  return metrics.map((metric) => {
    const block = blocks.get(metric)!;
    const says = unmet.get(metric)?.join(' ') ?? '';
    return says === '' ? block : notKnown(block, says);
  });
};

const taken = async (
  connection: DuckDBConnection,
  unit: Unit,
  view: ViewState,
  signal: AbortSignal | undefined,
): Promise<readonly Block[]> => {
  const result = await runStatement(connection, unitStatement(unit, view), signal);
  const blocks: Block[] = [];
  for (const block of finishUnit(unit, result))
    blocks.push(await unknownIfUnfed(connection, unit, view, block, signal));
  return blocks;
};

/**
 * A count of 0 is a finding, but not where nothing has fed the relation at all by then, or nothing of the facilities asked
 * about, or, of a period, nothing that tells a day: then it is not known.
 */
const unknownIfUnfed = async (
  connection: DuckDBConnection,
  unit: Unit,
  view: ViewState,
  block: Block,
  signal: AbortSignal | undefined,
): Promise<Block> => {
  const { metric, value, rows } = block;
  if (metric.measure.kind !== 'count' || rows !== 1 || value[0] !== 0) return block;
  const kept = metric.dimensions[scopeDimension] ?? null;
  const isDated = view.from !== null || view.to !== null;
  const any = statementOf(sql`${knownRows(unit, view, { kept, isDated })} limit 1`);
  const { rows: fed } = await runStatement(connection, any, signal);
  return fed > 0 ? block : { ...block, value: Float64Array.of(NaN), numerator: Float64Array.of(NaN) };
};

const describe = ({ metric, note }: Block): Omit<AnsweredMetric, 'completeThrough' | 'notKnown'> => {
  const { id, code, label, method, unit } = metric;
  const words = note === '' ? method : `${method}; ${note}`;
  return { id, code, label, method: words, unit, version: definitionVersion(metric) };
};
