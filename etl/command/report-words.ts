import type { Command } from 'commander';
import { UserError } from '../../warehouse/error.ts';
import { formats, reportFormats } from '../print/output.ts';
import type { CommandBody } from './invocation.ts';
import type { ReportOptions } from './report.ts';

type Does = (load: () => Promise<CommandBody>, forms: readonly string[]) => (...given: unknown[]) => Promise<void>;

interface Words extends ReportOptions {
  readonly due?: boolean;
}

/** The words of `himsight report`, whose `--format` names more than the other commands' does. */
export const addReportWords = (
  report: Command,
  does: Does,
  gather: (value: string, before?: readonly string[]) => readonly string[],
): void => {
  const forms = [...new Set([...formats, ...reportFormats])];
  const load = async (): Promise<CommandBody> => {
    const { reportCommand } = await import('./report.ts');
    const { reportDueCommand } = await import('./report-due.ts');
    return async (here, name: string | undefined, { due = false, ...options }: Words) => {
      if (!due)
        return reportCommand(here, name, { ...options, format: report.optsWithGlobals<{ format: string }>().format });
      if (name !== undefined || Object.keys(options).length > 0)
        throw new UserError('`--due` sends what is planned, as it is planned; leave out the rest.');
      return reportDueCommand(here);
    };
  };
  report
    .description('a report as the schedule would send it; without a name, those there are')
    .option('--out <file>', 'what is written: .pdf, .html, .xlsx or .csv')
    .option('--page <address>', 'a page as its address bar has it; may be given again', gather)
    .option('--due', 'draw, keep and send what is planned and due')
    .option('--paper <size>', 'letter (the default) or a4')
    .action(does(load, forms));
};
