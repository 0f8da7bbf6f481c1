import { readProgress, type Progress } from '../data/tour.ts';

const key = 'himsight-tour';

const read = (): Progress => {
  try {
    return readProgress(localStorage.getItem(key));
  } catch {
    return 'new';
  }
};

/** How far the tour was followed in this browser: it is the reader's, not the view's. */
class Tour {
  progress = $state.raw<Progress>(read());

  reach(progress: Progress): void {
    this.progress = progress;
    try {
      localStorage.setItem(key, String(progress));
    } catch {
      // A browser that keeps nothing offers the tour again when the page is opened anew.
    }
  }
}

export const tour = new Tour();
