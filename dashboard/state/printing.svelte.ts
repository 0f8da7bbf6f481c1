import { flushSync } from 'svelte';

/** Whether the page is being put on paper: what is folded for the eye stands there whole. */
class Printing {
  is = $state(false);

  constructor() {
    // Drawn before the browser lays the paper out, which waits for nobody.
    addEventListener('beforeprint', () => flushSync(() => (this.is = true)));
    addEventListener('afterprint', () => (this.is = false));
  }
}

export const printing = new Printing();
