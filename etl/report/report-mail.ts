import type { ReportFormat, ReportPlan } from '../../dashboard/store/report-plan.ts';
import type { Mail } from '../notify/mail.ts';
import { dashboardAddress } from '../workspace/dashboard-address.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DrawnPlan } from './draw-plan.ts';

const contentTypes: Readonly<Record<ReportFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** Why no report can be sent, as a sentence; null where himsight.yaml names a mail server. */
export const noMail = ({ config: { notify } }: Pick<Workspace, 'config'>): string | null =>
  notify?.smtp === undefined ? 'himsight.yaml names no mail server (`notify.smtp`).' : null;

/** What a mail tells of the report it brings. */
export interface ReportMailInput {
  readonly plan: ReportPlan;
  readonly drawn: DrawnPlan;
  /** Name of what is attached. */
  readonly file: string;
  /** Day the last one of the same release went, ISO; null where this is the first of it. */
  readonly sameAs: string | null;
}

/** The mail that brings a report. No filter stands in it: its values may be surrogates; the pages themselves name them. */
export const reportMail = (
  workspace: Pick<Workspace, 'config'>,
  { plan, drawn, file, sameAs }: ReportMailInput,
): Mail => {
  const { title, format, to } = plan;
  const same =
    sameAs === null
      ? ''
      : `The numbers are those of the report of ${sameAs}: no release was published since. What people annotate, and the months a page shows, may differ.\n`;
  return {
    to,
    subject: title,
    text: [
      `${title}: ${drawn.pages === 1 ? 'one page' : `${drawn.pages} pages`}, attached as ${file}.`,
      `${drawn.standsOn}.\n${same}`,
      `${drawn.privacy}\n`,
      `Planned by ${plan.author}; to see it on screen, change it or take it back: ${dashboardAddress(workspace)}/reports`,
      '',
    ].join('\n'),
    attachments: [{ filename: file, content: Buffer.from(drawn.bytes), contentType: contentTypes[format] }],
  };
};
