import { join } from 'node:path';
import type { BatchReport, BatchStatus } from './batch-report.ts';
import type { Contract } from '../contract/contract.ts';
import { deliveriesOf } from './delivery.ts';
import { arrivalsOf, withScratch, type Arrival } from './arrival.ts';
import { fileName, findFiles, isFolder } from '../find.ts';
import { blankReport, landDelivery, readable } from './land-delivery.ts';
import { readLayout } from '../read/layout.ts';
import { endingsOf } from '../workspace/format.ts';
import { batchesOf, withBatch, type LandedState } from '../raw/landed-state.ts';
import { namesOf } from '../raw/standing.ts';
import type { RunLedger } from '../ledger/write-ledger.ts';
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
  const layout = source.layout === undefined ? null : readLayout(source.layout);
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
  await withScratch(workspace, async (scratch) => {
    const arrivals: Arrival[] = [];
    for (const [i, file] of findFiles(source.path, source.format).entries()) {
      const found = await readable([file], () => arrivalsOf(source, workspace, file, join(scratch, `${i}`)), workspace);
      if ('status' in found) await record((now) => Promise.resolve({ ...blankReport(now), ...found }));
      else arrivals.push(...found);
    }
    // Rows of one case may be spread over files: without one of them the others are not whole.
    const isWhole = !mapping.spansFiles || outcomes.length === 0;
    const { deliveries, missing } = deliveriesOf(source, mapping, isWhole ? arrivals : [], workspace.folder);
    const present = new Set(arrivals.map(({ name }) => name));
    for (const delivery of deliveries)
      await record((now) => landDelivery({ ...now, layout, scratch }, delivery, present));
    for (const name of missing)
      if (!hasLanded(landed, source, name)) await record((now) => Promise.resolve(notCome(now, name)));
  });
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
  const message = isFolder(source.path)
    ? `${name} is a folder with no whole file in it that ends in ${endingsOf(source.format)}. Put it there, or say which of its files source ${source.id} means, such as \`${name}/*\`, in himsight.yaml.`
    : `${name}: no such file has arrived. Put it there, or mend \`path\` of source ${source.id} in himsight.yaml.`;
  return { ...blankReport(request), status: 'refused', message };
};
