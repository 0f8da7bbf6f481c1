/** Light, dark, or as the system has it. Kept on this device only: it is the reader's, not the view's. */
export type Theme = 'system' | 'light' | 'dark';

const key = 'himsight-theme';

const read = (): Theme => {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
};

class ThemeChoice {
  value = $state<Theme>(read());

  constructor() {
    this.#apply();
  }

  choose(theme: Theme): void {
    this.value = theme;
    this.#apply();
    try {
      if (theme === 'system') localStorage.removeItem(key);
      else localStorage.setItem(key, theme);
    } catch {
      // A browser that keeps nothing still shows the choice until the page is closed.
    }
  }

  #apply(): void {
    if (this.value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.value;
  }
}

export const theme = new ThemeChoice();
