/**
 * Something a person can mend: a wrong setting, a model that does not compile, a file that is missing.
 *
 * The message is one sentence that names the file, line, key or rule. It never holds a value from any row.
 */
export class UserError extends Error {
  /** What to do about it, as a sentence; null where the message already says so. */
  readonly mend: string | null;
  /** Exit code of the command (product.md): 2 wrong usage or configuration unless told otherwise. */
  readonly exitCode: number;

  constructor(message: string, options: { mend?: string; exitCode?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.mend = options.mend ?? null;
    this.exitCode = options.exitCode ?? 2;
  }
}

/** Another run holds the build lock. Exit code 5. */
export class LockedError extends UserError {
  constructor(message: string, options: { mend?: string; cause?: unknown } = {}) {
    super(message, { ...options, exitCode: 5 });
  }
}

/** What broke a fatal assert or check: counts alone, no row. */
export interface Broken {
  readonly name: string;
  readonly violations: number;
  /** Rows it applies to; null or left out where that is not counted. */
  readonly examined?: number | null;
  /** Kind of the failure that kept it from being run. */
  readonly error?: string | null;
}

/** A fatal assert was broken or a fatal check failed: the release was not published, the current one stays. Exit code 4. */
export class FatalAssertError extends UserError {
  /** Names of the fatal asserts and checks, with how many rows broke each. */
  readonly broken: readonly Broken[];

  constructor(asserts: readonly Broken[], checks: readonly Broken[] = []) {
    const parts = [
      ...(asserts.length > 0 ? [`fatal assert broken: ${asserts.map(brokenWords).join(', ')}`] : []),
      ...(checks.length > 0 ? [`fatal check failed: ${checks.map(brokenWords).join(', ')}`] : []),
    ];
    super(`The release was kept back, the current one stays: ${parts.join('; ')}.`, {
      mend: 'Read in sql/assert and sql/check what they promise (`himsight checks` names those that passed before); mend the data or the model, then run again.',
      exitCode: 4,
    });
    this.broken = [...asserts, ...checks];
  }
}

const brokenWords = ({ name, violations, examined, error }: Broken): string => {
  if (error !== null && error !== undefined) return `${name} (could not be run: ${error})`;
  return `${name} (${violations} ${examined === null || examined === undefined ? '' : `of ${examined} `}rows)`;
};

/** What went wrong, in words, of a value thrown by code that may throw anything. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** The kind of a DuckDB error (`Conversion Error`). Its full message may quote a value of a row, so only this is passed on. */
export const kindOf = (thrown: unknown): string => messageOf(thrown).split(':')[0]!;

/** An error that says where it happened, without the message that may quote a value of a row: fit to be a `cause`. */
export const withoutValues = (thrown: unknown): Error => {
  const safe = new Error(kindOf(thrown));
  if (thrown instanceof Error && thrown.stack !== undefined)
    safe.stack = [safe.message, ...thrown.stack.split('\n').filter((line) => /^\s+at /.test(line))].join('\n');
  return safe;
};
