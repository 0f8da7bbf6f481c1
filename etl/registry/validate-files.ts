import { statSync } from 'node:fs';
import type { NaaccrDictionary } from '../naaccr/dictionary/dictionary.ts';
import type { CodeLists } from '../naaccr/rule/code-list.ts';
import type { FileSummary, Finding } from '../naaccr/validate/finding.ts';
import { validateText } from '../naaccr/validate/validate-text.ts';
import { textOf } from '../naaccr/xml/text-of.ts';
import { noProgress, type Progress } from '../print/progress.ts';
import { withFactTables, type GivenDictionary } from './given-dictionaries.ts';

/** What to validate, and by what. */
export interface ValidationRequest {
  /** Paths, as they are to be named. */
  readonly files: readonly string[];
  readonly dictionaries: readonly GivenDictionary[];
  readonly codeLists: CodeLists | null;
  /** Names of our own checks to make. */
  readonly checks: readonly string[];
  /** Told how many bytes of each file were read. */
  readonly progress?: Progress;
}

/** A finding and the file it is in. */
export type FileFinding = { readonly file: string } & Finding;

/** What a file came to. */
export type ValidatedFile = { readonly file: string } & FileSummary;

/** What a dictionary came to. */
export interface ValidatedDictionary {
  readonly file: string;
  readonly uri: string;
  readonly version: string | null;
  readonly specification: string | null;
  readonly items: number;
  readonly errors: number;
}

/** What all of it came to. */
export interface Validation {
  readonly files: readonly ValidatedFile[];
  readonly dictionaries: readonly ValidatedDictionary[];
}

/**
 * Validates dictionaries and files one after another.
 *
 * @param onFindings given findings as they are made, in their order; the next piece of the file is read once it is done
 */
export const validateFiles = async (
  { files, dictionaries: given, codeLists, checks, progress = noProgress }: ValidationRequest,
  onFindings: (findings: readonly FileFinding[]) => Promise<void>,
): Promise<Validation> => {
  for (const { file, findings } of given) await onFindings(findings.map((finding) => ({ file, ...finding })));
  const dictionaries = withFactTables(given.map(({ dictionary }) => dictionary));
  const validated: ValidatedFile[] = [];
  for (const file of files)
    validated.push({ file, ...(await validateFile(file, { dictionaries, codeLists, checks, progress }, onFindings)) });
  return {
    files: validated,
    dictionaries: given.map(({ file, dictionary: { uri, version, specification, items }, findings }) => ({
      ...{ file, uri, version, specification },
      items: items.length,
      errors: findings.length,
    })),
  };
};

const validateFile = async (
  file: string,
  by: {
    dictionaries: readonly NaaccrDictionary[];
    codeLists: CodeLists | null;
    checks: readonly string[];
    progress: Progress;
  },
  onFindings: (findings: readonly FileFinding[]) => Promise<void>,
): Promise<FileSummary> => {
  const made: FileFinding[] = [];
  const onFinding = (finding: Finding): void => void made.push({ file, ...finding });
  const total = statSync(file).size;
  let read = 0;
  const text = textOf(file, (bytes) => by.progress(`Validating ${file}`, (read += bytes), total));
  return validateText(text, { ...by, onFinding }, async () => {
    if (made.length > 0) await onFindings(made.splice(0));
  });
};
