import type { TableFormat } from '../query/encode.ts';
import { UserError } from '../error.ts';

/** What a workbench process is asked, on its standard input as JSON. */
export interface Question {
  /** Absolute path of the release. */
  readonly file: string;
  readonly sql: string;
  /** No more rows than these and the rest of the last chunk of 2,048 are read. */
  readonly rows: number;
  /** Before the query is broken off. */
  readonly seconds: number;
  /** What DuckDB may take, in MiB. */
  readonly memoryMiB: number;
  readonly form: TableFormat;
}

/** How a process ends: with the answer on its standard output, or with a refusal there as JSON. */
export const exitCodes = { answered: 0, refused: 2 } as const;

/** What is told of SQL that was refused or broken off. */
export interface Refusal {
  readonly says: string;
  readonly mend: string | null;
}

/** What a query is told that ran out of its time. */
export const tooSlow = (seconds: number): UserError =>
  new UserError(`The query was broken off after ${seconds} s.`, {
    mend: 'Narrow it: fewer months, fewer columns, a mart instead of core.',
  });
