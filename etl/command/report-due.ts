import { setTimeout as wait } from 'node:timers/promises';
import { faultStack } from '../fault.ts';
import { deliverReports } from '../report/deliver-reports.ts';
import type { DeliveryLine } from '../report/delivery-ledger.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { tellWith } from './notify.ts';

/**
 * `himsight report --due`: draws, keeps and sends the planned reports that are due, once; what `himsight schedule` calls, and
 * cron or systemd where nobody stays up. Whoever is to hear of what did not go is told. Exit code 3 when one did not.
 */
export const reportDueCommand = async (invocation: Invocation): Promise<ExitCode> => {
  const { env, output } = invocation;
  const workspace = workspaceOf(invocation);
  const now = (): Date => new Date();
  const onTrouble = (error: unknown): void => output.warn(faultStack(error));
  const ends = await deliverReports(workspace, { env, now, sleep: wait, onTrouble });
  for (const end of ends) (hasGone(end) ? output.say : output.warn)(endText(end));
  if (ends.length === 0) output.say('No report is due.');
  else await tellWith(invocation)(workspace);
  return ends.every(hasGone) ? 0 : 3;
};

const hasGone = ({ state }: DeliveryLine): boolean => state === 'done';

const endText = (end: DeliveryLine): string => {
  const { name, release, to, says, file } = end;
  if (!hasGone(end)) return `${name}: not delivered. ${says}`;
  const sent = to === 0 ? 'kept' : `kept, and sent to ${to === 1 ? 'one address' : `${to} addresses`}`;
  return [`${name}: drawn of release ${release ?? ''}, ${sent} as ${file ?? ''}.`, says].filter(Boolean).join(' ');
};
