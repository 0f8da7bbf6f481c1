/** A value of a code table on its way to Parquet; null = the file does not say. */
export type Value = string | number | boolean | null;

/** What a published file holds, taken apart. */
export interface ParsedTable {
  /** Column names, in the order of the values of a row. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** Federal fiscal year the file is for (1 October of the year before to 30 September), where it names one. */
  readonly fiscalYear: number | null;
  /** First day it is for, where it names one that is not 1 October: April updates. ISO. */
  readonly from: string | null;
  /** Version of grouper or tool, as `41.1`, where the file names one. */
  readonly version: string | null;
}

/** A text to be taken apart, and the names that say what it is. */
export interface PublishedText {
  /** Name messages begin with: the file, and the member of the archive. */
  readonly name: string;
  /** Name of the file itself or of the member of the archive: years and versions are read off it. */
  readonly title: string;
  readonly text: string;
}

/** Takes one kind of published file apart. @throws UserError naming file and line, and what would be right */
export type Parser = (file: PublishedText) => ParsedTable;
