import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standing } from '../../dashboard/store/kept.ts';
import type { Delivery } from '../../dashboard/store/report-standing.ts';
import { openStore } from '../../dashboard/store/store.ts';
import { renameDurably, syncToDisk } from '../../warehouse/durable-file.ts';
import { UserError } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { currentRelease } from '../../warehouse/release-folder.ts';
import { faultSentence } from '../fault.ts';
import { machineFault } from '../machine-fault.ts';
import type { Environment } from '../notify/channel.ts';
import { DeliveryError } from '../notify/delivery-error.ts';
import { sendMail, type Mail } from '../notify/mail.ts';
import { ledgerFolder, releaseFolder, reportFolder, storeFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { readDeliveryLines, writeDeliveryLine, type DeliveryLine } from './delivery-ledger.ts';
import { drawPlan } from './draw-plan.ts';
import { reportsDue, type DueReport } from './report-due.ts';
import { noMail, reportMail } from './report-mail.ts';

/** What delivering is done with. */
export interface Delivering {
  readonly env: Environment;
  readonly now: () => Date;
  /** Between tries of one mail. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Told of every fault that is ours, with its stack. */
  readonly onTrouble: (error: unknown) => void;
  /** Another one in tests. */
  readonly draw?: typeof drawPlan;
}

/**
 * Draws every report that is due of the release served now, keeps a copy, and sends it where it has addresses. One fails
 * without the others. Each step stands in the ledger before the next is taken, so that a kill at any moment sends nothing
 * twice: at most once for each moment a schedule names.
 *
 * @returns how each ended
 * @throws LockedError where another process delivers; StoreFault where the plans cannot be read
 */
export const deliverReports = async (
  workspace: Workspace,
  delivering: Delivering,
): Promise<readonly DeliveryLine[]> => {
  const due = () => {
    const plans = standing(openStore(storeFolder(workspace)).reports.read());
    return reportsDue(plans, readDeliveryLines(ledgerFolder(workspace)), delivering.now());
  };
  if (due().length === 0) return [];
  return withBuildLock(reportFolder(workspace), async () => {
    const ends: DeliveryLine[] = [];
    // Asked again under the lock: another process may just have delivered them.
    for (const one of due()) ends.push(await deliverOne(workspace, one, delivering));
    return ends;
  });
};

type End = Pick<Delivery, 'state' | 'says'> & { readonly isTransient?: boolean };

const deliverOne = async (
  workspace: Workspace,
  { plan, due }: DueReport,
  delivering: Delivering,
): Promise<DeliveryLine> => {
  const { now, onTrouble, draw = drawPlan } = delivering;
  const folder = ledgerFolder(workspace);
  const before = readDeliveryLines(folder).filter((line) => line.plan === plan.id);
  const release = currentRelease(releaseFolder(workspace));
  let file: string | null = null;
  const write = ({ state, says, isTransient = false }: End): DeliveryLine => {
    const line: DeliveryLine = {
      ...{ at: now().toISOString(), plan: plan.id, name: plan.name, due: due.toISOString(), state },
      ...{ release, file, to: plan.to.length, says, isTransient },
    };
    writeDeliveryLine(folder, line);
    return line;
  };
  const attempt = async (): Promise<End> => {
    if (release === null)
      return { state: 'failed', says: 'No release is published yet in this workspace.', isTransient: true };
    const drawn = await draw(workspace, plan, release);
    const day = dayIn(plan.timezone ?? 'UTC', due);
    const name = `${release}-${day}.${plan.format}`;
    keepCopy(join(reportFolder(workspace), plan.name), name, drawn.bytes);
    file = name;
    if (plan.to.length === 0) return { state: 'done', says: '' };
    const same = before.findLast((line) => line.state === 'done' && line.release === release);
    const sameAs = same === undefined ? null : dayIn(plan.timezone ?? 'UTC', new Date(same.due));
    const mail = reportMail(workspace, { plan, drawn, file: `${plan.name}-${day}.${plan.format}`, sameAs });
    return sent(workspace, mail, delivering, () => write({ state: 'sending', says: '' }));
  };
  write({ state: 'begun', says: '' });
  // How it ended is written outside the try: a ledger that does not take it must not make a failure of what was sent.
  return write(await attempt().catch((error: unknown) => failed(error, onTrouble)));
};

const failed = (error: unknown, onTrouble: Delivering['onTrouble']): End => {
  const fault = error instanceof UserError ? error : machineFault(error);
  if (fault !== null) {
    const says = [fault.message, fault.mend].filter(Boolean).join(' ');
    return { state: 'failed', says, isTransient: !(error instanceof UserError) };
  }
  onTrouble(error);
  return { state: 'failed', says: `Our fault: ${faultSentence(error)}`, isTransient: true };
};

/** Tries of one mail on one occasion. */
const mostTries = 3;

/** Sends a mail; where the server did not take it for a while, three times at most. What may have gone out is not sent again. */
const sent = async (workspace: Workspace, mail: Mail, { env, sleep }: Delivering, begin: () => void): Promise<End> => {
  const { smtp } = workspace.config.notify ?? {};
  if (smtp === undefined) return { state: 'failed', says: `It was drawn and kept, but ${noMail(workspace) ?? ''}` };
  begin();
  for (let tries = 1; ; tries++)
    try {
      const refused = await sendMail(smtp, workspace.folder, env, mail);
      return { state: 'done', says: refused === null ? '' : `${refused}.` };
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      const { isTransient, mayHaveGone } = error;
      const why = `It was drawn and kept, but ${error.message}.`;
      if (mayHaveGone)
        return { state: 'unclear', says: `${why} It may have gone out all the same, so it is not sent again.` };
      if (!isTransient || tries === mostTries) return { state: 'failed', says: why, isTransient };
      await sleep(1000 * 2 ** tries);
    }
};

/** Writes beside and renames: there is no copy or a whole one. What a process that died left beside is removed. */
const keepCopy = (folder: string, name: string, bytes: Uint8Array): void => {
  const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  if (isNew) syncToDisk(join(folder, '..'));
  for (const left of readdirSync(folder)) if (left.endsWith('.tmp')) rmSync(join(folder, left), { force: true });
  const beside = join(folder, `${name}.${process.pid}.tmp`);
  try {
    writeFileSync(beside, bytes, { mode: 0o600 });
    renameDurably(beside, join(folder, name));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};

/** The calendar day a zone's clocks show, ISO 8601. */
const dayIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
