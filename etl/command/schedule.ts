import { standing } from '../../dashboard/store/kept.ts';
import type { ReportPlan } from '../../dashboard/store/report-plan.ts';
import { openStore } from '../../dashboard/store/store.ts';
import { UserError } from '../../warehouse/error.ts';
import { readDeliveryLines } from '../report/delivery-ledger.ts';
import { nextReport } from '../report/report-due.ts';
import { nextDue } from '../schedule/due.ts';
import { startFollowing } from '../schedule/follower.ts';
import { ledgerFolder, storeFolder } from '../workspace/folders.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { tellWith } from './notify.ts';
import { toldToStop } from './serve.ts';

/** `himsight schedule`: stays up, runs each source and sends each planned report when due, until told to stop. */
export const scheduleCommand = async (invocation: Invocation): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const { output } = invocation;
  const plans = standing(openStore(storeFolder(workspace)).reports.read()).filter(({ schedule }) => schedule !== null);
  if (plans.length === 0 && workspace.sources.every(({ schedule }) => schedule === null))
    throw new UserError('No source of himsight.yaml has a schedule, and no report is planned.', {
      mend: "Give one five cron fields, such as schedule: '15 5 * * *'.",
    });
  output.say(scheduleText(workspace, plans, new Date()));
  const follower = startFollowing(workspace, tellWith(invocation), output);
  await toldToStop();
  await follower.stop();
  return 0;
};

/** Which source runs and which report goes when: a line each, those without a schedule left out. */
const scheduleText = (workspace: Workspace, plans: readonly ReportPlan[], now: Date): string => {
  const lines = readDeliveryLines(ledgerFolder(workspace));
  return [
    'Following the schedules; Ctrl-C ends it.',
    ...workspace.sources.flatMap((source) => {
      const next = nextDue(source, now);
      return next === null
        ? []
        : [`  ${source.id}: ${source.schedule ?? ''} ${source.timezone}, next ${next.toISOString()}`];
    }),
    ...plans.map((plan) => {
      const next = nextReport(plan, lines, now)?.toISOString() ?? 'never';
      return `  report ${plan.name}: ${plan.schedule ?? ''} ${plan.timezone ?? 'UTC'}, next ${next}`;
    }),
  ].join('\n');
};
