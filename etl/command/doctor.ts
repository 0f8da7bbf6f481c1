import { DuckDBInstance, version as duckdbVersion } from '@duckdb/node-api';
import { existsSync, readFileSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standing } from '../../dashboard/store/kept.ts';
import { openStore, type StoreFinding } from '../../dashboard/store/store.ts';
import { LockedError, UserError, messageOf } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { readCodeTable } from '../code-table/code-table.ts';
import { configuredKinds } from '../code-table/configured-file.ts';
import { describeCodeTable } from '../code-table/describe.ts';
import { codeTableKinds, registryKinds } from '../code-table/kind.ts';
import { readContracts } from '../contract/contract.ts';
import { findFiles } from '../find.ts';
import { readLayout } from '../read/layout.ts';
import { readMapping } from '../mapping/mapping.ts';
import { labelFileOf } from '../label/label-file.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import { policyGaps } from '../workspace/check-policies.ts';
import { targetGaps } from '../workspace/check-targets.ts';
import { channelsOf } from '../notify/channel.ts';
import { readTold } from '../notify/told.ts';
import { lastDeliveries, readDeliveryLines } from '../report/delivery-ledger.ts';
import { sourceStatuses } from '../schedule/source-status.ts';
import { ledgerFolder, releaseFolder, storeFolder } from '../workspace/folders.ts';
import { findWorkspace, readWorkspace, type Workspace } from '../workspace/workspace.ts';
import { onCurrentRelease, type ExitCode, type Invocation } from './invocation.ts';

/** One thing looked at. */
interface Finding {
  readonly what: string;
  readonly state: 'good' | 'note' | 'wrong';
  readonly says: string;
  /** What to do; empty where nothing is to be done. */
  readonly mend: string;
}

type Look = () => Promise<Omit<Finding, 'what'>> | Omit<Finding, 'what'>;

const good = (says: string) => ({ state: 'good', says, mend: '' }) as const;
const note = (says: string, mend: string) => ({ state: 'note', says, mend }) as const;
const wrong = (says: string, mend: string) => ({ state: 'wrong', says, mend }) as const;

/** `himsight doctor`: what is wrong with this installation or workspace, and the mend. Exit code 2 when anything is. */
export const doctorCommand = async (invocation: Invocation): Promise<ExitCode> => {
  const findings = [await look('Node', lookAtNode), await look('DuckDB', lookAtDuckdb)];
  const workspace = await openWorkspace(invocation, findings);
  if (workspace !== null)
    for (const [what, each] of looks(workspace, invocation.env)) findings.push(await look(what, each));
  const table = listTable(['state', 'what', 'says', 'mend'], findings as unknown as Record<string, unknown>[]);
  await printTable(invocation.output, { table, about: { release: null } });
  return findings.some(({ state }) => state === 'wrong') ? 2 : 0;
};

const look = async (what: string, each: Look): Promise<Finding> => {
  try {
    return { what, ...(await each()) };
  } catch (error) {
    const mend =
      error instanceof UserError ? (error.mend ?? '') : 'Send this sentence to whoever looks after the installation.';
    return { what, ...wrong(messageOf(error), mend) };
  }
};

const openWorkspace = async (
  { workspaceArgument, env, cwd }: Invocation,
  findings: Finding[],
): Promise<Workspace | null> => {
  let workspace: Workspace | null = null;
  findings.push(
    await look('Workspace', () => {
      workspace = readWorkspace(findWorkspace(workspaceArgument, env, cwd));
      return good(`${workspace.folder}: himsight.yaml is valid, ${workspace.sources.length} sources`);
    }),
  );
  return workspace;
};

const looks = (workspace: Workspace, env: Invocation['env']): readonly (readonly [string, Look])[] => [
  ['Data folder', () => lookAtPermissions(workspace)],
  ['Disk', () => lookAtDisk(workspace)],
  ['Build lock', () => lookAtLock(workspace)],
  ['Release', () => lookAtRelease(workspace)],
  ['Code tables', () => lookForCodeTables(workspace)],
  ...configuredKinds(workspace).map(
    (kind) =>
      [`Code table ${kind}`, async () => good(await describeCodeTable(await readCodeTable(workspace, kind)))] as const,
  ),
  ['Label file', () => lookAtLabels(workspace)],
  ...openStore(storeFolder(workspace))
    .look()
    .map((finding) => [`Store: ${finding.kind}`, () => lookAtStore(finding)] as const),
  ['Targets', () => lookForGaps(workspace.targets.length, targetGaps(workspace.targets), 'the customary target holds')],
  ['Completion policies', () => lookAtPolicies(workspace)],
  ...workspace.sources.map((source) => [`Source ${source.id}`, () => lookAtSource(workspace, source.id)] as const),
  ['Schedule', () => lookAtSchedule(workspace)],
  ...['late', 'held'].map((what) => [`Sources ${what}`, () => lookForTrouble(workspace, what)] as const),
  ['Reports', () => lookAtReports(workspace)],
  ['Notifications', () => lookAtNotifications(workspace, env)],
];

const lookAtSchedule = ({ sources }: Workspace): Omit<Finding, 'what'> => {
  const scheduled = sources.filter(({ schedule }) => schedule !== null);
  if (scheduled.length === 0) return good('none: sources run when somebody runs them');
  return good(
    `${scheduled.length} of ${sources.length} sources have one; \`himsight schedule\`, \`start\` and \`serve\` follow it`,
  );
};

const lookForTrouble = (workspace: Workspace, what: string): Omit<Finding, 'what'> => {
  const statuses = sourceStatuses(workspace, new Date()).filter(({ isLate, heldSince }) =>
    what === 'late' ? isLate : heldSince !== null,
  );
  if (statuses.length === 0) return good('none');
  const mend =
    what === 'late' ? 'Ask the sender for what is missing.' : '`himsight runs` and `himsight quarantine` show why.';
  return note(statuses.map(({ says }) => says).join(' '), mend);
};

/** What is planned and sent; what did not go the last time is named. */
const lookAtReports = (workspace: Workspace): Omit<Finding, 'what'> => {
  const plans = standing(openStore(storeFolder(workspace)).reports.read());
  if (plans.length === 0) return good('none is planned');
  const last = lastDeliveries(readDeliveryLines(ledgerFolder(workspace)), new Date());
  const isBad = (id: string): boolean => ['failed', 'unclear'].includes(last.get(id)?.state ?? '');
  const bad = plans.filter(({ id }) => isBad(id)).map(({ name }) => name);
  if (bad.length > 0) return note(`not delivered: ${bad.join(', ')}`, '`himsight report` says why.');
  return good(`${plans.length} planned, ${plans.filter(({ schedule }) => schedule !== null).length} by a schedule`);
};

const lookAtNotifications = (workspace: Workspace, env: Invocation['env']): Omit<Finding, 'what'> => {
  const channels = channelsOf(workspace, env);
  if (channels.length === 0)
    return note('nobody is told of troubles', 'Name a webhook or a mail server under `notify`.');
  const failed = readTold(ledgerFolder(workspace)).at(-1);
  const says = channels.map(({ name, leadsTo }) => `${name} (${leadsTo})`).join(', ');
  if (failed?.outcome !== 'failed') return good(says);
  return note(`${says}; the last by ${failed.channel} failed: ${failed.why ?? ''}`, 'Try `himsight notify test`.');
};

const lookAtLabels = (workspace: Workspace): ReturnType<Look> =>
  labelFileOf(workspace) === null
    ? good('none: pages show surrogates only')
    : good('readable by its owner alone, outside the data folder');

const lookAtStore = ({ standing, retired, fault }: StoreFinding): Omit<Finding, 'what'> => {
  if (fault !== null) throw fault;
  return good(`${standing} kept, ${retired} taken back`);
};

const lookAtNode: Look = () => {
  const { engines } = JSON.parse(
    readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
  ) as {
    engines?: { node?: string };
  };
  return good(`${process.versions.node}, ${process.platform} ${process.arch} (needs ${engines?.node ?? 'any'})`);
};

const lookAtDuckdb: Look = async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run('select 1');
  instance.closeSync();
  return good(duckdbVersion());
};

const lookAtPermissions = ({ dataFolder }: Workspace): Omit<Finding, 'what'> => {
  if (!existsSync(dataFolder)) return note('There is none yet', 'The first `himsight run` makes it.');
  if (process.platform === 'win32') return good(dataFolder);
  const others = statSync(dataFolder).mode & 0o077;
  if (others === 0) return good(`${dataFolder}, open to its owner alone`);
  return note(
    `${dataFolder} can be entered by other accounts`,
    `chmod 700 ${dataFolder}: it holds patient-level rows.`,
  );
};

const lookAtDisk = ({ folder, dataFolder }: Workspace): Omit<Finding, 'what'> => {
  const { bavail, bsize } = statfsSync(existsSync(dataFolder) ? dataFolder : folder);
  const gigabytes = (bavail * bsize) / 1e9;
  const says = `${gigabytes.toFixed(1)} GB free`;
  return gigabytes < 2
    ? wrong(says, 'A run needs about three times the size of the current release: make room.')
    : good(says);
};

const lookAtLock = async (workspace: Workspace): Promise<Omit<Finding, 'what'>> => {
  const folder = releaseFolder(workspace);
  if (!existsSync(folder)) return good('free: nothing was built yet');
  try {
    await withBuildLock(folder, async () => {});
    return good('free');
  } catch (error) {
    if (error instanceof LockedError)
      return note('held: a run is going on', 'Wait until it ends; `himsight runs` shows it.');
    throw error;
  }
};

const lookAtRelease = async (workspace: Workspace): Promise<Omit<Finding, 'what'>> => {
  if (!existsSync(join(releaseFolder(workspace), 'CURRENT')))
    return note('none is published yet', 'Run `himsight run`.');
  return onCurrentRelease(workspace, async (reader, catalogue) =>
    good(`${reader.release} opens, ${catalogue.metrics.length} metrics`),
  );
};

const lookForCodeTables = (workspace: Workspace): Omit<Finding, 'what'> => {
  const configured = configuredKinds(workspace);
  // Only a registry of a population misses denominators and life tables; a hospital that names one uses them.
  const isCentral = workspace.config.registry?.kind === 'central';
  const isRegistry = isCentral || configured.some((kind) => registryKinds.includes(kind));
  const wanted = codeTableKinds.filter(
    (kind) => (isRegistry || !registryKinds.includes(kind)) && (isCentral || kind !== 'expected_cases'),
  );
  const missing = wanted.filter((kind) => !configured.includes(kind));
  if (missing.length === 0) return good('every kind is configured');
  return note(
    `not configured: ${missing.join(', ')}`,
    'Measures that need one are not known: name the published files under `code_tables` of himsight.yaml, and `expected_cases` under `registry`.',
  );
};

const lookAtPolicies = ({ config: { completion_policies: policies = [] } }: Workspace): Omit<Finding, 'what'> =>
  lookForGaps(policies.length, policyGaps(policies), 'a less specific policy holds');

/** Days that no row covers between two that do: nothing is broken, but somebody may have meant otherwise. */
const lookForGaps = (
  rows: number,
  gaps: readonly { readonly about: string; readonly from: string; readonly to: string }[],
  meanwhile: string,
): Omit<Finding, 'what'> => {
  if (gaps.length === 0) return good(`${rows} in himsight.yaml, no gap between them`);
  const named = gaps.map(({ about, from, to }) => `${about}: ${from} until ${to}`).join('; ');
  return note(`a gap, during which ${meanwhile}: ${named}`, 'Let `valid_to` of the one be `valid_from` of the next.');
};

const lookAtSource = ({ sources }: Workspace, id: string): Omit<Finding, 'what'> => {
  const source = sources.find((each) => each.id === id)!;
  readMapping(source.mapping, readContracts(), source.contract);
  if (source.layout !== undefined) readLayout(source.layout);
  const files = findFiles(source.path, source.format);
  if (files.length === 0)
    return wrong(`no file at ${source.path}`, 'Mend `path` in himsight.yaml, or wait until the extract arrives.');
  for (const file of files) statSync(file);
  return good(`${files.length} ${files.length === 1 ? 'file' : 'files'}, mapping ${source.mapping}, ${source.privacy}`);
};
