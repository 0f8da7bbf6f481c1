import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Questions of a page that are not answered yet, where it counts them itself. */
    pending?: number;
  }
}

/** Milliseconds a page may take before the bench gives up: a first answer over ten million encounters may be slow. */
export const patience = 600_000;

/** Milliseconds until what an act set off in a page is painted: all is answered, and nothing changed any more for a while. */
export const paintedAfter = (page: Page, act: string): Promise<number> =>
  page.evaluate(async (text) => {
    const quiet = 200;
    const started = performance.now();
    let [changed, painted] = [started, started];
    const observer = new MutationObserver(() => (changed = performance.now()));
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    // Text of this repository, run in the page that is measured.
    (0, eval)(text);
    const isBusy = () =>
      (window.pending ?? 0) > 0 ||
      document.querySelector('[aria-busy="true"], [role="status"][aria-label^="Loading"]') !== null;
    await new Promise<void>((done) => {
      const frame = () => {
        const now = performance.now();
        if (changed > painted) painted = now;
        if (!isBusy() && now - Math.max(changed, started) > quiet) done();
        else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    observer.disconnect();
    return painted - started;
  }, act);
