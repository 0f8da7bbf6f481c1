import type { PaperSize } from './pdf/paper.ts';
import { writePdf } from './pdf/write-pdf.ts';
import type { ReportFormat } from '../store/report-plan.ts';
import type { Report } from './report.ts';
import { writeCsv } from './write-csv.ts';
import { writeHtml } from './write-html.ts';
import { writeXlsx } from './write-xlsx.ts';

/** A report as a file. @throws UserError where it has no such form; Error where other rows would be printed than were answered */
export const writeReport = async (
  report: Report,
  format: ReportFormat,
  paper: PaperSize,
): Promise<Uint8Array<ArrayBuffer>> => {
  switch (format) {
    case 'pdf':
      return writePdf(report, paper);
    case 'html':
      return writeHtml(report);
    case 'xlsx':
      return writeXlsx(report);
    case 'csv':
      return writeCsv(report);
  }
};
