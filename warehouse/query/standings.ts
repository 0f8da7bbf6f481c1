import type { Catalogue } from '../metric/catalogue.ts';
import type { Metric } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import type { Side } from '../statistics/evidence.ts';
import { blocksOf } from './answer.ts';
import type { Block } from './block.ts';
import { cell } from './column-table.ts';
import { addDays } from '../additive/calendar.ts';
import { readTargets, scopeDimension, targetInForce, type DatedTarget, type TargetInForce } from './dated-target.ts';
import { keptBlocks } from './kept-blocks.ts';
import { releaseFacts, settledThrough, type ReleaseFacts } from './release-facts.ts';
import { resolveMetrics } from './resolve.ts';
import { evidenceOf, policyOf, policyWindow, type Policy, type PolicyWindow } from './standing.ts';
import { readViewState, type ViewState } from './view-state.ts';

/** How a metric stands against its target over the policy's window: two statuses that are never mixed. */
export interface Standing {
  readonly metric: string;
  /** The facility it is about; null = all that the filters leave. */
  readonly facility: string | null;
  /** First day of the window, and the day after its last; null where it is not known how far the data reach. */
  readonly windowFrom: string | null;
  readonly windowTo: string | null;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** What the value rests on, as in an answer. */
  readonly n: number | null;
  /** The target in force on the window's last day, with its direction and whose it is; all null where there is none. */
  readonly target: number | null;
  readonly label: string | null;
  readonly citation: string | null;
  readonly direction: TargetInForce['direction'];
  readonly setFor: TargetInForce['setFor'] | null;
  readonly policy: Policy;
  readonly evidence: Side | null;
  /** How many more of n would decide it if the rate goes on as seen; 0 once decided, null where that cannot be said. */
  readonly moreAudits: number | null;
}

export interface Standings {
  readonly release: string;
  readonly rows: readonly Standing[];
}

/** Whose standing is asked for. */
export interface StandingsQuestion {
  /** Ids or codes; null = every metric that is on the scorecard or has a target, and is kept by the filters. */
  readonly metrics: readonly string[] | null;
  /** Filters as in a view. One facility alone brings its own target. */
  readonly where: ViewState['where'];
  /** One row a facility instead of one for all. */
  readonly byFacility: boolean;
  readonly asOf: string | null;
}

/**
 * Policy and evidence status of metrics, in the order asked.
 *
 * @throws UserError as an answer; the signal's reason once it is aborted
 */
export const standings = async (
  reader: Reader,
  catalogue: Catalogue,
  question: StandingsQuestion,
  signal?: AbortSignal,
): Promise<Standings> => {
  const facts = await releaseFacts(reader);
  const source = { connection: await reader.connect(), kept: keptBlocks(reader) };
  try {
    const targets = await readTargets(source.connection);
    const metrics = metricsOf(catalogue, question, targets);
    const rows = new Map<Metric, Standing[]>(metrics.map((metric) => [metric, []]));
    // Facilities may be judged over windows of their own, so what is asked is one view a window.
    for (const [key, asked] of Map.groupBy(
      metrics.flatMap((metric) => windowsOf(metric, targets, question, facts).map((window) => ({ metric, window }))),
      ({ window }) => JSON.stringify(window),
    )) {
      const window = JSON.parse(key) as PolicyWindow | null;
      const group = asked.map(({ metric }) => metric);
      const blocks = window === null ? [] : await blocksOf(source, group, viewOf(group, window, question), signal);
      for (const [i, metric] of group.entries())
        rows.get(metric)!.push(...standingsOf(metric, blocks[i] ?? null, { window, targets, question, facts }));
    }
    return { release: facts.release, rows: metrics.flatMap((metric) => rows.get(metric)!.toSorted(byFacility)) };
  } finally {
    source.connection.closeSync();
  }
};

const byFacility = (a: Standing, b: Standing): number =>
  a.facility === b.facility ? 0 : b.facility === null || (a.facility !== null && a.facility < b.facility) ? -1 : 1;

const metricsOf = (
  catalogue: Catalogue,
  { metrics, where, byFacility: split }: StandingsQuestion,
  targets: readonly DatedTarget[],
): readonly Metric[] => {
  const by = split ? [scopeDimension] : [];
  if (metrics !== null) return resolveMetrics(catalogue, readViewState({ metrics, where, by }));
  const needed = [...by, ...Object.keys(where).filter((id) => (where[id] ?? []).length > 0)];
  return catalogue.metrics.filter(
    (metric) =>
      (metric.scorecard || metric.target !== null || targets.some((target) => target.metric === metric.id)) &&
      needed.every((id) => metric.dimensions[id] !== undefined),
  );
};

const viewOf = (
  metrics: readonly Metric[],
  window: PolicyWindow,
  { where, byFacility: split, asOf }: StandingsQuestion,
): ViewState =>
  readViewState({
    metrics: metrics.map(({ id }) => id),
    by: split ? [scopeDimension] : [],
    where,
    asOf,
    from: window.from,
    to: window.to,
  });

/** The one facility that a question is about; null where it is about several or all. */
const scopeOf = ({ where }: StandingsQuestion): string | null => {
  const kept = where[scopeDimension] ?? [];
  return kept.length === 1 && kept[0] !== '' ? kept[0]! : null;
};

/** Last complete day of a metric; where no extract tells, the day before the release's. */
export const reachOf = (facts: ReleaseFacts, metric: Metric, asOf: string | null): string | null => {
  const through = settledThrough(facts, metric, asOf);
  if (through !== null || facts.asOf === null) return through;
  const before = addDays(facts.asOf.slice(0, 10), -1);
  return asOf !== null && asOf < before ? asOf : before;
};

interface Judgement {
  readonly window: PolicyWindow | null;
  readonly target: TargetInForce | null;
}

/** Over which days a metric is judged for one scope, and by which target: the one in force on the last of them. */
const judgementOf = (
  metric: Metric,
  scope: string | null,
  targets: readonly DatedTarget[],
  through: string | null,
): Judgement => {
  const inForce = (day: string | null) => targetInForce(targets, metric, scope, day);
  const window = policyWindow(through, inForce(through)?.window ?? null);
  return { window, target: inForce(window && addDays(window.to, -1)) };
};

/** The windows a metric is asked over: one, but for facilities whose policies differ. */
const windowsOf = (
  metric: Metric,
  targets: readonly DatedTarget[],
  question: StandingsQuestion,
  facts: ReleaseFacts,
): readonly (PolicyWindow | null)[] => {
  const through = reachOf(facts, metric, question.asOf);
  const scopes = question.byFacility
    ? [null, ...targets.filter((target) => target.metric === metric.id).map(({ scope }) => scope)]
    : [scopeOf(question)];
  const windows = scopes.map((scope) => judgementOf(metric, scope, targets, through).window);
  return [...new Map(windows.map((window) => [JSON.stringify(window), window])).values()];
};

interface Judged {
  readonly window: PolicyWindow | null;
  readonly targets: readonly DatedTarget[];
  readonly question: StandingsQuestion;
  readonly facts: ReleaseFacts;
}

/** One row for all, or one a facility whose window this is: of the facilities found, and of those with a target of their own. */
const standingsOf = (metric: Metric, block: Block | null, { window, targets, question, facts }: Judged): Standing[] => {
  const through = reachOf(facts, metric, question.asOf);
  if (!question.byFacility) {
    const scope = scopeOf(question);
    return [standingOf(metric, scope, judgementOf(metric, scope, targets, through), block, 0)];
  }
  const found = Array.from({ length: block?.rows ?? 0 }, (_, row) => textAt(block!, row));
  const own = targets.filter((target) => target.metric === metric.id).map(({ scope }) => scope);
  return [...new Set([...found, ...own.filter((scope) => scope !== null && isKept(scope, question))])].flatMap(
    (scope) => {
      const judgement = judgementOf(metric, scope, targets, through);
      if (JSON.stringify(judgement.window) !== JSON.stringify(window)) return [];
      const row = found.indexOf(scope);
      return [standingOf(metric, scope, judgement, row < 0 ? null : block, row)];
    },
  );
};

const isKept = (scope: string, { where }: StandingsQuestion): boolean => {
  const kept = where[scopeDimension] ?? [];
  return kept.length === 0 || kept.includes(scope);
};

const textAt = (block: Block, row: number): string | null => cell(block.by[0]!, row) as string | null;

const standingOf = (
  metric: Metric,
  facility: string | null,
  { window, target }: Judgement,
  block: Block | null,
  row: number,
): Standing => {
  const at = (name: 'value' | 'lower' | 'upper' | 'n'): number | null => {
    const value = block?.[name][row] ?? NaN;
    return Number.isNaN(value) ? null : value;
  };
  const [value, lower, upper] = [at('value'), at('lower'), at('upper')];
  const evidence = evidenceOf(lower === null || upper === null ? null : { lower, upper }, target);
  const more = evidence === 'undecided' && block !== null ? block.untilDecided(row, target!.value) : null;
  return {
    metric: metric.id,
    facility,
    windowFrom: window?.from ?? null,
    windowTo: window?.to ?? null,
    value,
    lower,
    upper,
    n: at('n'),
    target: target?.value ?? null,
    label: target?.label ?? null,
    citation: target?.citation ?? null,
    direction: target?.direction ?? null,
    setFor: target?.setFor ?? null,
    policy: policyOf(value, target),
    evidence,
    moreAudits: evidence === null ? null : evidence === 'undecided' ? more : 0,
  };
};
