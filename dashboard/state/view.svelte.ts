import { misread, readAddress, writeAddress, type Address } from '../data/url.ts';

/** What is looked at: the address bar, read and written in one place. */
class View {
  address = $state.raw<Address>(readAddress(location.pathname, location.search));
  /** What of the address was not understood, as sentences. */
  misread = $state.raw<readonly string[]>(misread(location.search, location.pathname));
  /** The query of the address, for a page that reads it by itself. */
  search = $state.raw(location.search);

  constructor() {
    addEventListener('popstate', () => this.#read());
  }

  /** Goes to another page, as a step that Back undoes, at its top. */
  visit(href: string): void {
    history.pushState(null, '', href);
    this.#read();
    scrollTo(0, 0);
  }

  /** The same page looked at otherwise; also a step that Back undoes. */
  change(part: Partial<Address>): void {
    history.pushState(null, '', writeAddress({ ...this.address, ...part }));
    this.#read();
  }

  /** The same view, its address written in full: no step of its own. */
  amend(part: Partial<Address>): void {
    history.replaceState(history.state, '', writeAddress({ ...this.address, ...part }));
    this.#read();
  }

  /** The same page at a plain address, without a step: what the query brought is taken, and is not to stand there. */
  strip(): void {
    history.replaceState(history.state, '', location.pathname);
    this.#read();
  }

  /** The same page at another address, without a jump to its top; steps are counted, so that {@link undo} stays on it. */
  step(href: string): void {
    if (href === location.pathname + location.search) return;
    history.pushState({ step: this.#steps() + 1 }, '', href);
    this.#read();
  }

  /** Takes back the last step on this page; does nothing where there was none. */
  undo(): void {
    if (this.#steps() > 0) history.back();
  }

  /** Takes a step again that was undone; does nothing where none was. */
  redo(): void {
    history.forward();
  }

  #steps(): number {
    const state = history.state as { readonly step?: number } | null;
    return state?.step ?? 0;
  }

  #read(): void {
    this.search = location.search;
    this.address = readAddress(location.pathname, location.search);
    this.misread = misread(location.search, location.pathname);
  }
}

export const view = new View();
