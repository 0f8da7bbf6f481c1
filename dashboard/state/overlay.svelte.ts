/** What may lie over the page: the palette, the sheet of keys. */
export type Overlay = 'palette' | 'keys';

const key = 'himsight-question-key';

const kept = (): boolean => {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
};

/** Milliseconds that a word about something done stays. */
const saidFor = 2500;

const isField = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

/** On a Mac the command key; Control there belongs to the text being written. */
export const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** One thing at a time lies over the page; and what was done, said for a moment. */
class Overlays {
  open = $state<Overlay | null>(null);
  /** `Link copied`; empty mostly. */
  said = $state('');
  /** Whether `?` opens the sheet of keys: a key of one character can be turned off (WCAG 2.1.4). */
  answersQuestionMark = $state(kept());
  #quiet: ReturnType<typeof setTimeout> | undefined;

  show(overlay: Overlay | null): void {
    this.open = overlay;
  }

  say(words: string): void {
    this.said = words;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => (this.said = ''), saidFor);
  }

  answerQuestionMark(does: boolean): void {
    this.answersQuestionMark = does;
    try {
      if (does) localStorage.removeItem(key);
      else localStorage.setItem(key, 'off');
    } catch {
      // A browser that keeps nothing follows the choice until the page is closed.
    }
  }

  /** Keys that work on every page. */
  readonly listen = (event: KeyboardEvent): void => {
    const isCommand = (isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey;
    if (isCommand && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      this.open = this.open === 'palette' ? null : 'palette';
      return;
    }
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // The editor of the workbench stands in a shadow root: the field is the first of the path, not the target.
    if (event.key !== '?' || !isPlain || !this.answersQuestionMark || isField(event.composedPath()[0])) return;
    if (this.open !== null || event.defaultPrevented) return;
    event.preventDefault();
    this.open = 'keys';
  };
}

export const overlays = new Overlays();
