import { join } from 'node:path';
import { standing, type Kept } from '../../dashboard/store/kept.ts';
import { StoreFault } from '../../dashboard/store/store-fault.ts';
import { openStore } from '../../dashboard/store/store.ts';
import { LockedError } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { readAlertLines } from '../alert/alert-ledger.ts';
import { faultSentence } from '../fault.ts';
import { readDeliveryLines } from '../report/delivery-ledger.ts';
import { ledgerReader } from '../schedule/past-run.ts';
import { sourceStatuses } from '../schedule/source-status.ts';
import { ledgerFolder, storeFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { channelsOf, type Channel, type Environment } from './channel.ts';
import { deliver } from './deliver.ts';
import { firing } from './firing.ts';
import { messageOf } from './message.ts';
import { newsFor, type News } from './news.ts';
import { readTold, writeTold, type Told } from './told.ts';
import { troublesOf, unrecorded, type Trouble } from './trouble.ts';
import { undelivered } from './undelivered.ts';

/** What telling is done with. */
export interface Telling {
  readonly env: Environment;
  readonly now: () => Date;
  /** Between tries. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Told what could not be delivered. */
  readonly warn: (sentence: string) => void;
}

/** @param failure why a run could not begin, which the ledger knows nothing of; null where it did */
export type Tell = (workspace: Workspace, failure?: string | null) => Promise<void>;

/**
 * Tells whoever himsight.yaml names what is new: troubles that began, last or are over since the last time. What is told
 * stands in the ledger folder, so it makes no difference who tells, a run at its end or the schedule, nor how often.
 *
 * It never throws and never waits for long: telling may not cost a run its outcome.
 */
export const teller = ({ env, now, sleep, warn }: Telling): Tell => {
  // What a ledger that cannot be written did not take: else it would be told again and again.
  const unwritten: Told[] = [];
  const tellOn = async (
    workspace: Workspace,
    channel: Channel,
    troubles: readonly Trouble[],
    told: readonly Told[],
  ) => {
    const { news, unasked } = newsFor(channel.name, troubles, told, workspace.config.notify ?? {}, now());
    const lines = unasked.map((one) => line(one, channel, now(), { outcome: 'unasked', tries: 0, why: null }));
    if (news.length === 0) return lines;
    const result = await deliver(channel, messageOf(workspace, news, now()), sleep);
    if (result.outcome === 'failed') warn(`A message could not be sent by ${channel.name}: ${result.why ?? ''}.`);
    return [...lines, ...news.map((one) => line(one, channel, now(), result))];
  };
  const tellAll = async (workspace: Workspace, channels: readonly Channel[], failure: string | null) => {
    const folder = ledgerFolder(workspace);
    const pastRuns = ledgerReader(folder)();
    const known = [
      ...troublesOf(workspace, pastRuns, sourceStatuses(workspace, now(), pastRuns), now()),
      ...firing(workspace, readAlertLines(folder), standingIn(workspace, 'alerts')),
      ...undelivered(workspace, readDeliveryLines(folder), standingIn(workspace, 'reports'), now()),
    ];
    const troubles =
      failure === null ? known : [...known.filter(({ id }) => id !== 'failure'), unrecorded(failure, now())];
    const told = [...readTold(folder), ...unwritten];
    const lines = (await Promise.all(channels.map((channel) => tellOn(workspace, channel, troubles, told)))).flat();
    try {
      writeTold(folder, lines);
    } catch (error) {
      unwritten.push(...lines);
      warn(`What was told could not be written down: ${faultSentence(error)}`);
    }
  };
  return async (workspace, failure = null) => {
    const channels = channelsOf(workspace, env);
    if (channels.length === 0) return;
    try {
      await alone(workspace, () => tellAll(workspace, channels, failure));
    } catch (error) {
      warn(`Nobody could be told: ${faultSentence(error)}`);
    }
  };
};

/** Ids of those not taken back; null where the store is damaged, which the pages and `himsight doctor` say. */
const standingIn = (workspace: Workspace, list: 'alerts' | 'reports'): ReadonlySet<string> | null => {
  try {
    const entries: readonly Kept[] = openStore(storeFolder(workspace))[list].read();
    return new Set(standing(entries).map(({ id }) => id));
  } catch (error) {
    if (error instanceof StoreFault) return null;
    throw error;
  }
};

/** Keeps two processes from telling the same twice; the second goes on without. A folder that cannot be written has no lock. */
const alone = async (workspace: Workspace, work: () => Promise<void>): Promise<void> => {
  const lock = { isHeld: false };
  try {
    await withBuildLock(join(workspace.dataFolder, 'notify'), () => {
      lock.isHeld = true;
      return work();
    });
  } catch (error) {
    if (error instanceof LockedError) return;
    if (lock.isHeld) throw error;
    await work();
  }
};

const line = (
  { state, trouble: { id, kind, source, about } }: News,
  { name }: Channel,
  now: Date,
  result: Pick<Told, 'outcome' | 'tries' | 'why'>,
): Told => ({
  ...{ at: now.toISOString(), trouble: id, kind, source },
  ...(about === undefined ? {} : { about }),
  ...{ state, channel: name, ...result },
});
