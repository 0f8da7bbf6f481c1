import { UserError } from '../warehouse/error.ts';

/**
 * A batch that may not land as it is: nothing of it does, the current release stays. Exit code 3.
 *
 * The message names file, line and rule; it never holds a value from any row.
 */
export class HeldError extends UserError {
  constructor(message: string, mend: string, cause?: unknown) {
    super(message, { mend, exitCode: 3, ...(cause === undefined ? {} : { cause }) });
  }
}
