import { UserError } from '../warehouse/error.ts';
import { withBuildLock } from '../warehouse/lock.ts';
import { checkCatalogue, typesOf } from '../warehouse/metric/check-against-release.ts';
import { readMetricFolders } from '../warehouse/metric/read-metrics.ts';
import { compile } from '../warehouse/model/compile.ts';
import type { Compiled, RawTable } from '../warehouse/model/compiled.ts';
import { keptFindings } from '../warehouse/model/kept-findings.ts';
import { readProject } from '../warehouse/project.ts';
import { currentRelease } from '../warehouse/release-folder.ts';
import { buildRelease, isCurrent, type Release } from '../warehouse/release.ts';
import type { PlanOptions } from '../warehouse/plan.ts';
import { checkWorklists, readWorklists } from '../warehouse/worklist/worklist.ts';
import type { BatchReport } from './land/batch-report.ts';
import { readContracts } from './contract/contract.ts';
import { faultSentence, faultStack } from './fault.ts';
import { readLandedState, withBatch, type LandedState } from './raw/landed-state.ts';
import { isTransient } from './error.ts';
import { failingChecks, type FailingCheck } from './ledger/failing-check.ts';
import type { LedgerFacet, RunOutcome } from './ledger/ledger-event.ts';
import { openRun, type RunLedger } from './ledger/write-ledger.ts';
import { machineFault } from './machine-fault.ts';
import { readMapping } from './mapping/mapping.ts';
import { modelReads } from './model-reads.ts';
import { replaySource } from './quarantine/replay.ts';
import { codeTables } from './raw/code-table.ts';
import { pullAndLand } from './pull/pull-and-land.ts';
import { rawTables } from './raw/raw-table.ts';
import { releaseMeta } from './release-meta.ts';
import { checkMonths, chosenSources, type RunRequest } from './run-request.ts';
import {
  ledgerFolder,
  limitsOf,
  metricFolders,
  releaseFolder,
  sqlFolders,
  worklistFolders,
} from './workspace/folders.ts';
import { submissionFolder, submittedReleases } from './submission/submission-ledger.ts';
import type { Source, Workspace } from './workspace/workspace.ts';

/** How a run ended. */
export interface RunResult {
  readonly run: string;
  readonly outcome: RunOutcome;
  readonly exitCode: number;
  /** The current release when it ended: the one it published, else the one from before. */
  readonly release: string | null;
  /** One sentence for a person. */
  readonly message: string;
  readonly seconds: number;
  readonly batches: readonly BatchReport[];
}

/**
 * One ETL run, top to bottom: lock, find and land, plan, build, audit, publish. Start reading here.
 *
 * Every step is in the run's ledger before it begins, so a run killed anywhere shows how far it got, and the release
 * from before is served until CURRENT names the new one.
 *
 * @throws UserError when nothing could begin: unknown source, no source at all, or another run holds the lock
 */
export const run = async (request: RunRequest): Promise<RunResult> => {
  const sources = chosenSources(request);
  checkMonths(request);
  return withBuildLock(releaseFolder(request.workspace), async () => {
    const { now = () => new Date() } = request;
    const ledger = openRun(ledgerFolder(request.workspace), now(), now);
    const stop = abortOnSignal(ledger);
    try {
      return await recorded(request, sources, ledger);
    } finally {
      stop();
      ledger.close();
    }
  });
};

/** The run between the first and the last line of its ledger. */
const recorded = async (request: RunRequest, sources: readonly Source[], ledger: RunLedger): Promise<RunResult> => {
  const { workspace } = request;
  const started = performance.now();
  const batches: BatchReport[] = [];
  const end = (outcome: RunOutcome, exitCode: number, message: string, fault: LedgerFacet = {}): RunResult => {
    const release = currentRelease(releaseFolder(workspace));
    const type = outcome === 'failed' ? 'FAIL' : 'COMPLETE';
    ledger.event(type, 'run', { outcome, exitCode, message, release, ...fault });
    return {
      run: ledger.id,
      outcome,
      exitCode,
      release,
      message,
      seconds: (performance.now() - started) / 1000,
      batches,
    };
  };
  ledger.event('START', 'run', {
    step: 1,
    stepName: 'lock',
    message: `Sources: ${sources.map(({ id }) => id).join(', ')}`,
    turns: sources.map(({ id }) => ({ source: id, due: request.due?.get(id) ?? null })),
  });
  try {
    const state = await land(request, sources, ledger, batches);
    const published = await publish(request, state, ledger);
    return endWell(batches, published, currentRelease(releaseFolder(workspace)), end);
  } catch (thrown) {
    const passes = isTransient(thrown) ? { isTransient: true } : {};
    const error = machineFault(thrown) ?? thrown;
    if (error instanceof UserError && (error.exitCode !== 1 || error !== thrown))
      return end(
        error.exitCode === 4 ? 'held' : 'failed',
        error.exitCode,
        [error.message, error.mend].filter(Boolean).join(' '),
        passes,
      );
    const sentence = faultSentence(error);
    const message = isTransient(error) ? `The machine did not answer: ${sentence}` : `Our fault: ${sentence}`;
    return end('failed', 1, `${message} The stack is in the ledger of run ${ledger.id}.`, {
      ...passes,
      error: faultStack(error),
    });
  }
};

/** Steps 1 and 2: every chosen source's files are read, judged and landed; what could not be, is held. */
const land = async (
  { workspace, progress, from, to, replay }: RunRequest,
  sources: readonly Source[],
  ledger: RunLedger,
  batches: BatchReport[],
): Promise<LandedState> => {
  ledger.event('RUNNING', 'run', { step: 2, stepName: 'land' });
  const contracts = readContracts();
  let landed = await readLandedState(ledgerFolder(workspace));
  for (const source of sources) {
    const mapping = readMapping(source.mapping, contracts, source.contract);
    const request = { source, workspace, contracts, mapping, landed, ledger, progress };
    const reports =
      replay === undefined
        ? await pullAndLand(request, { from, to })
        : await replaySource({ ...request, which: replay });
    batches.push(...reports);
    landed = reports.reduce(withBatch, landed);
  }
  return landed;
};

/** What a run published, and what fails in it all the same. */
interface Published {
  readonly release: Release;
  readonly failing: readonly FailingCheck[];
}

/** Steps 3 to 9: the next release; null when the current one is made of exactly this already, or nothing ever landed. */
const publish = async (request: RunRequest, landed: LandedState, ledger: RunLedger): Promise<Published | null> => {
  const { workspace, full, from, to } = request;
  if (landed.batches.length === 0) return null;
  const compiled = await compileWith(workspace, landed);
  const folder = releaseFolder(workspace);
  const plan: PlanOptions = { full, ...(from !== null && to !== null ? { months: { from, to } } : {}) };
  if (isCurrent(compiled, folder) && !full && plan.months === undefined) return null;
  const reads = modelReads(compiled);
  const release = await buildRelease({
    folder,
    compiled,
    plan,
    meta: releaseMeta(landed, workspace, readContracts()),
    ...(request.now === undefined ? {} : { now: request.now }),
    limits: limitsOf(workspace),
    keepAlso: submittedReleases(submissionFolder(workspace)),
    ...(workspace.config.server?.keep_releases === undefined ? {} : { keep: workspace.config.server.keep_releases }),
    onStep: (step, stepName, moment) => {
      if (moment === 'begin') ledger.event('RUNNING', 'run', { step, stepName });
    },
    onModel: (model) => {
      ledger.event('COMPLETE', `build ${model.name}`, { model: { ...model, reads: reads.get(model.name) ?? [] } });
      request.progress(`Building ${model.name}`, 1, null);
    },
  });
  return { release, failing: failingChecks(compiled, release) };
};

/**
 * All models and metrics of the workspace, type-checked against what has landed.
 *
 * @param intent `look`: nothing is built from it, so code tables are not converted
 * @param as what to take a raw table for; itself unless told otherwise
 */
export const compileWith = async (
  workspace: Workspace,
  landed: LandedState,
  intent: 'build' | 'look' = 'build',
  as: (table: RawTable) => RawTable = (table) => table,
): Promise<Compiled> => {
  const raw = [...rawTables(landed, readContracts(), workspace).map(as), ...(await codeTables(workspace, intent))];
  const project = readProject(sqlFolders(workspace), workspace.config.checks);
  const compiled = await compile({ project, raw, kept: keptFindings() });
  const types = typesOf(compiled);
  checkCatalogue(readMetricFolders(metricFolders(workspace)), types);
  checkWorklists(readWorklists(worklistFolders(workspace)), types);
  return compiled;
};

const endWell = (
  batches: readonly BatchReport[],
  published: Published | null,
  current: string | null,
  end: (outcome: RunOutcome, exitCode: number, message: string, facet?: LedgerFacet) => RunResult,
): RunResult => {
  const held = batches.filter(({ status }) => status === 'held' || status === 'refused');
  const what = published
    ? publishedWords(published.release)
    : current === null
      ? 'Nothing has landed yet, so there is no release.'
      : 'Nothing new: the current release stays.';
  const facet = published === null ? {} : { failing: published.failing };
  if (held.length > 0) return end('held', 3, `${held.length} of ${batches.length} batches held. ${what}`, facet);
  return end(published ? 'done' : 'no-op', 0, what, facet);
};

const publishedWords = ({ release, work }: Release): string => {
  const count = (which: 'build' | 'keep'): number => work.filter(({ action }) => action === which).length;
  return `Release ${release} is published: ${count('build')} models built, ${count('keep')} kept.`;
};

/** Ctrl-C and `kill` end a run at once: nothing half done is ever served, and the ledger says who stopped it. */
const abortOnSignal = (ledger: RunLedger): (() => void) => {
  const stop = (signal: NodeJS.Signals): void => {
    ledger.event('ABORT', 'run', { outcome: 'aborted', message: `Stopped by ${signal}; the current release stays.` });
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return () => void process.off('SIGINT', stop).off('SIGTERM', stop);
};
