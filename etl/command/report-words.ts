import type { Command } from 'commander';
import { formats, reportFormats } from '../print/output.ts';
import type { CommandBody } from './invocation.ts';
import type { ReportOptions } from './report.ts';

type Does = (load: () => Promise<CommandBody>, forms: readonly string[]) => (...given: unknown[]) => Promise<void>;

/** The words of `himsight report`, whose `--format` names more than the other commands' does. */
export const addReportWords = (
  report: Command,
  does: Does,
  gather: (value: string, before?: readonly string[]) => readonly string[],
): void => {
  const forms = [...new Set([...formats, ...reportFormats])];
  const load = async (): Promise<CommandBody> => {
    const { reportCommand } = await import('./report.ts');
    return (here, name: string | undefined, options: ReportOptions) =>
      reportCommand(here, name, { ...options, format: report.optsWithGlobals<{ format: string }>().format });
  };
  report
    .description('a report as the schedule would send it; without a name, those there are')
    .option('--out <file>', 'what is written: .pdf, .html, .xlsx or .csv')
    .option('--page <address>', 'a page as its address bar has it; may be given again', gather)
    .option('--paper <size>', 'letter (the default) or a4')
    .action(does(load, forms));
};
