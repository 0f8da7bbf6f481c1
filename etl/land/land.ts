import { statSync } from 'node:fs';
import type { BatchReport, BatchStatus } from './batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import { deliveriesOf } from './delivery.ts';
import { fileName, findFiles } from '../find.ts';
import { blankReport, landDelivery } from './land-delivery.ts';
import { batchesOf, withBatch, type LandedState } from '../raw/landed-state.ts';
import { namesOf } from '../raw/standing.ts';
import type { RunLedger } from '../ledger.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Progress } from '../print/progress.ts';
import { forgetEarlier } from '../quarantine/earlier.ts';
import type { Source, Workspace } from '../workspace/workspace.ts';

/** What is to be landed, and where it is written down. */
export interface LandRequest {
  readonly source: Source;
  readonly workspace: Workspace;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly mapping: Mapping;
  readonly landed: LandedState;
  readonly ledger: RunLedger;
  readonly progress: Progress;
}

/** What became of one batch. */
export type BatchOutcome = BatchReport;

/**
 * Lands what has arrived of one source, delivery by delivery. What is the data's fault ends in an outcome with a
 * sentence, never in an exception.
 *
 * @throws Error when landing itself is at fault: a disk is full, or an identity does not hold
 */
export const landSource = async (request: LandRequest): Promise<readonly BatchOutcome[]> => {
  const { source, mapping, ledger, workspace } = request;
  const files = findFiles(source.path);
  const present = new Set(files.map((file) => fileName(workspace.folder, file)));
  const { deliveries, missing } = deliveriesOf(source, mapping, files);
  const outcomes: BatchOutcome[] = [];
  let landed = request.landed;
  const record = async (land: (request: LandRequest) => Promise<BatchOutcome>): Promise<void> => {
    ledger.event('START', `land ${source.id}`, { source: source.id });
    const outcome = await land({ ...request, landed });
    ledger.event(ending[outcome.status], `land ${source.id}`, { source: source.id, batch: outcome });
    forgetEarlier(request.workspace.dataFolder, outcome, landed);
    landed = withBatch(landed, outcome);
    outcomes.push(outcome);
  };
  for (const delivery of deliveries) await record((now) => landDelivery(now, delivery, present));
  const absent = missing
    .map((file) => fileName(workspace.folder, file))
    .filter((name) => !hasLanded(landed, source, name));
  for (const name of absent) await record((now) => Promise.resolve(notCome(now, name)));
  if (outcomes.length === 0) await record((now) => Promise.resolve(nothingThere(now)));
  return outcomes;
};

const ending: Readonly<Record<BatchStatus, 'COMPLETE' | 'FAIL'>> = {
  landed: 'COMPLETE',
  unchanged: 'COMPLETE',
  held: 'FAIL',
  refused: 'FAIL',
};

/** Many a file is moved away once it has landed, and its manifest is not. */
const hasLanded = (landed: LandedState, source: Source, name: string): boolean =>
  batchesOf(landed, source.id).some((batch) => namesOf(batch).includes(name));

const notCome = (request: LandRequest, name: string): BatchOutcome => ({
  ...blankReport(request),
  status: 'refused',
  message: `${name}: manifest.json names it, and it has not come. Send it, or a manifest without it.`,
});

const nothingThere = (request: LandRequest): BatchOutcome => {
  const { source, workspace } = request;
  const name = fileName(workspace.folder, source.path);
  const isFolder = statSync(source.path, { throwIfNoEntry: false })?.isDirectory() === true;
  const message = isFolder
    ? `${name} is a folder. Say which of its files source ${source.id} means, such as \`${name}/*\`, in himsight.yaml.`
    : `${name}: no such file has arrived. Put it there, or mend \`path\` of source ${source.id} in himsight.yaml.`;
  return { ...blankReport(request), status: 'refused', message };
};
