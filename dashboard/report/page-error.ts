import { UserError } from '../../warehouse/error.ts';

/**
 * Why a page cannot be drawn as it was asked for. The screen passes over what it cannot follow and says so above the numbers; a
 * report that nobody looks at before it is sent is not drawn at all.
 */
export class PageError extends UserError {
  constructor(sentences: readonly string[], mend?: string) {
    super(sentences.join(' '), mend === undefined ? {} : { mend });
  }
}

/** @throws PageError where there is anything to say */
export const refuse = (sentences: readonly string[]): void => {
  if (sentences.length > 0) throw new PageError(sentences);
};
