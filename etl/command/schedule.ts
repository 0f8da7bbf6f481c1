import { nextDue } from '../schedule/due.ts';
import { startFollowing } from '../schedule/follower.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { UserError } from '../../warehouse/error.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { tellWith } from './notify.ts';
import { toldToStop } from './serve.ts';

/** `himsight schedule`: stays up and runs each source when due, until told to stop. */
export const scheduleCommand = async (invocation: Invocation): Promise<ExitCode> => {
  const workspace = workspaceOf(invocation);
  const { output } = invocation;
  if (workspace.sources.every(({ schedule }) => schedule === null))
    throw new UserError('No source of himsight.yaml has a schedule.', {
      mend: "Give one five cron fields, such as schedule: '15 5 * * *'.",
    });
  output.say(scheduleText(workspace, new Date()));
  const follower = startFollowing(workspace, tellWith(invocation), output);
  await toldToStop();
  await follower.stop();
  return 0;
};

/** Which source runs when: a line each, those without a schedule left out. */
const scheduleText = ({ sources }: Workspace, now: Date): string =>
  [
    'Following the schedules; Ctrl-C ends it.',
    ...sources.flatMap((source) => {
      const next = nextDue(source, now);
      return next === null
        ? []
        : [`  ${source.id}: ${source.schedule ?? ''} ${source.timezone}, next ${next.toISOString()}`];
    }),
  ].join('\n');
