import type { Desk } from '../../dashboard/report/desk.ts';
import { pageAt } from '../../dashboard/report/page.ts';
import type { ViewState } from '../../warehouse/query/view-state.ts';

/** What was set going beside everything else. */
export interface WarmUp {
  /** Settled when all is asked or it was given up; never rejected. */
  readonly done: Promise<void>;
  /** Gives it up, and waits until the release is let go of. */
  readonly stop: () => Promise<void>;
}

/**
 * Asks a release what people will ask first, one question after the other, so that whoever comes in the morning does not wait:
 * all that the scorecard shows, then the views asked last of the release before. Its reader keeps the numbers.
 */
export const warmUp = (openDesk: (signal: AbortSignal) => Promise<Desk>, views: readonly ViewState[]): WarmUp => {
  const controller = new AbortController();
  const done = (async () => {
    const desk = await openDesk(controller.signal);
    const questions = [() => pageAt(desk, '/', 1), ...views.map((view) => () => desk.values(view))];
    for (const ask of questions) {
      if (controller.signal.aborted) return;
      // What cannot be asked, or not any more, is nobody's loss.
      await ask().catch(() => undefined);
    }
  })().catch(() => undefined);
  return {
    done,
    stop: async () => {
      controller.abort();
      await done;
    },
  };
};
