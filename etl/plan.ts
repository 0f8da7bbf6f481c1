import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { RawTable } from '../warehouse/model/compiled.ts';
import { plan, type Work } from '../warehouse/plan.ts';
import { readCurrent } from '../warehouse/release.ts';
import { batchId } from './land/batch-id.ts';
import { lookupFiles } from './land/lookup.ts';
import { readContracts, type Contract } from './contract/contract.ts';
import { deliveriesOf } from './land/delivery.ts';
import { expectedFiles, type ExpectedFile } from './land/expected-file.ts';
import type { Period } from './land/name-period.ts';
import { findFiles } from './find.ts';
import { readLayout } from './read/layout.ts';
import { batchesOf, readLandedState, type LandedState } from './raw/landed-state.ts';
import { statedNow } from './raw/standing.ts';
import { readMapping } from './mapping/mapping.ts';
import { bearingOn, readDecisions } from './quarantine/decision.ts';
import { chosenSources, type RunRequest } from './run-request.ts';
import { compileWith } from './run.ts';
import { ledgerFolder, releaseFolder } from './workspace/folders.ts';
import type { Source, Workspace } from './workspace/workspace.ts';

/** What a run would do: the shape of `himsight run --plan --format json`. */
export interface RunPlan {
  readonly sources: readonly PlannedSource[];
  readonly models: readonly Work[];
}

export interface PlannedSource {
  readonly id: string;
  /** Batches not landed yet. */
  readonly batches: readonly PlannedBatch[];
  /** pull: its database is asked first, so that its batches are not known yet. */
  readonly action: 'land' | 'keep' | 'wait' | 'pull';
}

/** A batch that would land. */
export interface PlannedBatch {
  /** Names, relative to the workspace. */
  readonly files: readonly string[];
  /** What a manifest or the name of the file says it holds; null where neither does. */
  readonly period: Period | null;
}

interface Outlook extends PlannedSource {
  /** Ids of the contracts its new batches would write. */
  readonly writes: readonly string[];
}

/**
 * Says what a run would do, and writes nothing.
 *
 * Whether a file that has not landed will be held is not known before it is read: the models it may touch are planned
 * as built, and built whole.
 */
export const planRun = async (request: RunRequest): Promise<RunPlan> => {
  const { workspace, full, from, to } = request;
  const contracts = readContracts();
  const landed = await readLandedState(ledgerFolder(workspace));
  const outlooks: Outlook[] = [];
  for (const source of chosenSources(request)) outlooks.push(await outlookOn(source, workspace, contracts, landed));
  const touched = new Set(outlooks.flatMap(({ writes }) => writes));
  const compiled = await compileWith(workspace, landed, 'look', (table) =>
    touched.has(table.name) ? pending(table) : table,
  );
  return {
    sources: outlooks.map(({ id, batches, action }) => ({ id, batches, action })),
    models: plan(compiled, await readCurrent(releaseFolder(workspace)), {
      full,
      ...(from !== null && to !== null ? { months: { from, to } } : {}),
    }),
  };
};

const outlookOn = async (
  source: Source,
  workspace: Workspace,
  contracts: ReadonlyMap<string, Contract>,
  landed: LandedState,
): Promise<Outlook> => {
  const mapping = readMapping(source.mapping, contracts, source.contract);
  const written = [...mapping.writes.keys()];
  const own = written.flatMap((id) => contracts.get(id) ?? []);
  const standing = batchesOf(landed, source.id);
  const known = new Set(standing.map(({ batch }) => batch));
  const files = findFiles(source.path, source.format);
  const layout = source.layout === undefined ? null : readLayout(source.layout);
  const wanted = mapping.reads.columns.map(({ name }) => name);
  const context = { source, wanted, landed, layout };
  const expected = new Map<string, ExpectedFile>();
  for (const file of files)
    for (const one of await expectedFiles(context, workspace.folder, file)) expected.set(one.name, one);
  const lookups = await Promise.all(
    lookupFiles(source, mapping).map(async ({ lookup, paths }) => ({
      name: lookup.name,
      digests: await Promise.all(paths.map(digestOf)),
    })),
  );
  const decisions = readDecisions(workspace.dataFolder);
  const batches: PlannedBatch[] = [];
  for (const delivery of deliveriesOf(source, mapping, [...expected.values()], workspace.folder).deliveries) {
    const names = delivery.files.map(({ name }) => name);
    const digests = names.map((name) => expected.get(name)!.digest);
    const keys = names.flatMap((name) => expected.get(name)!.key ?? []);
    const stated = statedNow(delivery, digests, names, standing);
    const decided = bearingOn(decisions, source.id, digests);
    const batch = batchId({ source, mapping, contracts: own, digests: keys, stated, decided, lookups });
    if (keys.length < names.length || !known.has(batch)) batches.push({ files: names, period: stated.period });
  }
  if (source.database !== undefined) return { id: source.id, batches, action: 'pull', writes: written };
  if (batches.length > 0) return { id: source.id, batches, action: 'land', writes: written };
  return { id: source.id, batches, action: files.length > 0 ? 'keep' : 'wait', writes: [] };
};

/** The table as it will be once something new has landed in it: another fingerprint, months not known. */
const pending = ({ months: _months, ...table }: RawTable): RawTable => ({
  ...table,
  fingerprint: `${table.fingerprint} and more`,
});

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
};
