import { workTable, type ShownTable } from './work-table.ts';
import { workbook, type WorkAbout } from './workbook.ts';

/** What a file says of its numbers, by name. */
export type Facts = Readonly<Record<string, string>>;

/** A table on the page as a workbook, cell by cell, with what it speaks of on a sheet before it. */
export const workbookOf = (title: string, table: ShownTable, words: string, facts: Facts): Blob => {
  const about: WorkAbout = [
    ['Title', title],
    ['Shown', words],
    ...Object.entries(facts).map(([name, text]) => [name.charAt(0).toUpperCase() + name.slice(1), text] as const),
    ['Numbers', 'Shares are kept as 0 to 1 and shown as percent; empty is not known.'],
  ];
  return new Blob([workbook(about, [workTable(title, table)])], {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  });
};
