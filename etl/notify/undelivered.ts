import { lastDeliveries, type DeliveryLine } from '../report/delivery-ledger.ts';
import { triesOf, tryAgainAt } from '../report/report-due.ts';
import { dashboardAddress } from '../workspace/dashboard-address.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Trouble } from './trouble.ts';

/** A fault that passes is told of after so many tries: a mail server that starts anew is nobody's business. */
const quietTries = 3;

/**
 * Reports that were due and did not go, or not to everybody, a trouble each, until a later one goes or the plan is taken back.
 *
 * @param lines all steps of deliveries, oldest first
 * @param standing ids of the plans not taken back; null where the store cannot be read, then all are taken to stand
 */
export const undelivered = (
  workspace: Pick<Workspace, 'config'>,
  lines: readonly DeliveryLine[],
  standing: ReadonlySet<string> | null,
  now: Date,
): readonly Trouble[] =>
  [...lastDeliveries(lines, now)].flatMap(([plan, delivery]): readonly Trouble[] => {
    if (standing?.has(plan) === false || !isTrouble(delivery, lines)) return [];
    const own = lines.filter((line) => line.plan === plan);
    const gone = own.findLastIndex((line) => line.state === 'done' && line.says === '');
    return [
      {
        ...{ id: `report:${plan}`, kind: 'report', source: null, about: delivery.name, run: null },
        since: own[gone + 1]?.at ?? delivery.at,
        says: `It was due ${delivery.due.slice(0, 16).replace('T', ' ')} UTC. ${delivery.says}`,
        mend: mendOf(workspace, delivery),
        command: 'report',
      },
    ];
  });

const isTrouble = (delivery: DeliveryLine, lines: readonly DeliveryLine[]): boolean => {
  if (delivery.state === 'unclear') return true;
  if (delivery.state === 'done') return delivery.says !== '';
  if (delivery.state !== 'failed') return false;
  const own = lines.filter(({ plan, due }) => plan === delivery.plan && due === delivery.due);
  return triesOf(own) >= quietTries || tryAgainAt(new Date(delivery.due), own) === null;
};

const mendOf = (workspace: Pick<Workspace, 'config'>, { name, file, state }: DeliveryLine): string => {
  const copy = file === null ? '' : `The copy of it is report/${name}/${file} in the data folder. `;
  const ask =
    state === 'unclear' ? 'Ask whether it came; else send the copy by hand.' : 'It goes again when it is due next.';
  return `${copy}${ask} All reports: ${dashboardAddress(workspace)}/reports`;
};
